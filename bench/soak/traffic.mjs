import { setTimeout as sleep } from 'node:timers/promises';
import { DISTURBANCES } from './disturbances.mjs';
import { MOVES } from './moves.mjs';

/** How often the clock is looked at. Milliseconds. */
const TICK = 25;
/** What cannot be sent in time is left out beyond this many moves: a client that was held back does not catch up by a flood. */
const MOST_LATE = 50;

/** Speaks at a steady `rate` (moves per second) until `signal` is aborted. */
export async function traffic(context, rate, signal) {
  const disturbances = DISTURBANCES.map(([range, disturb]) => nowAndThen(context, range, disturb, signal));
  await Promise.all([steadily(context, rate, signal), ...disturbances]);
}

async function steadily(context, rate, signal) {
  const { random, peer } = context;
  const startedAt = performance.now();
  for (let done = 0; !signal.aborted; await sleep(TICK)) {
    const due = Math.floor(((performance.now() - startedAt) / 1_000) * rate);
    for (done = Math.max(done, due - MOST_LATE); done < due && !signal.aborted; done++) {
      random.weighted(MOVES)(context);
      await peer.ready();
    }
  }
}

/** Does something again and again; for the first time early, so that a short run has it too. */
export async function nowAndThen({ random, ...context }, [least, most], act, signal) {
  const own = { ...context, random: random.fork() };
  for (let first = true; !signal.aborted; first = false) {
    const pause = own.random.between(least, most);
    await sleep(first ? pause / 4 : pause, undefined, { signal }).catch(() => {});
    if (!signal.aborted) await act(own);
  }
}
