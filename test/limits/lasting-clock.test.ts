import { describe, expect, it } from 'vitest';
import { lastingClock } from '../../src/limits/lasting-clock.js';

const HOUR = 3_600_000;

/** A machine whose clocks are moved by hand. */
function machine() {
  const at = { awake: 1_000, wall: 1_700_000_000_000, running: 50_000 };
  const now = lastingClock({ awake: () => at.awake, wall: () => at.wall, running: () => at.running });
  const pass = (parts: Partial<typeof at>) => {
    for (const clock of ['awake', 'wall', 'running'] as const) at[clock] += parts[clock] ?? 0;
    return now();
  };
  return { start: now(), pass };
}

describe('the clock of limits', () => {
  it('goes on while the machine sleeps', () => {
    const { start, pass } = machine();
    expect(pass({ awake: 5_000, wall: 5_000, running: 5_000 }) - start).toBe(5_000);
    expect(pass({ wall: 2 * HOUR, running: 2 * HOUR }) - start).toBe(5_000 + 2 * HOUR);
    expect(pass({ awake: 1_000, wall: 1_000, running: 1_000 }) - start).toBe(6_000 + 2 * HOUR);
  });

  it.each([HOUR, -HOUR, 10 * 365 * 24 * HOUR, 3_000, -3_000])(
    'does not follow a wall clock that is set by %i ms',
    (set) => {
      const { start, pass } = machine();
      expect(pass({ wall: set }) - start).toBe(0);
      expect(pass({ awake: 10, wall: 10 - set, running: 10 }) - start).toBe(10);
    },
  );

  it('counts sleep once, and no more than there was', () => {
    const { start, pass } = machine();
    pass({ wall: 3 * HOUR, running: HOUR });
    expect(pass({ wall: HOUR }) - start).toBe(HOUR);
  });

  it('never makes calls older than they are by sleep that the wall clock hid', () => {
    const { start, pass } = machine();
    expect(pass({ running: HOUR }) - start).toBe(0);
    expect(pass({ awake: 1_000, wall: 4_000, running: 1_000 }) - start).toBeLessThanOrEqual(4_000);
  });

  it('is the awake one where no clock tells more', () => {
    const now = lastingClock();
    const before = performance.now();
    expect(now()).toBeGreaterThanOrEqual(before);
    expect(now()).toBeLessThanOrEqual(performance.now() + 1);
  });
});
