import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { memoryStore } from '../../../src/limits/memory.js';
import { CallPlace } from '../../../src/proxy/peers/call-place.js';
import { RunningTasks } from '../../../src/proxy/peers/running-tasks.js';
import { rate, running } from '../../core/limits/charges.js';

const HOUR = 60 * 60 * 1_000;
const WORKING = { id: 'a', ended: false, ttl: 2 * HOUR };

/** A place that a call has taken, and whether there is room for another. */
function taken({ asTask, charges = [running(1)] }: { asTask: boolean; charges?: ReturnType<typeof rate>[] }) {
  const store = memoryStore();
  const runningTasks = new RunningTasks();
  const admission = store.take(charges);
  if (!admission.ok) throw new Error('was refused');
  const place = new CallPlace(charges, asTask, admission.release, { store, runningTasks });
  const isFree = () => store.peek([running(1)]).ok;
  return { place, store, runningTasks, isFree };
}

describe('the place of a call', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it.each([true, false])('is free once the server has answered (as a task: %s)', (asTask) => {
    const { place, isFree } = taken({ asTask });
    expect(isFree()).toBe(false);
    place.answered(undefined);
    expect(isFree()).toBe(true);
    place.answered(undefined);
    place.abandoned();
    expect(isFree()).toBe(true);
  });

  it('is free after an hour, where the server never says what became of the task that was asked for', () => {
    const { place, isFree } = taken({ asTask: true });
    place.abandoned();
    vi.advanceTimersByTime(HOUR - 1);
    expect(isFree()).toBe(false);
    vi.advanceTimersByTime(1);
    expect(isFree()).toBe(true);
  });

  it.each([
    ['that was taken back and kept', true, 1],
    ['that was taken back and given away', false, 1],
    ['whose time is over', true, HOUR],
  ])('%s is that of the task, once the server says that there is one', (_, asTask, time) => {
    const { place, isFree, runningTasks, store } = taken({ asTask });
    place.abandoned();
    vi.advanceTimersByTime(time);
    const other = isFree() ? store.take([running(1)]) : undefined;
    place.answered(WORKING);
    if (other?.ok) other.release();
    vi.advanceTimersByTime(2 * HOUR - 1);
    expect(isFree()).toBe(false);
    runningTasks.ended('a');
    expect(isFree()).toBe(true);
  });

  it('is not remembered where no limit counts running calls', () => {
    const { place, runningTasks } = taken({ asTask: true, charges: [rate(1, HOUR)] });
    place.abandoned();
    place.answered(WORKING);
    expect([runningTasks.any, vi.getTimerCount()]).toEqual([false, 0]);
  });
});
