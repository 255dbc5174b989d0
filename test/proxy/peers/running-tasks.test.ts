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

  it('of the same id keep their places until the later of their times', () => {
    const tasks = new RunningTasks();
    const release = vi.fn();
    tasks.add('a', undefined, release);
    tasks.add('a', 1_000, release);
    vi.advanceTimersByTime(DAY - 1);
    expect(release).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect([tasks.any, release.mock.calls.length]).toEqual([false, 2]);
  });

  it('of the same id may be very many', () => {
    const tasks = new RunningTasks();
    const release = vi.fn();
    for (let call = 0; call < 50_000; call++) tasks.add('a', undefined, release);
    tasks.ended('a');
    expect(release).toHaveBeenCalledTimes(50_000);
  });

  it('are known by their ids up to a thousand, and each more keeps its place until its time is over', () => {
    const tasks = new RunningTasks();
    const released: number[] = [];
    for (let id = 0; id < 1_002; id++) tasks.add(String(id), 2 * HOUR, () => released.push(id));
    expect(released).toEqual([]);
    for (const id of [0, 1_000, 1_001]) tasks.ended(String(id));
    expect(released).toEqual([0]);
    // There is room for one again.
    tasks.add('new', DAY, () => released.push(-1));
    tasks.ended('new');
    expect(released).toEqual([0, -1]);
    vi.advanceTimersByTime(2 * HOUR - 1);
    expect(released).toHaveLength(2);
    vi.advanceTimersByTime(1);
    expect(released).toHaveLength(1_003);
    expect(tasks.any).toBe(false);
  });
});
