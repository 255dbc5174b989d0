import { describe, expect, it } from 'vitest';
import { canonical, isInexact, readValue } from '../../../src/core/json/value.js';

describe('numbers that readers read differently', () => {
  it.each([
    '9007199254740993',
    '-9007199254740993',
    '9007199254740993.0',
    '9007199254740993e0',
    '90071992547409930e-1',
    '1234567890123456789',
    '9223372036854775807',
    '9223372036854775808',
    '1e400',
  ])('%s', (text) => {
    expect(isInexact(readValue(text))).toBe(true);
  });

  it.each<[string, bigint | number]>([
    ['9007199254740991', 9007199254740991n],
    ['9007199254740992', 9007199254740992n],
    ['9007199254740994', 9007199254740994n],
    ['-9223372036854775808', -9223372036854775808n],
    ['1152921504606846976', 1152921504606846976n],
    ['1e16', 1e16],
    ['10000000000000000.0', 1e16],
    ['6.02214076e23', 6.02214076e23],
    ['0.1', 0.1],
    ['-0', 0n],
  ])('but not %s', (text, value) => {
    expect(readValue(text)).toBe(value);
  });

  it.each([
    ['1e400', '10e399', '0.1E+401'],
    ['9007199254740993', '9007199254740993.0', '90071992547409930e-1'],
    ['1', '1.0', '10e-1'],
    ['0', '-0', '-0.0', '0e9'],
    ['1e21', '1000000000000000000000', '10e20'],
    ['1e-400', '0.1e-399'],
  ])('%s, %s … have one canonical text', (...texts) => {
    expect(new Set(texts.map((text) => canonical(readValue(text)))).size).toBe(1);
  });
});
