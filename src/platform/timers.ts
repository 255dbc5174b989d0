/** Timers of Node wait for 2^31 - 1 ms at most; given more, they fire at once. */
const LONGEST = 2 ** 31 - 1;

/** Calls back after a time. Milliseconds; a time of more than 24 days ends there. */
export function after(milliseconds: number, callBack: () => void): NodeJS.Timeout {
  return setTimeout(callBack, Math.min(milliseconds, LONGEST));
}

/** How soon after the machine has slept a time that is over is noticed. Milliseconds. */
const LOOK = 1_000;

/**
 * Calls back when so much time has passed by a clock that goes on while the machine sleeps, as timers do not. Returns what
 * cancels it. Milliseconds.
 */
export function afterLapse(milliseconds: number, clock: () => number, callBack: () => void): () => void {
  const end = clock() + milliseconds;
  let timer: NodeJS.Timeout | undefined;
  const look = () => {
    const left = end - clock();
    if (left <= 0) callBack();
    else timer = setTimeout(look, Math.min(Math.ceil(left), LOOK));
  };
  look();
  return () => clearTimeout(timer);
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
