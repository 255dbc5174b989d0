import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { percentDecoded } from '../../../../../src/core/policy/conditions/uri/percent-decoded.js';
import { cpuTime } from '../../../../cpu-time.js';
import { runs } from '../../../../runs.js';

describe('percent-encodings', () => {
  it.each([
    ['a%20b', 'a b'],
    ['%e2%82%AC', '€'],
    ['%f0%9f%98%80', '😀'],
    ['%c0%ae%C1%81', '.A'],
    ['%E4', 'ä'],
    ['%e9a', 'éa'],
    ['%c3%a4%e4', 'Ã¤ä'],
    ['%ed%a0%80', 'í\u00a0\u0080'],
    ['%f4%90%80%80', 'ô\u0090\u0080\u0080'],
    ['%e0%80%80', 'à\u0080\u0080'],
    ['%f8%88%80%80%80', 'ø\u0088\u0080\u0080\u0080'],
    ['%e2%82', 'â\u0082'],
    ['%', '%'],
    ['%2', '%2'],
    ['%%20%2g', '% %2g'],
    ['%2520', '%20'],
  ])('%s reads as %j', (text, decoded) => {
    expect(percentDecoded(text)).toBe(decoded);
  });

  it('of what is kept stay', () => {
    expect(percentDecoded('%2a%20%3F%e4', '*?')).toBe('%2a %3Fä');
  });

  it('are read as everybody reads them, where they are UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 50 }), (text) => {
        expect(percentDecoded(encodeURIComponent(text))).toBe(text);
      }),
      runs(300),
    );
  });

  it.each([
    ['%e9a', 250_000],
    ['%e9%20', 170_000],
    ['%20', 4_000_000],
    ['%ff', 4_000_000],
    ['%', 4_000_000],
  ])('take little time, and no stack: %s many times', (text, count) => {
    const long = text.repeat(count);
    expect(cpuTime(() => percentDecoded(long))).toBeLessThan(10_000);
  });
});
