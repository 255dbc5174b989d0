import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../../src/clients/formats/config-text.js';
import { jsonc } from '../../../src/clients/formats/jsonc.js';
import { readJsoncReference } from '../../reference/jsonc.js';
import { runs } from '../../runs.js';
import { plain } from '../plain.js';

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

  it('reads and refuses what the reference does, and finds everything at the same place', () => {
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
      '\r',
      '/',
      '"\\ud800"',
      '"\u0001"',
      '-0',
      '1e999',
      '"__proto__": ',
      '\u00a0',
      '\ufeff',
    ];
    let read = 0;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), (list) => {
        const text = `{${list.join('')}}`;
        const wanted = readJsoncReference(text);
        if (wanted === undefined) expect(() => jsonc.read(text)).toThrow(ConfigError);
        else {
          read++;
          expect(jsonc.read(text)).toEqual(wanted);
        }
      }),
      runs(20_000),
    );
    expect(read).toBeGreaterThan(100);
  });

  it('finds everything where the reference does, however deep, spaced and commented', () => {
    const gap = fc.constantFrom('', ' ', '\n', '\r\n\t', '\r', '// "x": {\n', '/* , ] */');
    const { value } = fc.letrec<{ value: string }>((tie) => {
      const string = fc.string({ unit: 'binary', maxLength: 5 }).map((text) => JSON.stringify(text));
      const spaced = (text: fc.Arbitrary<string>) => fc.tuple(gap, text, gap).map((parts) => parts.join(''));
      const listed = (parts: readonly string[], comma: string) =>
        parts.length === 0 ? '' : parts.join(',') + comma;
      const comma = fc.constantFrom('', ',', ', // end\n');
      const member = fc.tuple(spaced(string), spaced(tie('value'))).map((parts) => parts.join(':'));
      return {
        value: fc.oneof(
          { maxDepth: 4 },
          fc.oneof(string, fc.constantFrom('true', 'false', 'null', '-1.5e-3', '0')),
          fc
            .tuple(fc.array(spaced(tie('value')), { maxLength: 4 }), comma, gap)
            .map(([parts, end, space]) => `[${space}${listed(parts, end)}]`),
          fc
            .tuple(fc.array(member, { maxLength: 4 }), comma, gap)
            .map(([parts, end, space]) => `{${space}${listed(parts, end)}}`),
        ),
      };
    });
    fc.assert(
      fc.property(value, gap, (inner, space) => {
        const text = `${space}{"a"${space}:${inner}}${space}`;
        const wanted = readJsoncReference(text);
        expect(wanted).toBeDefined();
        expect(jsonc.read(text)).toEqual(wanted);
      }),
      runs(2_000),
    );
  });

  it.each([
    ['', {}],
    [' // nothing\n', {}],
    ['{/* a */"a"/**/:/***/1,}', { a: 1 }],
    ['{"\\u0061\\n": [1, 2,],}', { 'a\n': [1, 2] }],
    ['{"__proto__": 1}', JSON.parse('{"__proto__": 1}')],
    [
      '{"constructor": {"prototype": {"__proto__": []}}}',
      { constructor: { prototype: JSON.parse('{"__proto__": []}') } },
    ],
    ['{ // one line ends here\r"a": 1 }', { a: 1 }],
  ])('reads %j', (text, wanted) => {
    expect(plain(jsonc.read(text))).toEqual(wanted);
  });

  it.each([
    ['{\n  "a": 1\n  "b": 2\n}', 'it is not JSON: a comma is missing', 3, 3],
    ['{"a" 1}', 'it is not JSON: a colon is missing', 1, 6],
    ['{"a": }', 'it is not JSON: a value is missing', 1, 7],
    ['{"a": 1', "it is not JSON: '}' is missing", 1, 8],
    ['{"a": [1', "it is not JSON: ']' is missing", 1, 9],
    ['{} {}', 'it is not JSON: there is something after its end', 1, 4],
    ['{a: 1}', 'it is not JSON: these characters are neither a value nor a name in quotes', 1, 2],
    ['{1: 1}', 'it is not JSON: a name is missing', 1, 2],
    ['{"a": "\\q"}', 'it is not JSON: a string has an invalid escape', 1, 7],
    ['{"a": "\\u12"}', 'it is not JSON: a string has an invalid escape', 1, 7],
    ['{"a": "b\n"}', 'it is not JSON: a closing quote is missing', 1, 7],
    ['{"a": "\t"}', 'it is not JSON: a string has a control character that is not escaped', 1, 7],
    ['{"a": 1.}', 'it is not JSON: a number is incomplete', 1, 7],
    ['{"a": 1}\n/* b', "it is not JSON: '*/' is missing", 2, 1],
    ['[]', 'it holds no object', 1, 1],
  ])('says of %j what is wrong, and where', (text, message, line, column) => {
    expect(() => jsonc.read(text)).toThrow(expect.objectContaining({ message, line, column }));
  });

  it.each(['[', '{"a":'])('refuses what is nested too deeply: %s', (open) => {
    const tooDeep = expect.objectContaining({ message: 'it is nested too deeply', line: 2 });
    expect(() => jsonc.read(`{"a":\n${open.repeat(1_000_000)}`)).toThrow(tooDeep);
    const close = open === '[' ? ']' : '}';
    const nested = (levels: number) => `{"a":\n${open.repeat(levels)}1${close.repeat(levels)}}`;
    expect(jsonc.read(nested(999)).members).toHaveLength(1);
    expect(() => jsonc.read(nested(1_000))).toThrow(tooDeep);
  });

  it('keeps a name that is given twice, and both places', () => {
    const [first, second, ...more] = jsonc.read('{"a":1, "a":[]}').members;
    expect(first).toMatchObject({ key: 'a', keys: [{ start: 1, end: 4 }], value: { value: 1 } });
    expect(second).toMatchObject({ key: 'a', keys: [{ start: 8, end: 11 }], value: { kind: 'list' } });
    expect(more).toEqual([]);
  });

  it('reads megabytes', () => {
    const value = {
      a: Array.from({ length: 50_000 }, (_, index) => ({ [`key ${index}`]: '"\\\n'.repeat(20) })),
    };
    expect(plain(jsonc.read(JSON.stringify(value)))).toEqual(value);
  });
});
