import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  compare,
  formatDecimal,
  isNegative,
  subtract,
  toDecimal,
  ZERO,
} from '../../../src/core/limits/decimal.js';
import { runs } from '../../runs.js';

const decimal = (value: bigint | number) => toDecimal(value) ?? ZERO;

describe('toDecimal and formatDecimal', () => {
  it.each<[bigint | number, string]>([
    [0, '0'],
    [-0, '0'],
    [0.1, '0.1'],
    [-2.5, '-2.5'],
    [1_000_000, '1000000'],
    [1e21, '1000000000000000000000'],
    [1.5e300, `15${'0'.repeat(299)}`],
    [1e-7, '0.0000001'],
    [-1.25e-7, '-0.000000125'],
    [5e-324, `0.${'0'.repeat(323)}5`],
    [9_007_199_254_740_993n, '9007199254740993'],
    [-3n, '-3'],
  ])('%s is %s', (value, text) => {
    expect(formatDecimal(decimal(value))).toBe(text);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('%s is none', (value) => {
    expect(toDecimal(value)).toBeUndefined();
  });

  it('keeps every double', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(formatDecimal(decimal(value)))).toBe(value === 0 ? 0 : value);
      }),
      runs(100),
    );
  });
});

describe('add, subtract, compare', () => {
  it('0.1 and 0.2 make 0.3', () => {
    expect(compare(add(decimal(0.1), decimal(0.2)), decimal(0.3))).toBe(0);
    expect(formatDecimal(add(decimal(0.1), decimal(0.2)))).toBe('0.3');
  });

  it.each<[number, number, number]>([
    [1, 1.0, 0],
    [0.3, 0.29, 1],
    [-1, 1, -1],
    [1e21, 1e20, 1],
    [100, 1e2, 0],
  ])('%s compared with %s is %s', (one, other, expected) => {
    expect(compare(decimal(one), decimal(other))).toBe(expected);
  });

  it('what is added can be subtracted', () => {
    const value = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(value, value, (one, other) => {
        expect(compare(subtract(add(decimal(one), decimal(other)), decimal(other)), decimal(one))).toBe(0);
      }),
      runs(100),
    );
  });

  it.each<[number, boolean]>([
    [-0.01, true],
    [0, false],
    [-0, false],
    [0.01, false],
  ])('%s is negative: %s', (value, expected) => {
    expect(isNegative(decimal(value))).toBe(expected);
  });
});
