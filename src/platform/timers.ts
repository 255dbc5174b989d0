/** Timers of Node wait for 2^31 - 1 ms at most; given more, they fire at once. */
const LONGEST = 2 ** 31 - 1;

/** Calls back after a time. Milliseconds; a time of more than 24 days ends there. */
export function after(milliseconds: number, callBack: () => void): NodeJS.Timeout {
  return setTimeout(callBack, Math.min(milliseconds, LONGEST));
}

/**
 * A signal that is aborted together with another one, or after a time (milliseconds), whichever comes first. Not
 * AbortSignal.any with AbortSignal.timeout: on Node 20 these are lost to the garbage collector while somebody
 * waits for them, and then never fire.
 */
export function deadline(
  other: AbortSignal,
  milliseconds: number,
): { signal: AbortSignal; clear: () => void } {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const timer = after(milliseconds, abort);
  if (other.aborted) abort();
  else other.addEventListener('abort', abort, { once: true });
  const clear = () => {
    clearTimeout(timer);
    other.removeEventListener('abort', abort);
  };
  return { signal: controller.signal, clear };
}

/** Whether a promise resolves within a time (milliseconds). */
export async function resolves(milliseconds: number, promise: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  const inTime = await Promise.race([promise.then(() => true), late]);
  clearTimeout(timer);
  return inTime;
}
