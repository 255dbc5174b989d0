import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../src/core/fold.js';

describe('fold', () => {
  it.each([
    ['', ''],
    ['tools/call', 'tools/call'],
    ['Tools/Call', 'tools/call'],
    ['paramſ', 'params'],
    ['tas\u212a', 'task'],
    ['ＮＡＭＥ', 'name'],
    ['ﬁle', 'file'],
    ['na\0me', 'name'],
    [' na\tme\n', 'name'],
    ['na\u200bme\ufeff', 'name'],
    ['n\u202eame', 'name'],
    ['na\u00adme', 'name'],
    ['na\u3164me', 'name'],
    ['nam\ufe0fe', 'name'],
    ['na\u00a0me', 'name'],
    ['na\u0085me', 'name'],
    ['lİst', 'list'],
    ['lıst', 'list'],
    ['STRASSE', 'strasse'],
    ['straße', 'strasse'],
    ['Σίσυφος', 'σίσυφοσ'],
    ['e\u0301', 'é'],
    ['e\u200b\u0301', 'é'],
    ['É', 'é'],
    ['①', '1'],
    ['delete_broker', 'delete_broker'],
  ])('%j is %j', (name, folded) => {
    expect(fold(name)).toBe(folded);
  });

  it.each([
    ['а', 'a'],
    ['name', 'names'],
    ['a-b', 'a_b'],
    ['a.b', 'a/b'],
  ])('keeps %j and %j apart', (one, other) => {
    expect(fold(one)).not.toBe(fold(other));
  });

  it('looks at the start of a long name only', () => {
    expect(fold(`${'\u200b'.repeat(1_000_000)}Name`)).toBe('name');
    expect(fold('\ufdfa'.repeat(1_000_000)).length).toBe(1024);
    expect(fold(`${'x'.repeat(1024)}y`)).toBe(fold(`${'X'.repeat(1024)}z`));
  });

  it('changes nothing when done again', () => {
    const name = fc.string({ unit: 'binary', maxLength: 4 });
    fc.assert(
      fc.property(name, (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
      { numRuns: 5000, seed: 20260728 },
    );
  });

  it('makes twins of any two cases', () => {
    const name = fc.string({ unit: fc.constantFrom(...'aZkKsSſİıßK_ /éÉΣςσ'), maxLength: 8 });
    fc.assert(
      fc.property(name, (text) => {
        expect(fold(text.toUpperCase())).toBe(fold(text));
        expect(fold(text.toLowerCase())).toBe(fold(text));
      }),
      { numRuns: 5000, seed: 20260728 },
    );
  });
});
