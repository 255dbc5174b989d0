import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, normalForm } from '../../../src/core/text/fold.js';
import { splitIntoWords } from '../../../src/core/text/split-words.js';
import { withoutAccents } from '../../../src/core/tools/classify/vocabulary/foreign.js';
import { cpuTime } from '../../cpu-time.js';
import { runs } from '../../runs.js';

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
    ['lİ\u0307st', 'list'],
    ['lİ\u0327st', 'li\u0327st'],
    ['li\u0327\u0307st', 'li\u0327st'],
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

  it('tells names apart by the first 30 marks in a row', () => {
    const marks = '\u0323\u0301'.repeat(15);
    expect(fold(`u${marks}`)).not.toBe(fold(`u${marks.slice(2)}`));
    expect(fold(`u${marks}\u0301`)).toBe(fold(`u${marks}\u0323x`.slice(0, -1)));
    expect(fold(fold(`u${marks}\u0344\u0344`))).toBe(fold(`u${marks}\u0344\u0344`));
  });

  it('changes nothing when done again', () => {
    const name = fc.string({ unit: 'binary', maxLength: 4 });
    fc.assert(
      fc.property(name, (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
      runs(5000),
    );
  });

  it('makes lookalikes of all spellings of any character', () => {
    const different: string[] = [];
    for (let code = 0; code < 0x1_e000; code++) {
      if (code >= 0xd800 && code < 0xe000) continue;
      const one = String.fromCodePoint(code);
      const folded = fold(one);
      const others = [
        folded,
        one.toUpperCase(),
        one.toLowerCase(),
        one.normalize('NFD'),
        one.normalize('NFKC'),
      ];
      if (others.some((other) => other !== one && fold(other) !== folded)) different.push(code.toString(16));
    }
    expect(different).toEqual([]);
  });

  it('makes lookalikes of any two cases', () => {
    const name = fc.string({ unit: fc.constantFrom(...'aZkKsSſİıßK_ /éÉΣςσ'), maxLength: 8 });
    fc.assert(
      fc.property(name, (text) => {
        expect(fold(text.toUpperCase())).toBe(fold(text));
        expect(fold(text.toLowerCase())).toBe(fold(text));
      }),
      runs(5000),
    );
  });
});

describe('a text with many marks in a row, which are put in their order', () => {
  const marked = (pair: string, pairs: number) => `u${pair.repeat(pairs)}`;
  const pairs = ['\u0323\u0301', '\uff9e\u0301', '\u0344\u0323', '\u{1d165}\u0301'];

  it.each(pairs)('takes no more than others of its length: %j', (pair) => {
    const readers = [
      (text: string) => normalForm(text, 'NFC'),
      (text: string) => normalForm(text, 'NFD'),
      (text: string) => normalForm(text, 'NFKC'),
      (text: string) => fold(text, { longest: 1_000_000 }),
      splitIntoWords,
      withoutAccents,
    ];
    for (const read of readers) expect(cpuTime(() => read(marked(pair, 200_000)))).toBeLessThan(2_000);
  });

  it('is in its normal form where they are no more than any writing has', () => {
    const text = fc.string({ unit: 'binary', maxLength: 20 });
    fc.assert(
      fc.property(text, fc.constantFrom('NFC', 'NFD', 'NFKC'), (written, form) => {
        expect(normalForm(written, form)).toBe(written.normalize(form));
      }),
      runs(500),
    );
    for (const pair of pairs)
      expect(normalForm(marked(pair, 15), 'NFKC')).toBe(marked(pair, 15).normalize('NFKC'));
  });
});
