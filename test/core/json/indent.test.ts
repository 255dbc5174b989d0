import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indentJson } from '../../../src/core/json/indent.js';

const textOf = (json: string, deepest = 20) =>
  indentJson(json, deepest)
    .map(({ text }) => text)
    .join('');

describe('the layout of JSON', () => {
  it('has a line for each member and element, and knows what each piece is', () => {
    expect(indentJson('{ "a":[-1,"b" ,true],"c":{ } }', 20)).toEqual([
      { kind: 'layout', text: '{\n  ' },
      { kind: 'key', text: '"a"' },
      { kind: 'layout', text: ': ' },
      { kind: 'layout', text: '[\n    ' },
      { kind: 'number', text: '-1' },
      { kind: 'layout', text: ',\n    ' },
      { kind: 'string', text: '"b"' },
      { kind: 'layout', text: ',\n    ' },
      { kind: 'word', text: 'true' },
      { kind: 'layout', text: '\n  ]' },
      { kind: 'layout', text: ',\n  ' },
      { kind: 'key', text: '"c"' },
      { kind: 'layout', text: ': ' },
      { kind: 'layout', text: '{}' },
      { kind: 'layout', text: '\n}' },
    ]);
  });

  it('is that of JSON.stringify, where that loses nothing', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        const value: unknown = JSON.parse(json);
        expect(textOf(JSON.stringify(value), 1_000)).toBe(JSON.stringify(value, null, 2));
      }),
    );
  });

  it('keeps every character of whatever it is, but for blanks', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'{}[]",:\\ \n1a') }),
    );
    const bare = (text: string) => text.replace(/[ \t\r\n]/g, '');
    fc.assert(fc.property(texts, (text) => void expect(bare(textOf(text))).toBe(bare(text))));
  });

  it('indents no deeper than it is told to', () => {
    expect(textOf('[[[1]]]', 1)).toBe('[\n  [\n  [\n  1\n  ]\n  ]\n]');
  });
});
