import { describe, expect, it } from 'vitest';
import { visible } from '../../../src/core/text/visible.js';

describe('visible text', () => {
  it.each([
    ['an escape sequence', 'a\u001b[31mb', 'a\\u{1b}[31mb'],
    ['one of C1', '\u009b2J', '\\u{9b}2J'],
    ['a line end', 'a\r\nb', 'a\\u{d}\\u{a}b'],
    ['text in the other direction', '\u202etxt.exe\u202c', '\\u{202e}txt.exe\\u{202c}'],
    ['what has no width', 'a\u200b\u00ad\ufeffb', 'a\\u{200b}\\u{ad}\\u{feff}b'],
    ['tags', '\u{e0041}', '\\u{e0041}'],
    ['selectors of variants', 'a\ufe0f\u{e0100}', 'a\\u{fe0f}\\u{e0100}'],
    ['fillers', '\u3164\u115f\u2800', '\\u{3164}\\u{115f}\\u{2800}'],
    ['blanks that are no space', 'a\u00a0b\u3000c', 'a\\u{a0}b\\u{3000}c'],
    ['half a character', '\ud800', '\\u{d800}'],
  ])('shows %s', (_what, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it('leaves what can be seen as it is', () => {
    const text = 'plain text, ünïcödé, 日本語, عربى, 😀';
    expect(visible(text)).toBe(text);
  });
});
