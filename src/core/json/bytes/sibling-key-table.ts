/** Keys that all open objects may have together. More of them are rare: they are left to the reader of texts. */
const MOST_KEYS = 512;
/** Keys that one object may have: pairs of them are compared. */
const MOST_SIBLINGS = 32;

/**
 * Finds keys that an object has twice, in bytes. They must have no escapes: then keys are equal where their bytes are.
 * One for all texts, since the tables of an object that is made for each cost more than what they are for.
 */
const starts = new Int32Array(MOST_KEYS);
const ends = new Int32Array(MOST_KEYS);
const hashes = new Int32Array(MOST_KEYS);
let top = 0;

/** Forgets what a text before left behind. */
export function clearKeys(): void {
  top = 0;
}

/** Begins an object; `closeObject` wants the result. */
export function openObject(): number {
  return top;
}

/** Ends the object that was opened last. */
export function closeObject(object: number): void {
  top = object;
}

/**
 * Adds the key between its quotes to the object that was opened last.
 * @returns false when the object has it already, or more keys than are compared
 */
export function addKey(bytes: Uint8Array, object: number, start: number, end: number): boolean {
  if (top === MOST_KEYS || top - object === MOST_SIBLINGS) return false;
  const length = end - start;
  const first = bytes[start] as number;
  const middle = bytes[(start + end) >> 1] as number;
  const last = bytes[end - 1] as number;
  const hash = (length << 24) ^ (first << 16) ^ (middle << 8) ^ last;
  for (let index = object; index < top; index++)
    if (hashes[index] === hash && isEqual(bytes, index, start, end)) return false;
  starts[top] = start;
  ends[top] = end;
  hashes[top] = hash;
  top++;
  return true;
}

function isEqual(bytes: Uint8Array, index: number, start: number, end: number): boolean {
  let other = starts[index] as number;
  if ((ends[index] as number) - other !== end - start) return false;
  for (let at = start; at < end; at++, other++) if (bytes[at] !== bytes[other]) return false;
  return true;
}
