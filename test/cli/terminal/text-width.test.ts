import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shortened, widthOf, wrapped } from '../../../src/cli/terminal/text-width.js';
import { visible } from '../../../src/core/text/visible.js';
import { runs } from '../../runs.js';

const FAMILY = '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466}';
const GERMANY = '\u{1f1e9}\u{1f1ea}';
const SCOTLAND = '\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}';
const WAVE = '\u{1f44b}\u{1f3fd}';
const HEART = '\u2764\ufe0f';
const MARKED = 'x\u0327\u0323';
const RARE_HAN = '\u{20bb7}';

describe('the width of a text', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['日本', 4],
    ['한국', 4],
    ['e\u0301', 1],
    ['😀', 2],
    [FAMILY, 2],
    [GERMANY, 2],
    [GERMANY + GERMANY, 4],
    [SCOTLAND, 2],
    [WAVE, 2],
    [HEART, 2],
    ['1\ufe0f\u20e3', 2],
    [MARKED, 1],
    [RARE_HAN, 2],
    ['ｱｲ', 2],
    ['ＡＢ', 4],
    ['⚠ …✓', 4],
    ['\u001b[31mred\u001b[39m', 3],
  ])('%j', (text, width) => {
    expect(widthOf(text)).toBe(width);
  });
});

describe('a text that is shortened', () => {
  it.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdef', 5, 'abcd…'],
    ['日本語', 5, '日本…'],
    ['日本語', 4, '日…'],
    ['😀😀😀', 4, '😀…'],
    [FAMILY.repeat(3), 5, `${FAMILY.repeat(2)}…`],
    [GERMANY.repeat(3), 4, `${GERMANY}…`],
    [WAVE.repeat(3), 3, `${WAVE}…`],
    [MARKED.repeat(3), 2, `${MARKED}…`],
    [RARE_HAN.repeat(3), 4, `${RARE_HAN}…`],
  ])('%j to %i', (text, width, short) => {
    expect(shortened(text, width)).toBe(short);
    expect(widthOf(short)).toBeLessThanOrEqual(width);
  });
});

describe('a text that is wrapped', () => {
  it('breaks between words, and keeps its own lines and their indentation', () => {
    expect(wrapped('one two three\n\n  four five six', 10)).toEqual([
      'one two',
      'three',
      '',
      '  four',
      '  five six',
    ]);
  });

  it('breaks words that are too long, between characters', () => {
    expect(wrapped('a aaaaaaaaaaaa b', 8)).toEqual(['a', 'aaaaaaaa', 'aaaa b']);
    expect(wrapped('日本語日本語', 8)).toEqual(['日本語日', '本語']);
  });

  it.each([
    ['families', FAMILY, 2],
    ['flags', GERMANY, 2],
    ['flags of tags', SCOTLAND, 2],
    ['skin tones', WAVE, 2],
    ['letters with marks', MARKED, 1],
    ['rare Han', RARE_HAN, 2],
  ])('takes no character apart: %s', (_, character, places) => {
    const full = character.repeat(60 / places);
    expect(wrapped(character.repeat(100), 60)).toEqual(
      places === 1 ? [full, character.repeat(40)] : [full, full, full, character.repeat(10)],
    );
    expect(wrapped(character.repeat(3), 9)).toEqual([character.repeat(3)]);
  });

  it('breaks inside a word only if it is longer than a line, and loses nothing', () => {
    const character = fc.constantFrom(
      'a',
      '-',
      '日',
      'é',
      FAMILY,
      GERMANY,
      SCOTLAND,
      WAVE,
      HEART,
      MARKED,
      RARE_HAN,
    );
    const word = fc.array(character, { minLength: 1, maxLength: 40 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 8, max: 80 }),
        (words, width) => {
          const lines = wrapped(words.join(' '), width);
          for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
          expect(lines.join('').replaceAll(' ', '')).toBe(words.join(''));
          const whole = new Set(lines.flatMap((line) => line.split(' ')));
          for (const each of words) if (widthOf(each) <= width) expect(whole).toContain(each);
        },
      ),
      runs(2_000),
    );
  });

  it('keeps a hostile text visible', () => {
    const hostile = `read\u202efdp.exe ${FAMILY} \u001b[2Kgone\u001b]8;;http://x\u0007link`;
    const lines = wrapped(visible(hostile), 60);
    expect(lines.join(' ')).toContain('read\\u{202e}fdp.exe');
    expect(lines.join(' ')).toContain('\\u{1b}[2Kgone\\u{1b}]8;;http://x\\u{7}link');
    for (const line of lines) expect(line).not.toMatch(/[\p{C}]/u);
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(60);
  });

  it('loses nothing', () => {
    const text = 'Lorem ipsum  dolor sit amet, consectetur 日本語の文字 adipiscing elit.'.repeat(20);
    expect(wrapped(text, 13).join('').replace(/ /g, '')).toBe(text.replace(/ /g, ''));
    for (const line of wrapped(text, 13)) expect(widthOf(line)).toBeLessThanOrEqual(13);
  });

  it('is done soon, however long', () => {
    expect(wrapped('x'.repeat(200_000), 80).length).toBe(2_500);
    expect(wrapped('x '.repeat(200_000), 80).length).toBe(5_000);
    expect(wrapped(`x${'\u0301'.repeat(200_000)}`, 80).length).toBe(1);
    expect(wrapped('\u200d'.repeat(200_000), 80).length).toBe(2_500);
  });
});
