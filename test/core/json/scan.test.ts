import { describe, expect, it } from 'vitest';
import type { JsonNode } from '../../../src/core/json/node.js';
import { isFlaw, scanJson, stringValue } from '../../../src/core/json/scan.js';

describe('what has one reading', () => {
  it.each([
    ['{}'],
    ['[]'],
    ['0'],
    ['-0'],
    ['-1.5e+3'],
    ['"x"'],
    ['true'],
    ['false'],
    ['null'],
    [' \t{ \t} \t'],
    ['{"a":{"a":[{"a":1},{"a":1}]}}'],
    ['"\\ud83d\\ude00 😀 \u2028 \\u0000 \\/"'],
    ['12345678901234567890'],
    ['1e999'],
  ])('%s', (text) => {
    expect(isFlaw(scanJson(text))).toBe(false);
  });
});

describe('what is no JSON', () => {
  it.each([
    ['', 'unexpected end', 0],
    [' ', 'unexpected end', 1],
    ['{', 'unexpected end', 1],
    ['{"a"', 'unexpected end', 4],
    ['{"a":', 'unexpected end', 5],
    ['{"a":1', 'unexpected end', 6],
    ['"a', 'unexpected end', 2],
    ['"a\\', 'unexpected end', 3],
    ['-', 'unexpected end', 1],
    ['1.', 'unexpected end', 2],
    ['{"a":1,}', 'unexpected character "}"', 7],
    ['{,}', 'unexpected character ","', 1],
    ['{a:1}', 'unexpected character "a"', 1],
    ['{"a" 1}', 'unexpected character "1"', 5],
    ['[1,]', 'unexpected character "]"', 3],
    ['[1 2]', 'unexpected character "2"', 3],
    ['[1]]', 'unexpected character "]"', 3],
    ['01', 'unexpected character "1"', 1],
    ['.5', 'unexpected character "."', 0],
    ['+1', 'unexpected character "+"', 0],
    ['1e', 'unexpected end', 2],
    ['1e+x', 'unexpected character "x"', 3],
    ['NaN', 'unexpected character "N"', 0],
    ['nulL', 'unexpected character "n"', 0],
    ['True', 'unexpected character "T"', 0],
    ["'a'", 'unexpected character "\'"', 0],
    ['{}//', 'unexpected character "/"', 2],
    ['{}\u00a0', 'unexpected character "\\u00a0"', 2],
    ['\ufeff{}', 'unexpected character "\\ufeff"', 0],
    ['{}\0', 'unexpected character "\\u0000"', 2],
    ['"\t"', 'control character in a string', 1],
    ['"\n"', 'control character in a string', 1],
    ['"\\x41"', 'unknown escape in a string', 1],
    ['"\\u00g0"', 'unknown escape in a string', 1],
    ['"\\u00"', 'unknown escape in a string', 1],
    ['"\\U0041"', 'unknown escape in a string', 1],
  ])('%j: %s', (text, flaw, at) => {
    expect(scanJson(text)).toEqual({ flaw, at, malformed: true });
  });
});

