import { describe, expect, it } from 'vitest';
import { counterKey } from '../../../src/core/limits/counter-key.js';

describe('the counter that a value of a key belongs to', () => {
  it.each([
    [
      [
        1n,
        '1',
        '01',
        ' 1',
        '1 ',
        true,
        'true',
        'TRUE',
        '1.0',
        '+1',
        '１',
        1,
        1.5,
        '1e0',
        '0x1',
        'yes',
        '1\u200b',
      ],
      'number 1',
    ],
    [[0n, false, '0', '-0', -0, 'off', '00'], 'number 0'],
    [[1_000n, '1_000', '1,000', '1e3', 1e3], 'number 1000'],
    [['team', 'Team', ' team', 'TEAM\u200b', 'ｔｅａｍ'], 'string team'],
    [['team 2', 'Team2'], 'string team2'],
    [[9_007_199_254_740_993n, '9007199254740993'], 'number 9007199254740993'],
  ])('%s have one', (values, key) => {
    for (const value of values) expect(counterKey(value), JSON.stringify(String(value))).toBe(key);
  });

  it.each([
    ['team', 't\u0435am'],
    ['a b', 'a%20b'],
    ['/a', '/a/'],
    ['/b', '/a/../b'],
    ['a1', 'a01'],
    ['a@b.c', 'a+x@b.c'],
    [42n, 'red'],
  ])('%s and %s have two', (one, other) => {
    expect(counterKey(one)).not.toBe(counterKey(other));
  });

  it('does not depend on what comes after 1,024 characters', () => {
    const long = 'a'.repeat(1_024);
    expect(counterKey(`${long}b`)).toBe(counterKey(`${long}c`));
  });

  it.each([[null], [['1']], [new Map()], [undefined], [Number.NaN], [Number.POSITIVE_INFINITY]])(
    '%s has none',
    (value) => {
      expect(counterKey(value)).toBe(undefined);
    },
  );

  it('is another one for other values', () => {
    const values = ['a', 'b', '1a', '1.2.3', '', '-', 'e1', 2n, -1n, 'nothing'];
    expect(new Set(values.map(counterKey)).size).toBe(values.length);
  });
});
