import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indentJson } from '../../../src/core/json/indent.js';
import { runs } from '../../runs.js';

/** Without blanks between tokens: what the first pattern takes whole is a string, cut off or not. */
function withoutBlanks(text: string): string {
  return text.replace(/("(?:[^"\\]|\\[\s\S])*(?:"|\\?$))|[ \t\n\r]+/g, '$1');
}

function textOf(json: string): string {
  return [...indentJson(json)].map(({ text }) => text).join('');
}

describe('JSON that is laid out', () => {
  it('says what each piece is', () => {
    expect([...indentJson('{"a" :[-1.0e+2,null],"b":"c","d":{ }}')]).toEqual([
      { kind: 'layout', text: '{\n  ' },
      { kind: 'key', text: '"a"' },
      { kind: 'layout', text: ': ' },
      { kind: 'layout', text: '[\n    ' },
      { kind: 'number', text: '-1.0e+2' },
      { kind: 'layout', text: ',\n    ' },
      { kind: 'word', text: 'null' },
      { kind: 'layout', text: '\n  ]' },
      { kind: 'layout', text: ',\n  ' },
      { kind: 'key', text: '"b"' },
      { kind: 'layout', text: ': ' },
      { kind: 'string', text: '"c"' },
      { kind: 'layout', text: ',\n  ' },
      { kind: 'key', text: '"d"' },
      { kind: 'layout', text: ': ' },
      { kind: 'layout', text: '{}' },
      { kind: 'layout', text: '\n}' },
    ]);
  });

  it('is what JSON.stringify makes of the same value', () => {
    const shallow = fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' });
    fc.assert(
      fc.property(shallow, (value) => {
        expect(textOf(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
      }),
      runs(200),
    );
  });

  it('loses nothing but blanks of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",:\\ \u001b\u202e\na1-') }), (text) => {
        expect(withoutBlanks(textOf(text))).toBe(withoutBlanks(text));
      }),
      runs(2_000),
    );
  });

  it('is not indented without end', () => {
    const deep = '['.repeat(10_000) + ']'.repeat(10_000);
    expect(
      Math.max(
        ...textOf(deep)
          .split('\n')
          .map(({ length }) => length),
      ),
    ).toBeLessThanOrEqual(42);
  });
});
