import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byCloseness, globMatches, matches, pattern } from '../../../src/core/text/glob.js';
import { runs } from '../../runs.js';

describe('globMatches', () => {
  it.each<[string, string, boolean]>([
    ['*', '', true],
    ['*', 'anything/at all', true],
    ['', '', true],
    ['', 'a', false],
    ['a*', 'a', true],
    ['a*', 'ba', false],
    ['*a', 'ba', true],
    ['*a', 'ab', false],
    ['a*c', 'abbc', true],
    ['a*c', 'abcb', false],
    ['a*b*c', 'axbxbxc', true],
    ['a*b*c', 'axc', false],
    ['*ab', 'aab', true],
    ['*aab', 'aaaab', true],
    ['?', '', false],
    ['?', 'a', true],
    ['?', 'ab', false],
    ['a?c', 'abc', true],
    ['**', '', true],
    ['*?', '', false],
    ['?*', 'a', true],
    ['a*?', 'a', false],
    ['A', 'a', false],
    ['?', '😀', true],
    ['s/?', 's/😀', true],
    ['??', '😀', false],
    ['*??', '😀', false],
    ['*?', '😀', true],
    ['*?a', 'x😀a', true],
    ['?', '\ud83d', true],
    ['delete_*', 'delete_broker', true],
    ['delete_*', 'undelete_broker', false],
    ['file:///etc/*', 'file:///etc/ssh/keys', true],
    ['a.c', 'abc', false],
    ['[ab]', 'a', false],
    ['\\*', '*', false],
    ['(a+)+$', '(a+)+$', true],
  ])('%j and %j: %j', (glob, text, expected) => {
    expect(globMatches(glob, text)).toBe(expected);
  });

  it('agrees with a plain recursive matcher', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 });
    const glob = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 6 });
    fc.assert(
      fc.property(glob, text, (one, other) => {
        expect(globMatches(one, other)).toBe(plainly(one, other));
      }),
      runs(5_000),
    );
  });

  it('does not blow up on a name made for it', () => {
    expect(globMatches(`${'*a'.repeat(100)}b`, 'a'.repeat(5_000))).toBe(false);
  });
});

describe('pattern', () => {
  it.each<[string, boolean, number]>([
    ['delete_broker', true, 13],
    ['delete_*', false, 7],
    ['*', false, 0],
    ['?', false, 0],
    ['a?b*c', false, 3],
    ['', true, 0],
  ])('%j: exact %j, %i literal characters', (text, exact, literals) => {
    expect(pattern(text)).toEqual({ text, exact, literals });
  });

  it('sorts exact names first, then globs by their literal characters', () => {
    const sorted = ['*', 'aaaa*', 'b', 'aa*', '*aaaaaaa*'].map(pattern).sort(byCloseness);
    expect(sorted.map(({ text }) => text)).toEqual(['b', '*aaaaaaa*', 'aaaa*', 'aa*', '*']);
  });

  it.each<[string, string, boolean]>([
    ['a', 'a', true],
    ['a', 'ab', false],
    ['a*', 'ab', true],
  ])('%j and the name %j: %j', (text, name, expected) => {
    expect(matches(pattern(text), name)).toBe(expected);
  });
});

function plainly(glob: string, text: string): boolean {
  if (glob === '') return text === '';
  if (glob[0] === '*') return plainly(glob.slice(1), text) || (text !== '' && plainly(glob, text.slice(1)));
  return text !== '' && (glob[0] === '?' || glob[0] === text[0]) && plainly(glob.slice(1), text.slice(1));
}
