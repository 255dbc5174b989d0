import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { snippetOf } from '../../../src/cli/terminal/snippet.js';
import { widthOf } from '../../../src/cli/terminal/text-width.js';
import { visible } from '../../../src/core/text/visible.js';
import { runs } from '../../runs.js';

/** The two lines that are shown of a text, of which a word is wrong. */
function shown(text: string, word: string, columns = 80): string[] | undefined {
  const before = text.slice(0, text.indexOf(word));
  const line = before.split('\n').length;
  const column = before.length - before.lastIndexOf('\n');
  const place = { source: 'p', pointer: '', line, column, length: word.length };
  const snippet = snippetOf(place, new Map([['p', text]]), columns);
  return snippet && [snippet.line, `${' '.repeat(snippet.indent)}${'^'.repeat(snippet.width)}`];
}

describe('snippetOf', () => {
  it.each<[string, string, string, string[]]>([
    ['the line', 'a: 1\nb: alow\nc: 2\n', 'alow', ['b: alow', '   ^^^^']],
    ['the last line without an end', 'b: alow', 'alow', ['b: alow', '   ^^^^']],
    ['a line that ends in CR LF', 'a: 1\r\nb: alow\r\n', 'alow', ['b: alow', '   ^^^^']],
    ['tabs as spaces', '\tb:\talow', 'alow', ['    b:    alow', '          ^^^^']],
    ['wide characters', '日本: alow', 'alow', ['日本: alow', '      ^^^^']],
    ['wide characters that are wrong', 'b: 日本 x', '日本', ['b: 日本 x', '   ^^^^']],
    ['characters of two code units', '😀: alow', 'alow', ['😀: alow', '    ^^^^']],
    ['marks on letters', 'e\u0301: alow', 'alow', ['e\u0301: alow', '   ^^^^']],
    ['what would move the cursor', '\u001b[2J: alow', 'alow', ['\\u{1b}[2J: alow', '           ^^^^']],
    ['what would reorder the line', '\u202eb: alow', 'alow', ['\\u{202e}b: alow', '           ^^^^']],
    ['what cannot be seen', 'b: al\u200bow', 'al\u200bow', ['b: al\\u{200b}ow', '   ^^^^^^^^^^^^']],
  ])('shows %s', (_, text, word, lines) => {
    expect(shown(text, word)).toEqual(lines);
  });

  it('cuts a long line around what is wrong', () => {
    const text = `${'a'.repeat(200)} alow ${'b'.repeat(200)}`;
    expect(shown(text, 'alow', 35)).toEqual(['…aaaaaaaa alow bbbbbbbbbbbbbb…', '          ^^^^']);
    expect(shown(`alow ${text}`, 'alow', 35)).toEqual(['alow aaaaaaaaaaaaaaaaaaaaaaaa…', '^^^^']);
    expect(shown(`${'a'.repeat(200)} alow`, 'alow', 35)).toEqual([
      `…${'a'.repeat(24)} alow`,
      `${' '.repeat(26)}^^^^`,
    ]);
  });

  it('shows the beginning of a long part', () => {
    expect(shown(`b: "${'x'.repeat(900_000)}"`, `"${'x'.repeat(900_000)}"`, 25)).toEqual([
      'b: "xxxxxxxxxxxxxxx…',
      `   ${'^'.repeat(16)}`,
    ]);
  });

  it('shows nothing of a file that may not be shown, or that is wrong as a whole', () => {
    const place = { source: 'p', pointer: '', line: 1, column: 1, length: 1 };
    expect(snippetOf(place, new Map(), 80)).toBeUndefined();
    expect(snippetOf(undefined, new Map([['p', 'x']]), 80)).toBeUndefined();
    expect(snippetOf({ ...place, length: undefined }, new Map([['p', 'x']]), 80)).toBeUndefined();
  });

  it('fits, and marks what is wrong, whatever the line says', () => {
    const character = fc.constantFrom(...'abc :"\t日é😀', '\u202e', '\u0000', '\u0301', '\ud800');
    const line = fc.string({ unit: character, minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(line, fc.nat(), fc.nat(), fc.integer({ min: 30, max: 100 }), (text, from, to, columns) => {
        // Places are between characters, as the reader of YAML gives them.
        const characters = Array.from(text);
        const [start, end] = [from % characters.length, (to % characters.length) + 1];
        const before = characters.slice(0, Math.min(start, end - 1)).join('');
        const word = characters.slice(Math.min(start, end - 1), end).join('');
        const place = { source: 'p', pointer: '', line: 1, column: before.length + 1, length: word.length };
        const snippet = snippetOf(place, new Map([['p', text]]), columns);
        if (snippet === undefined) throw new Error('nothing is shown');
        expect(widthOf(snippet.line)).toBeLessThanOrEqual(columns - 5);
        expect(snippet.indent + snippet.width).toBeLessThanOrEqual(columns - 4);
        const marked = partAt(snippet.line, snippet.indent);
        const expected = Array.from(word, (each) => (each === '\t' ? '    ' : visible(each))).join('');
        // A mark belongs to the letter before it.
        if (/^\p{M}/u.test(word)) return;
        const length = Math.min(marked.length, expected.length, 1);
        expect(marked.replace(/…$/, '').slice(0, length)).toBe(
          expected.slice(0, marked === '…' ? 0 : length),
        );
      }),
      runs(100),
    );
  });
});

/** The rest of a line from a column on. */
function partAt(line: string, column: number): string {
  let at = 0;
  let used = 0;
  for (const character of line) {
    if (used >= column && widthOf(character) > 0) break;
    used += widthOf(character);
    at += character.length;
  }
  return line.slice(at);
}
