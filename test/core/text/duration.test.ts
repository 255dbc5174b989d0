import { describe, expect, it } from 'vitest';
import { formatDuration, toMilliseconds } from '../../../src/core/text/duration.js';

describe('toMilliseconds', () => {
  it.each<[number | string, number | undefined]>([
    [60, 60_000],
    [0.5, 500],
    ['30s', 30_000],
    ['5m', 300_000],
    ['1h', 3_600_000],
    ['1d', 86_400_000],
    ['1.5h', 5_400_000],
    ['0s', 0],
    ['', undefined],
    ['60', undefined],
    ['5 m', undefined],
    ['5M', undefined],
    ['5ms', undefined],
    ['1w', undefined],
    ['-5s', undefined],
    ['.5s', undefined],
    ['5s\n', undefined],
    ['1e3s', undefined],
    ['5constructor', undefined],
    [Number.NaN, undefined],
    [Number.POSITIVE_INFINITY, undefined],
  ])('%j is %j ms', (written, expected) => {
    expect(toMilliseconds(written)).toBe(expected);
  });
});

describe('formatDuration', () => {
  it.each<[number, string]>([
    [500, '0.5 s'],
    [1_000, '1 s'],
    [60_000, '60 s'],
    [90_000, '90 s'],
    [120_000, '2 min'],
    [3_600_000, '1 h'],
    [5_400_000, '90 min'],
    [86_400_000, '1 day'],
    [172_800_000, '2 days'],
    [90_000_000, '25 h'],
  ])('%j ms are %j', (milliseconds, expected) => {
    expect(formatDuration(milliseconds)).toBe(expected);
  });
});
