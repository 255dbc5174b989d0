import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { memoryOf } from '../faults/processes.js';
import { withoutLinux } from '../skip.js';
import { Place } from './place.js';
import { Wrapped } from './program.js';

const noProc = withoutLinux('where /proc tells the memory of a process');

const MEGABYTE = 1024 * 1024;
/** Collects garbage all the time, so that memory in use is memory that is kept. */
const COLLECTING = {
  NODE_OPTIONS: `--expose-gc --import=data:text/javascript,${encodeURIComponent('setInterval(gc, 100).unref()')}`,
};

/** How many calls are under way at once, which takes memory that does not come back: each round takes the same. */
const ROUND = 20;

/** Calls of 1 MB that the server never answers, until each has been answered in its place. */
async function timeOut(wrapped: Wrapped, rounds: number): Promise<void> {
  const text = 'x'.repeat(MEGABYTE);
  for (let round = 0; round < rounds; round++) {
    const ids = Array.from({ length: ROUND }, () => randomUUID());
    for (const id of ids)
      wrapped.send({ id, method: 'tools/call', params: { name: 'never_answers', arguments: { text } } });
    for (const id of ids) await wrapped.answer(id);
  }
  await sleep(500);
}

describe.skipIf(noProc)('a call that has been timed out', () => {
  it('is remembered without its arguments', async () => {
    const place = new Place();
    place.policy('version: 1\ndefault: allow\ntimeout: 1s\n');
    const wrapped = Wrapped.recorder(place, [], { env: COLLECTING });
    await timeOut(wrapped, 3);
    const before = memoryOf(wrapped.process.pid) ?? 0;
    await timeOut(wrapped, 6);
    expect(((memoryOf(wrapped.process.pid) ?? 0) - before) / MEGABYTE).toBeLessThan((6 * ROUND) / 2);
  });
});
