import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Place } from './place.js';
import { Wrapped } from './program.js';

const MEGABYTE = 1024 * 1024;
/** Collects garbage all the time, so that memory in use is memory that is kept. */
const COLLECTING = {
  NODE_OPTIONS: `--expose-gc --import=data:text/javascript,${encodeURIComponent('setInterval(gc, 100).unref()')}`,
};

function memoryOf(wrapped: Wrapped): number {
  const status = readFileSync(`/proc/${wrapped.process.pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) * 1024;
}

/** Calls of 1 MB that the server never answers, until each has been answered in its place. */
async function timeOut(wrapped: Wrapped, from: number, count: number): Promise<void> {
  const text = 'x'.repeat(MEGABYTE);
  for (let id = from; id < from + count; id++)
    wrapped.send({ id, method: 'tools/call', params: { name: 'never_answers', arguments: { id, text } } });
  for (let id = from; id < from + count; id++) await wrapped.answer(id);
  await sleep(500);
}

describe.skipIf(process.platform !== 'linux')('a call that has been timed out', () => {
  // What is kept to recognise a late answer holds the text of the arguments: PendingRequest.judged.goesOn.
  it.fails('is remembered without its arguments', async () => {
    const place = new Place();
    place.policy('version: 1\ndefault: allow\ntimeout: 1s\n');
    const wrapped = Wrapped.recorder(place, [], { env: COLLECTING });
    await timeOut(wrapped, 0, 20);
    const before = memoryOf(wrapped);
    await timeOut(wrapped, 20, 100);
    expect((memoryOf(wrapped) - before) / MEGABYTE).toBeLessThan(50);
  });
});
