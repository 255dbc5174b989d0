import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RunningTasks } from '../../../src/proxy/peers/running-tasks.js';

const HOUR = 60 * 60 * 1_000;
const DAY = 24 * 60 * 60 * 1_000;

describe('tasks that have not ended', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('are released once, when they have ended', () => {
    const tasks = new RunningTasks();
    const release = vi.fn();
    tasks.add('a', undefined, release);
    tasks.ended('b');
    expect([tasks.any, release.mock.calls.length]).toEqual([true, 0]);
    tasks.ended('a');
    tasks.ended('a');
    vi.advanceTimersByTime(2 * DAY);
    expect([tasks.any, release.mock.calls.length]).toEqual([false, 1]);
  });

  it.each([
    [1, HOUR],
    [2 * HOUR, 2 * HOUR],
    [undefined, DAY],
    [Number.MAX_VALUE, DAY],
  ])('with the time to live %s, are released after %i ms', (ttl, time) => {
    const tasks = new RunningTasks();
    const release = vi.fn();
    tasks.add('a', ttl, release);
    vi.advanceTimersByTime(time - 1);
    expect(release).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(release).toHaveBeenCalledOnce();
  });

  it('of the same id end together', () => {
    const tasks = new RunningTasks();
    const release = vi.fn();
    tasks.add('a', 1_000, release);
    tasks.add('a', undefined, release);
    vi.advanceTimersByTime(HOUR);
    expect(release).not.toHaveBeenCalled();
    tasks.ended('a');
    expect(release).toHaveBeenCalledTimes(2);
  });

  it('are a thousand at most: the oldest gives way', () => {
    const tasks = new RunningTasks();
    const released: number[] = [];
    for (let id = 0; id < 1_002; id++) tasks.add(String(id), undefined, () => released.push(id));
    expect(released).toEqual([0, 1]);
  });
});
