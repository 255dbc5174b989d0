import { setTimeout as sleep } from 'node:timers/promises';
import { burst, large, MOVES } from './moves.mjs';

/** How often the clock is looked at. Milliseconds. */
const TICK = 25;
/** What cannot be sent in time is left out beyond this many moves: a client that was held back does not catch up by a flood. */
const MOST_LATE = 50;

/** What happens beside the steady traffic, and how long after the last time it does. Milliseconds. */
const DISTURBANCES = [
  [[1_000, 3_000], large],
  [[8_000, 12_000], burst],
  [[15_000, 25_000], stopsReading],
];

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

function stopsReading({ peer, book }) {
  book.count('client: does not read for 1 s');
  peer.stopReading(1_000);
}
