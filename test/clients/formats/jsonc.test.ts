import fc from 'fast-check';
import { type ParseError, parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../../src/clients/formats/config-text.js';
import { jsonc } from '../../../src/clients/formats/jsonc.js';
import { runs } from '../../runs.js';
import { plain } from '../plain.js';

/** The reader of VS Code. Undefined where it finds something wrong. */
function reference(text: string): { value: unknown } | undefined {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  return errors.length > 0 ? undefined : { value: value ?? {} };
}

describe('the JSON reader', () => {
  it('reads any JSON, however it is spaced', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()),
        fc.constantFrom(0, 2, '\t'),
        (value, indent) => {
          expect(plain(jsonc.read(JSON.stringify(value, null, indent)))).toEqual(
            JSON.parse(JSON.stringify(value)),
          );
        },
      ),
      runs(100),
    );
  });

  it('reads and refuses what the reader of VS Code does', () => {
    const pieces = [
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"b',
      '"',
      ' ',
      '\n',
      '\r\n',
      '\t',
      '1',
      '-',
      '0',
      '.5',
      'e3',
      'true',
      'null',
      '// c',
      '/*',
      '*/',
      '\\',
      '\\u00e9',
      '"a": ',
      '{}',
      '[1,]',
    ];
    let read = 0;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), (list) => {
        const text = `{${list.join('')}}`;
        const wanted = reference(text);
        if (wanted === undefined) expect(() => jsonc.read(text)).toThrow(ConfigError);
        else {
          read++;
          expect(plain(jsonc.read(text))).toEqual(wanted.value);
        }
      }),
      runs(20_000),
    );
    expect(read).toBeGreaterThan(100);
  });

  it.each([
    ['', {}],
    [' // nothing\n', {}],
    ['{/* a */"a"/**/:/***/1,}', { a: 1 }],
    ['{"\\u0061\\n": [1, 2,],}', { 'a\n': [1, 2] }],
    ['{"__proto__": 1}', JSON.parse('{"__proto__": 1}')],
  ])('reads %j', (text, wanted) => {
    expect(plain(jsonc.read(text))).toEqual(wanted);
  });

  it.each([
    ['{\n  "a": 1\n  "b": 2\n}', 'it is not JSON: a comma is missing', 3, 3],
    ['{"a" 1}', 'it is not JSON: a colon is missing', 1, 6],
    ['{"a": }', 'it is not JSON: a value is missing', 1, 7],
    ['{"a": 1', 'it is not JSON: a comma is missing', 1, 8],
    ['{} {}', 'it is not JSON: there is something behind its end', 1, 4],
    ['{"a": "\\q"}', 'it is not JSON: a text is not written as it must be', 1, 7],
    ['[]', 'it holds no object', 1, 1],
  ])('says of %j what is wrong, and where', (text, message, line, column) => {
    expect(() => jsonc.read(text)).toThrow(expect.objectContaining({ message, line, column }));
  });

  it('refuses what is nested too deeply', () => {
    expect(() => jsonc.read(`{"a":${'['.repeat(1_000_000)}`)).toThrow(ConfigError);
  });

  it('reads megabytes', () => {
    const value = {
      a: Array.from({ length: 50_000 }, (_, index) => ({ [`key ${index}`]: '"\\\n'.repeat(20) })),
    };
    expect(plain(jsonc.read(JSON.stringify(value)))).toEqual(value);
  });
});