describe('what parsers read differently', () => {
  it.each([
    ['{"a":1,"a":1}', 'duplicate key "a"', 7],
    ['{"a":1,"\\u0061":1}', 'duplicate key "a"', 7],
    ['{"\\u0061":1,"\\u0061":1}', 'duplicate key "a"', 12],
    ['{"":1,"":1}', 'duplicate key ""', 6],
    ['{"\\"":1,"\\u0022":1}', 'duplicate key "\\""', 8],
    ['[[{"b":{"a":1,"a":2}}]]', 'duplicate key "a"', 14],
    ['{"é":1,"\\u00e9":1}', 'duplicate key "\\u00e9"', 7],
    ['{"__proto__":1,"__proto__":2}', 'duplicate key "__proto__"', 15],
    ['"\\ud800"', 'lone surrogate', 1],
    ['"\\udc00"', 'lone surrogate', 1],
    ['"\\ud800\\ud800\\udc00"', 'lone surrogate', 1],
    ['"\\ud800x\\udc00"', 'lone surrogate', 1],
    ['"\ud800"', 'lone surrogate', 1],
    ['"\udc00\ud800"', 'lone surrogate', 1],
    ['"\ud83d\\ude00"', 'lone surrogate', 1],
    ['"\\ud83d\ude00"', 'lone surrogate', 1],
    ['{"\\ud800":1}', 'lone surrogate', 2],
    ['{\r}', 'line end between values', 1],
    ['{}\r', 'line end between values', 2],
    ['{\n}', 'line end between values', 1],
  ])('%j: %s', (text, flaw, at) => {
    expect(scanJson(text)).toMatchObject({ flaw, at, malformed: false });
  });

  it.each([[13], [200], [5000]])('a key given twice among %i', (count) => {
    const members = Array.from({ length: count }, (_, index) => `"key${index}":0`);
    expect(isFlaw(scanJson(`{${members.join()}}`))).toBe(false);
    for (const twice of [0, 11, 12, count - 1]) {
      const flawed = scanJson(`[{${members.join()},"k\\u0065y${twice}":0}]`);
      expect(flawed).toMatchObject({ flaw: `duplicate key "key${twice}"` });
    }
  });

  it('names the first flaw', () => {
    expect(scanJson('{"\\ud800":{"a":1,"a":1}}')).toMatchObject({ flaw: 'lone surrogate' });
    expect(scanJson('{"b":{"a":1,"a":1},"x":"\\ud800"}')).toMatchObject({ flaw: 'duplicate key "a"' });
  });

  it.each([
    ['object', '{"a":', '}'],
    ['array', '[', ']'],
  ])('nesting deeper than 256, of type %s', (_, open, close) => {
    const nested = (depth: number) => `${open.repeat(depth)}0${close.repeat(depth)}`;
    expect(isFlaw(scanJson(nested(256)))).toBe(false);
    expect(scanJson(nested(257))).toMatchObject({ flaw: 'nested deeper than 256', malformed: false });
    expect(scanJson(nested(1_000_000))).toMatchObject({ flaw: 'nested deeper than 256' });
    expect(isFlaw(scanJson(nested(4), { maxDepth: 4 }))).toBe(false);
    expect(isFlaw(scanJson(nested(5), { maxDepth: 4 }))).toBe(true);
  });

  it('still gives the root, unless its own keys are in doubt', () => {
    expect(scanJson('{"id":1,"x":{"a":1,"a":1}}', { keep: 1 })).toHaveProperty('root.members');
    expect(scanJson('{"id":1,"id":2}', { keep: 1 })).toMatchObject({ root: undefined });
  });
});

describe('nodes', () => {
  const text = ' {"a" : [1, {"b":"\\u0062\\n"}], "c":{"d":{}}} ';
  const root = (options: object) => scanJson(text, options) as JsonNode;

  it('say where values lie', () => {
    const { kind, start, end, members } = root({ keep: 2 });
    expect({ kind, text: text.slice(start, end) }).toEqual({ kind: 'object', text: text.trim() });
    const elements = members?.get('a')?.elements?.map(({ start, end }) => text.slice(start, end));
    expect(elements).toEqual(['1', '{"b":"\\u0062\\n"}']);
  });

  it('go as deep as asked', () => {
    expect(root({}).members).toBeUndefined();
    expect(root({ keep: 1 }).members?.get('c')?.members).toBeUndefined();
    expect(root({ keep: 2 }).members?.get('c')?.members?.get('d')?.members).toBeUndefined();
    expect(root({ keep: 3 }).members?.get('c')?.members?.get('d')?.members?.size).toBe(0);
    expect(root({ keep: 3, elements: false }).members?.get('a')?.elements).toBeUndefined();
  });

  it('give the value of strings', () => {
    const string = root({ keep: 3 }).members?.get('a')?.elements?.[1]?.members?.get('b');
    expect(string && stringValue(text, string)).toBe('b\n');
  });

  it.each([['x'.repeat(5000)], ['short'], ['é'.repeat(5000)]])(
    'give the value of strings in long texts',
    (value) => {
      const long = JSON.stringify([value, 'x'.repeat(5000)]);
      const first = (scanJson(long, { keep: 1 }) as JsonNode).elements?.[0];
      expect(first && stringValue(long, first)).toBe(value);
    },
  );
});

describe('a long array', () => {
  it('is proved to its end, and described as far as is wanted', () => {
    expect(scanJson('[1,[2],3,4]', { keep: 1, mostElements: 2 })).toMatchObject({
      end: 11,
      elements: [{ kind: 'number' }, { kind: 'array' }],
    });
    expect(scanJson('[1,2,3,x]', { keep: 1, mostElements: 2 })).toHaveProperty('flaw');
  });
});
