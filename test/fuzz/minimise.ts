const MOST_TRIES = 2_000;

/** A smaller input that still shows the same: parts are left out as long as any can be. */
export function minimised(input: Uint8Array, shows: (smaller: Uint8Array) => boolean): Uint8Array {
  let smallest = input;
  let tries = 0;
  for (let size = smallest.length >> 1; size > 0; ) {
    let isSmaller = false;
    for (let at = 0; at < smallest.length && tries < MOST_TRIES; tries++) {
      const without = Uint8Array.from([...smallest.subarray(0, at), ...smallest.subarray(at + size)]);
      if (shows(without)) {
        smallest = without;
        isSmaller = true;
      } else at += size;
    }
    if (!isSmaller) size >>= 1;
    if (tries >= MOST_TRIES) break;
  }
  return smallest;
}
