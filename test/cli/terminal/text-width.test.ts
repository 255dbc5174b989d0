import { describe, expect, it } from 'vitest';
import { shortened, widthOf, wrapped } from '../../../src/cli/terminal/text-width.js';

describe('the width of a text', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['日本', 4],
    ['한국', 4],
    ['e\u0301', 1],
    ['😀', 2],
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

  it('loses nothing', () => {
    const text = 'Lorem ipsum  dolor sit amet, consectetur 日本語の文字 adipiscing elit.'.repeat(20);
    expect(wrapped(text, 13).join('').replace(/ /g, '')).toBe(text.replace(/ /g, ''));
    for (const line of wrapped(text, 13)) expect(widthOf(line)).toBeLessThanOrEqual(13);
  });

  it('is done soon, however long', () => {
    expect(wrapped('x'.repeat(200_000), 80).length).toBe(2_500);
    expect(wrapped('x '.repeat(200_000), 80).length).toBe(5_000);
  });
});
