import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Counters } from '../../../src/core/limits/counters.js';
import type { Charge } from '../../../src/core/limits/limit.js';
import { PlainCounters } from '../../reference/limits.js';
import { runs } from '../../runs.js';
import { budget, charge, rate, running } from './charges.js';

/** Steps of time that often fall on the edge of a window, and often on the same instant. */
const step = fc.oneof(
  fc.constant(0),
  fc.constantFrom(1, 5, 10, 50, 100),
  fc.integer({ min: 0, max: 120 }),
  fc.double({ min: 0, max: 60, noNaN: true }),
);
const window = fc.constantFrom(1, 10, 50, 100);
const counter = fc.constantFrom('one', 'other');
const observe = fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.constant(true));
const more = fc.record({ counter, observe });
const amount = fc.constantFrom(0, 0.1, 0.2, 0.3, 1, 2.5, 7);

/** The window belongs to the counter here; max is free to change from call to call. */
const oneCharge = (windows: Record<string, number>): fc.Arbitrary<Charge> => {
  const max = fc.integer({ min: 0, max: 4 });
  const windowOf = (rest: Partial<Charge>) => windows[rest.counter ?? ''] ?? 100;
  return fc.oneof(
    fc.tuple(max, more).map(([most, rest]) => rate(most, windowOf(rest), rest)),
    fc
      .tuple(max, more)
      .map(([most, rest]) => charge({ kind: 'repeat', max: most, window: windowOf(rest) }, rest)),
    fc.tuple(amount, max, more).map(([sum, most, rest]) => budget(sum, most, windowOf(rest), rest)),
    fc.tuple(max, more).map(([most, rest]) => running(most, rest)),
  );
};

interface Call {
  step: number;
  charges: Charge[];
  /** How many calls later it ends. */
  lasts: number;
  /** Whether it then never was. */
  undone: boolean;
}

const calls = fc.record({ one: window, other: window }).chain((windows) =>
  fc.array(
    fc.record<Call>({
      step,
      charges: fc.array(oneCharge(windows), { minLength: 1, maxLength: 4 }),
      lasts: fc.integer({ min: 0, max: 6 }),
      undone: fc.boolean(),
    }),
    { maxLength: 60 },
  ),
);

describe('Counters', () => {
  it('agree with a list of admissions and a filter', () => {
    fc.assert(
      fc.property(calls, (sequence) => {
        const counters = new Counters();
        const plain = new PlainCounters();
        const ending: (() => void)[][] = [];
        let now = 0;
        for (const [index, call] of sequence.entries()) {
          now += call.step;
          for (const end of ending[index] ?? []) end();
          const taken = counters.take(call.charges, now);
          const expected = plain.take(call.charges, now);
          expect(taken.ok).toBe(expected.ok);
          if (!taken.ok) continue;
          expect(taken.over).toEqual(expected.over);
          const held = call.charges.filter((each) => !taken.over.includes(each));
          const at = now;
          const end = () => {
            if (call.undone) {
              taken.undo();
              plain.undo(held, at);
            } else plain.release(held);
            taken.release();
          };
          ending[index + call.lasts] = [...(ending[index + call.lasts] ?? []), end];
        }
      }),
      runs(3_000),
    );
  });

  it('say exactly when a refused call passes', () => {
    const one = fc.oneof(
      fc.tuple(fc.integer({ min: 0, max: 4 }), window).map(([max, span]) => rate(max, span)),
      fc.tuple(amount, amount, window).map(([sum, max, span]) => budget(sum, max, span)),
    );
    const sequence = fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), one), { maxLength: 40 });
    fc.assert(
      fc.property(sequence, (attempts) => {
        const counters = new Counters();
        const plain = new PlainCounters();
        let now = 0;
        for (const [wait, attempt] of attempts) {
          now += wait;
          const same = { ...attempt, limit: { ...attempt.limit, window: 100 } } as Charge;
          const taken = counters.take([same], now);
          plain.take([same], now);
          if (taken.ok) continue;
          const passes = plain.fits(same, now + (taken.retryAfterMs ?? 1_000));
          expect(passes).toBe(taken.retryAfterMs !== undefined);
          if (taken.retryAfterMs !== undefined)
            expect(plain.fits(same, now + taken.retryAfterMs - 1)).toBe(false);
        }
      }),
      runs(2_000),
    );
  });

  it('no interval of `window` milliseconds holds more than max admissions', () => {
    const times = fc.array(step, { maxLength: 200 });
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: 5 }), window, (steps, max, span) => {
        const counters = new Counters();
        const admitted: number[] = [];
        let now = 0;
        for (const each of steps) {
          now += each;
          if (counters.take([rate(max, span)], now).ok) admitted.push(now);
        }
        for (const [index, last] of admitted.entries()) {
          const first = admitted[index - max];
          if (first !== undefined) expect(last - first).toBeGreaterThanOrEqual(span);
        }
      }),
      runs(2_000),
    );
  });

  it('a window that changes at any time neither refuses for nothing nor forgets what it had to remember', () => {
    const sequence = fc.array(fc.tuple(step, fc.integer({ min: 0, max: 4 }), window), { maxLength: 60 });
    fc.assert(
      fc.property(sequence, (attempts) => {
        const counters = new Counters();
        let now = 0;
        let admitted: { at: number; remembered: boolean }[] = [];
        let longest = 0;
        for (const [wait, max, span] of attempts) {
          now += wait;
          admitted = admitted.map(({ at, remembered }) => ({
            at,
            remembered: remembered && now - at < longest,
          }));
          if (!admitted.some(({ remembered }) => remembered)) longest = 0;
          longest = Math.max(longest, span);
          const inside = admitted.filter(({ at }) => now - at < span);
          const { ok } = counters.take([rate(max, span)], now);
          if (inside.length < max) expect(ok).toBe(true);
          if (inside.filter(({ remembered }) => remembered).length >= max) expect(ok).toBe(false);
          if (ok) admitted.push({ at: now, remembered: true });
        }
      }),
      runs(3_000),
    );
  });
});
