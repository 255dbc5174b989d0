import { describe, expect, it } from 'vitest';
import { type Charge, Counters, type Taken } from '../../src/core/limit.js';
import { budget, charge, rate, running } from './charges.js';

/** What happens to one charge after another, as `ok`, the wait in ms, or `never`. */
function results(
  calls: readonly (readonly [number, Charge | Charge[]])[],
  counters = new Counters(),
): unknown[] {
  return calls.map(([now, charges]) => inShort(counters.take([charges].flat(), now)));
}

function inShort(taken: Taken): unknown {
  if (taken.ok) return 'ok';
  return taken.full ? 'full' : (taken.retryAfterMs ?? 'never');
}

function refusal(taken: Taken): Extract<Taken, { ok: false }> {
  if (taken.ok) throw new Error('was admitted');
  return taken;
}

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
