/** Timers of Node wait for 2^31 - 1 ms at most; given more, they fire at once. */
const LONGEST = 2 ** 31 - 1;

/** Calls back after a time. Milliseconds; a time of more than 24 days ends there. */
export function after(milliseconds: number, callBack: () => void): NodeJS.Timeout {
  return setTimeout(callBack, Math.min(milliseconds, LONGEST));
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
