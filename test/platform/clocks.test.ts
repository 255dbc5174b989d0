import { describe, expect, it, vi } from 'vitest';
import { lapsingClock } from '../../src/platform/clocks.js';
import { afterLapse } from '../../src/platform/timers.js';

const HOUR = 3_600_000;

function machine() {
  const at = { awake: 1_000, running: 50_000 };
  const now = lapsingClock({ awake: () => at.awake, running: () => at.running });
  const pass = (awake: number, running = awake) => {
    at.awake += awake;
    at.running += running;
    return now();
  };
  return { start: now(), pass, now };
}

describe('the clock of approvals', () => {
  it('goes on while the machine sleeps, and counts that once', () => {
    const { start, pass } = machine();
    expect(pass(5_000) - start).toBe(5_000);
    expect(pass(0, 2 * HOUR) - start).toBe(5_000 + 2 * HOUR);
    expect(pass(1_000) - start).toBe(6_000 + 2 * HOUR);
    expect(pass(1_000, HOUR) - start).toBe(6_000 + 3 * HOUR);
  });

  it('counts many short sleeps too', () => {
    const { start, pass } = machine();
    for (let n = 0; n < 10; n++) pass(100, 1_100);
    expect(pass(0) - start).toBeGreaterThan(9_000);
  });

  it('never goes back, also where the other clock does or counts whole seconds', () => {
    const { start, pass } = machine();
    let before = start;
    for (const running of [0, 1_000, -5_000, 0, 1_000, 3_000, -HOUR]) {
      const now = pass(10, running);
      expect(now).toBeGreaterThan(before);
      before = now;
    }
    expect(before - start).toBeLessThan(1_000);
  });

  it('does not know the clock on the wall', () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const now = lapsingClock();
      const before = now();
      for (const set of [HOUR, -2 * HOUR, 1_000 * HOUR]) {
        vi.setSystemTime(Date.now() + set);
        expect(now() - before).toBeLessThan(HOUR / 2);
        expect(now()).toBeGreaterThanOrEqual(before);
      }
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('a time that ends also while the machine sleeps', () => {
  it('is over soon after it wakes', async () => {
    let slept = 0;
    const clock = () => performance.now() + slept;
    const began = performance.now();
    await new Promise<void>((resolve) => {
      afterLapse(HOUR, clock, resolve);
      slept = 2 * HOUR;
    });
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('is not over sooner, nor when it was cancelled', async () => {
    const over: string[] = [];
    const began = performance.now();
    afterLapse(
      20,
      () => performance.now(),
      () => over.push('cancelled'),
    )();
    await new Promise<void>((resolve) => {
      afterLapse(1_200, () => performance.now(), resolve);
    });
    expect(performance.now() - began).toBeGreaterThanOrEqual(1_199);
    expect(over).toEqual([]);
  });
});
