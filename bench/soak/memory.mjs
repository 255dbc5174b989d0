import { median } from '../statistics.mjs';

// What is compared. The memory of a Node process (RSS) says little at any one moment: V8 lets the heap grow until a
// collection pays, gives pages back late or never, and a line of 1 MB passes through several times its size. So a
// minute goes by first, in which every kind of traffic has come several times and the process has found its size; and
// the medians of 30 s are compared, since a peak of a second moves no median. The traffic is the same at both times.
// What is left is what is kept: of 10 minutes at the usual rate, 10 % are about 50 bytes for each request. Where nothing
// is kept (collected by force, the heap stays at 14 MB), runs have ended 3 to 9 % above the first minute.

const MEGABYTE = 1024 * 1024;
const FIRST = [60, 90];
const LAST = 30;
/** Shorter runs have no last 30 s that are not among the first. Seconds. */
export const SHORTEST = 120;
const MOST_GROWTH = 1.1;
/** Files that are open for a moment: a policy that is read, a log that is written. */
const MOST_MORE_FILES = 2;

/** Looks at a process each second. */
export class Memory {
  samples = [];
  #startedAt = performance.now();
  #timer;

  constructor(peer) {
    const look = () => {
      const usage = peer.usage();
      if (usage) this.samples.push({ at: (performance.now() - this.#startedAt) / 1_000, ...usage });
    };
    this.#timer = setInterval(look, 1_000);
  }

  stop() {
    clearInterval(this.#timer);
    this.seconds = (performance.now() - this.#startedAt) / 1_000;
  }

  /** Compares the end with the time after the first minute. */
  compare() {
    const first = this.#between(...FIRST);
    const last = this.#between(this.seconds - LAST, this.seconds);
    const rss = { first: mb(first, 'rss'), last: mb(last, 'rss'), most: mb(this.samples, 'rss', Math.max) };
    const files = { first: middle(first, 'files'), last: middle(last, 'files') };
    return {
      rss,
      files,
      judged: this.seconds >= SHORTEST,
      grown: rss.last > rss.first * MOST_GROWTH,
      leaking: files.last > files.first + MOST_MORE_FILES,
    };
  }

  #between(from, to) {
    return this.samples.filter(({ at }) => at >= from && at < to);
  }
}

const middle = (samples, key) => median(samples.map((sample) => sample[key]));

function mb(samples, key, of = (...values) => median(values)) {
  return of(...samples.map((sample) => sample[key])) / MEGABYTE;
}
