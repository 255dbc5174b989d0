import { describe, expect, it } from 'vitest';
import { priceOf, priceOfPattern } from '../../../../../src/core/policy/conditions/evaluation/price.js';

const TEXT = 'a'.repeat(1_000);
const matching = (pattern: string) => priceOf('matches', TEXT, [pattern]);

describe('what a call costs before it is carried out', () => {
  it('of matches, grows with the text and the expression', () => {
    expect(matching('a+b+c+d+')).toBeGreaterThan(1.8 * matching('a+b+'));
    expect(matching('a+')).toBeGreaterThan(8 * priceOf('matches', TEXT.slice(0, 100), ['a+']));
  });

  it.each(['a{1000}', 'a{1,1000}', '(?:ab){500}', '(?:ab){0,500}', '(?:a{1,30}b){1,30}'])(
    'of matches, counts what is repeated a number of times as if it were written out: %s',
    (pattern) => {
      expect(matching(pattern)).toBeGreaterThan(30 * matching('a+b+c+'));
    },
  );

  it('of making a regular expression, grows with it', () => {
    expect(priceOfPattern('a+')).toBeLessThan(100);
    expect(priceOfPattern('a+'.repeat(1_000))).toBeGreaterThan(10_000);
    expect(priceOfPattern('a{1000}'.repeat(1_000))).toBeGreaterThan(1_000_000);
  });

  it('of glob, grows with the places from which a star may go on', () => {
    const globbing = (glob: string) => priceOf('glob', undefined, [TEXT, glob]);
    expect(globbing('*a*b*c*d*e*f')).toBeGreaterThan(5 * globbing('aabbccddeeff'));
  });

  it('of anything else, grows with its texts', () => {
    expect(priceOf('size', TEXT.repeat(100), [])).toBeGreaterThan(1_000);
    expect(priceOf('contains', TEXT.repeat(100), ['b'])).toBeGreaterThan(1_000);
    expect(priceOf('_+_', undefined, [1n, 2n])).toBe(1);
  });
});
