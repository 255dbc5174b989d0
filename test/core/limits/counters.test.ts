import { describe, expect, it } from 'vitest';
import { Counters } from '../../../src/core/limits/counters.js';
import type { Charge } from '../../../src/core/limits/limit.js';
import { cpuTime } from '../../cpu-time.js';
import { budget, inShort, rate, refusal, results, running } from './charges.js';

describe('several charges', () => {
  it('are taken together or not at all', () => {
    const counters = new Counters();
    const [one, other, place] = [
      rate(5, 100, { counter: 'one' }),
      rate(1, 100, { counter: 'other' }),
      running(9),
    ];
    expect(
      results(
        [
          [0, [one, other, place]],
          [0, [one, place, other]],
        ],
        counters,
      ),
    ).toEqual(['ok', 100]);
    expect(
      results(
        [
          [0, [one, one, one, one]],
          [0, one],
        ],
        counters,
      ),
    ).toEqual(['ok', 100]);
  });

  it('on one counter must all fit', () => {
    expect(
      results([
        [0, [rate(1, 100), rate(1, 100)]],
        [0, [budget(6, 10, 100), budget(6, 10, 100)]],
        [0, [running(1), running(1)]],
        [0, [rate(2, 100), rate(2, 100)]],
      ]),
    ).toEqual(['never', 'never', 'never', 'ok']);
  });

  it('take time by their number, be their counters the same or others', () => {
    const many = Array.from({ length: 20_000 }, (_, index) => [
      rate(1e6, 100, { counter: `own ${index}` }),
      budget(1, 1e6, 100, { counter: 'shared' }),
    ]).flat();
    const counters = new Counters();
    expect(cpuTime(() => expect(inShort(counters.take(many, 0))).toBe('ok'))).toBeLessThan(2_000);
    expect(inShort(counters.take([budget(980_000, 1e6, 100, { counter: 'shared' })], 0))).toBe('ok');
    expect(inShort(counters.take([budget(1, 1e6, 100, { counter: 'shared' })], 0))).not.toBe('ok');
  });

  it.each<[string, Charge[], string]>([
    ['the longest wait is reported', [rate(1, 50, { counter: 's' }), rate(1, 90, { counter: 'l' })], 'l'],
    ['never is longer than any', [rate(1, 50, { counter: 's' }), budget(9, 1, 90, { counter: 'n' })], 'n'],
    ['a known wait before running calls', [running(1, { counter: 'r' }), rate(1, 50, { counter: 's' })], 's'],
  ])('%s', (_, charges, counter) => {
    const counters = new Counters();
    for (const each of charges) counters.take([each], 0);
    expect(refusal(counters.take(charges, 10)).charge.counter).toBe(counter);
  });
});

describe('observed charges', () => {
  it('never refuse; those without room are reported and not charged', () => {
    const counters = new Counters();
    const watched = rate(1, 100, { observe: true });
    expect(counters.take([watched], 0)).toMatchObject({ ok: true, over: [] });
    expect(counters.take([watched], 50)).toMatchObject({ ok: true, over: [watched] });
    expect(counters.take([watched], 100)).toMatchObject({ ok: true, over: [] });
  });

  it('take nothing when another charge refuses', () => {
    const counters = new Counters();
    const watched = rate(1, 100, { observe: true });
    counters.take([watched, rate(0, 100, { counter: 'closed' })], 0);
    expect(counters.take([watched], 0)).toMatchObject({ ok: true, over: [] });
  });
});

describe('peek', () => {
  it('says what take would say and takes nothing', () => {
    const counters = new Counters();
    const both = [rate(1, 100), running(1)];
    expect(counters.peek(both, 0)).toMatchObject({ ok: true });
    expect(counters.size).toBe(0);
    counters.take(both, 0);
    expect(inShort(counters.peek(both, 40))).toBe(60);
  });
});

describe('the number of counters', () => {
  const keyed = (key: number, window = 100) => rate(9, window, { counter: `key ${key}` });

  it('is bounded: a new one is refused, the known ones go on', () => {
    const counters = new Counters({ maxCounters: 2 });
    expect(
      results(
        [
          [0, keyed(1)],
          [0, keyed(2)],
          [0, keyed(3)],
          [0, keyed(2)],
          [0, running(9)],
        ],
        counters,
      ),
    ).toEqual(['ok', 'ok', 'full', 'ok', 'full']);
    expect(counters.take([{ ...keyed(4), observe: true }], 0)).toMatchObject({
      ok: true,
      over: [{ counter: 'key 4' }],
    });
  });

  it('counts those of one call together', () => {
    const counters = new Counters({ maxCounters: 2 });
    expect(
      results(
        [
          [0, [keyed(1), keyed(2), keyed(3)]],
          [0, [keyed(1), keyed(1), keyed(2)]],
        ],
        counters,
      ),
    ).toEqual(['full', 'ok']);
  });

  it('shrinks at the very moment that counters expire, whatever their windows', () => {
    const counters = new Counters({ maxCounters: 3 });
    const calls = [
      [0, keyed(1)],
      [10, keyed(2, 50)],
      [20, keyed(3)],
      [59, keyed(4)],
      [60, keyed(4)],
      [99, keyed(1)],
      [119, keyed(5)],
      [120, keyed(5)],
    ] as const;
    expect(results(calls, counters)).toEqual(['ok', 'ok', 'ok', 'full', 'ok', 'ok', 'full', 'ok']);
  });

  it('is swept without being asked for the same key again', () => {
    const counters = new Counters();
    for (let key = 0; key < 1000; key++) counters.take([keyed(key)], key);
    expect(counters.size).toBeLessThanOrEqual(101);
    counters.peek([], 1e6);
    expect(counters.size).toBe(0);
  });
});

describe('the number of admissions that one counter remembers', () => {
  it('is bounded: a call more is refused until the oldest has left the window, whatever the budget', () => {
    const counters = new Counters({ maxAdmissions: 2 });
    const spend = (amount: number) => budget(amount, 1_000, 100);
    const calls = [
      [0, spend(1)],
      [10, spend(1)],
      [20, spend(1)],
      [99, spend(1)],
      [100, spend(1)],
      [105, spend(1)],
      [110, spend(1)],
    ] as const;
    expect(results(calls, counters)).toEqual(['ok', 'ok', 'full', 'full', 'ok', 'full', 'ok']);
  });

  it('does not bound other counters, the running calls or what spends nothing', () => {
    const counters = new Counters({ maxAdmissions: 1 });
    expect(
      results(
        [
          [0, [rate(9, 100), running(9)]],
          [0, rate(9, 100)],
          [0, rate(9, 100, { counter: 'other' })],
          [0, running(9)],
        ],
        counters,
      ),
    ).toEqual(['ok', 'full', 'ok', 'ok']);
  });
});
