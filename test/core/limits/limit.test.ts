import { describe, expect, it } from 'vitest';
import { Counters } from '../../../src/core/limits/counters.js';
import type { Charge } from '../../../src/core/limits/limit.js';
import { budget, charge, inShort, rate, results, running } from './charges.js';

describe('rate', () => {
  it('passes again exactly when the oldest is one window old', () => {
    const call = rate(2, 100);
    const calls = [0, 40, 99, 99.5, 100, 139, 140, 199, 200].map((now) => [now, call] as const);
    expect(results(calls)).toEqual(['ok', 'ok', 1, 0.5, 'ok', 1, 'ok', 1, 'ok']);
  });

  it('a refused call takes nothing', () => {
    const call = rate(1, 100);
    const often = Array.from({ length: 99 }, (_, index) => [index + 1, call] as const);
    expect(results([[0, call], ...often, [100, call]]).at(-1)).toBe('ok');
  });

  it.each<[string, Charge]>([
    ['max 0', rate(0, 100)],
    ['max 0 of a budget', budget(1, 0, 100)],
    ['an amount above the whole budget', budget(11, 10, 100)],
    ['a negative amount', budget(-1, 10, 100)],
    ['no amount', { ...budget(1, 10, 100), amount: undefined }],
  ])('%s: waiting does not help', (_, call) => {
    expect(results([[0, call]])).toEqual(['never']);
  });

  it('a window without end never passes again', () => {
    const call = rate(1, Number.POSITIVE_INFINITY);
    expect(
      results([
        [0, call],
        [1e15, call],
      ]),
    ).toEqual(['ok', 'never']);
  });

  it('a clock that goes back gives nothing back', () => {
    const call = rate(1, 100);
    expect(
      results([
        [1000, call],
        [0, call],
        [1099, call],
        [1100, call],
      ]),
    ).toEqual(['ok', 100, 1, 'ok']);
  });

  it('counts different keys and kinds apart', () => {
    const repeat = charge({ kind: 'repeat', max: 1, window: 100 });
    expect(
      results([
        [0, rate(1, 100)],
        [0, rate(1, 100, { counter: 'other' })],
        [0, repeat],
        [0, repeat],
      ]),
    ).toEqual(['ok', 'ok', 'ok', 100]);
  });

  it('holds a million admissions', () => {
    const counters = new Counters();
    const call = rate(1_000_000, 10_000_000);
    for (let now = 0; now < 1_000_000; now++) counters.take([call], now);
    expect(inShort(counters.take([call], 1_000_000))).toBe(9_000_000);
    expect(inShort(counters.take([call], 10_000_000))).toBe('ok');
  });
});

describe('a limit that changes keeps its history', () => {
  const three: [number, Charge][] = [0, 10, 20].map((now) => [now, rate(3, 100)]);
  it.each<[string, number, Charge, unknown]>([
    ['more', 30, rate(4, 100), 'ok'],
    ['fewer: several have to leave', 30, rate(1, 100), 90],
    ['shorter window', 60, rate(3, 50), 'ok'],
    ['shorter window, still full', 45, rate(2, 40), 5],
    ['longer window', 99, rate(3, 1000), 901],
    ['none', 30, rate(0, 100), 'never'],
  ])('%s', (_, now, changed, expected) => {
    expect(results([...three, [now, changed]]).at(-1)).toBe(expected);
  });

  it('a window that shrinks and grows again forgets nothing', () => {
    expect(
      results([
        [0, rate(3, 100)],
        [1, rate(3, 100)],
        [50, rate(3, 10)],
        [60, rate(3, 100)],
      ]),
    ).toEqual(['ok', 'ok', 'ok', 40]);
  });

  it('a refused look with a longer window makes the counter remember longer', () => {
    const counters = new Counters();
    results(
      [
        [0, rate(1, 100)],
        [90, rate(1, 1000)],
      ],
      counters,
    );
    expect(inShort(counters.take([rate(1, 1000)], 500))).toBe(500);
  });
});

describe('budget', () => {
  it('counts exactly and says when enough has left', () => {
    expect(
      results([
        [0, budget(0.1, 0.3, 100)],
        [10, budget(0.2, 0.3, 100)],
        [20, budget(0.1, 0.3, 100)],
        [20, budget(0.2, 0.3, 100)],
        [100, budget(0.1, 0.3, 100)],
        [110, budget(0.2, 0.3, 100)],
      ]),
    ).toEqual(['ok', 'ok', 80, 90, 'ok', 'ok']);
  });

  it('an amount of nothing passes a spent budget and is not remembered', () => {
    const counters = new Counters();
    expect(
      results(
        [
          [0, budget(0, 0, 100)],
          [0, budget(0, 0, 100)],
        ],
        counters,
      ),
    ).toEqual(['ok', 'ok']);
    expect(counters.size).toBe(0);
  });

  it('stays exact over many windows', () => {
    const counters = new Counters();
    for (let now = 0; now < 10_000; now += 10) {
      expect(inShort(counters.take([budget(0.1, 1, 100)], now))).toBe('ok');
      expect(inShort(counters.peek([budget(0.1, 1, 100)], now))).toBe(now < 90 ? 'ok' : 10);
      expect(inShort(counters.peek([budget(0.1, 1.1, 100)], now))).toBe('ok');
    }
  });

  it('a smaller max is kept to', () => {
    expect(
      results([
        [0, budget(5, 10, 100)],
        [10, budget(5, 10, 100)],
        [20, budget(1, 5, 100)],
        [20, budget(0, 5, 100)],
        [100, budget(0, 5, 100)],
      ]),
    ).toEqual(['ok', 'ok', 90, 80, 'ok']);
  });
});

describe('concurrency', () => {
  it('gives places back once, however often it is told', () => {
    const counters = new Counters();
    const first = counters.take([running(2)], 0);
    counters.take([running(2)], 0);
    expect(inShort(counters.take([running(2)], 1e9))).toBe('never');
    if (first.ok) first.release();
    if (first.ok) first.release();
    expect([0, 0].map(() => inShort(counters.take([running(2)], 1e9)))).toEqual(['ok', 'never']);
  });

  it('leaves nothing behind', () => {
    const counters = new Counters();
    const taken = counters.take([running(1)], 0);
    expect(counters.size).toBe(1);
    if (taken.ok) taken.release();
    expect(counters.size).toBe(0);
  });
});
