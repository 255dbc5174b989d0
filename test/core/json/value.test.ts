import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical, type JsonValue, readValue, writeValue } from '../../../src/core/json/value.js';
import { cpuTime } from '../../cpu-time.js';
import { runs } from '../../runs.js';

describe('readValue', () => {
  it.each<[string, JsonValue]>([
    ['null', null],
    ['true', true],
    ['false', false],
    ['"\\u0061\\n"', 'a\n'],
    ['0', 0n],
    ['-0', 0n],
    ['9007199254740994', 9007199254740994n],
    ['9007199254740993', { kind: 'inexact', text: '9007199254740993' }],
    ['9223372036854775807', { kind: 'inexact', text: '9223372036854775807' }],
    ['-9223372036854775808', -9223372036854775808n],
    ['9223372036854775808', { kind: 'inexact', text: '9223372036854775808' }],
    ['-9223372036854775809', { kind: 'inexact', text: '-9223372036854775809' }],
    ['9'.repeat(400), { kind: 'inexact', text: '9'.repeat(400) }],
    ['1.0', 1],
    ['1e2', 100],
    ['-0.0', -0],
    ['0e5', 0],
    ['0.1', 0.1],
    ['5e-324', 5e-324],
    ['1e400', { kind: 'inexact', text: '1e400' }],
    ['-1e400', { kind: 'inexact', text: '-1e400' }],
    ['1e-400', { kind: 'inexact', text: '1e-400' }],
    ['0.0e-400', 0],
    ['[1,[]]', [1n, []]],
    ['{}', new Map()],
    [
      '{"b":1,"a":{"__proto__":2}}',
      new Map<string, JsonValue>([
        ['b', 1n],
        ['a', new Map([['__proto__', 2n]])],
      ]),
    ],
    [
      '{"10":1,"9":2}',
      new Map([
        ['10', 1n],
        ['9', 2n],
      ]),
    ],
  ])('%s', (text, value) => {
    expect(readValue(text)).toEqual(value);
  });

  it('keeps the order of keys', () => {
    expect([...(readValue('{"b":1,"10":1,"9":1,"a":1}') as Map<string, JsonValue>).keys()]).toEqual([
      'b',
      '10',
      '9',
      'a',
    ]);
  });

  it.each(['{"a":1,"a":2}', '{', '"\\ud800"', ''])('does not read what has no one reading: %s', (text) => {
    expect(() => readValue(text)).toThrow(SyntaxError);
  });
});

describe('writing', () => {
  const text = '{ "b":[1, 2.50, 12345678901234567890, 1e400], "a":{"é":"\\u00e9\\n", "":null}, "B":true }';

  it('canonical sorts keys by code unit', () => {
    const expected = '{"B":true,"a":{"":null,"é":"é\\n"},"b":[1,2.5,12345678901234567890,1e400]}';
    expect(canonical(readValue(text))).toBe(expected);
  });

  it('writeValue keeps their order', () => {
    const expected = '{"b":[1,2.5,12345678901234567890,1e400],"a":{"é":"é\\n","":null},"B":true}';
    expect(writeValue(readValue(text))).toBe(expected);
  });

  it('canonical does not depend on how a value was written', () => {
    const object = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ stringUnit: 'grapheme' }));
    fc.assert(
      fc.property(object, (members) => {
        const reversed = Object.fromEntries(Object.entries(members).reverse());
        const one = canonical(readValue(JSON.stringify(members)));
        expect(canonical(readValue(JSON.stringify(reversed, null, ' ').replaceAll('\n', '')))).toBe(one);
        expect(JSON.parse(one)).toEqual(JSON.parse(JSON.stringify(members)));
      }),
      runs(1000),
    );
  });
});

describe('a long number', () => {
  it.each([
    ['integer', `1${'0'.repeat(1_000_000)}1`],
    ['fraction', `99999999999999999.${'0'.repeat(1_000_000)}1`],
  ])('an %s is read at once', (_, number) => {
    const startedAt = performance.now();
    expect(canonical(readValue(number))).toHaveLength(
      number.replace('.', '').length + (number.includes('.') ? 9 : 2),
    );
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });

  it('an exponent that no reader can hold is one value, and is read at once', () => {
    const long = (sign: string, digit: string) => canonical(readValue(`1e${sign}${digit.repeat(4_000_000)}`));
    expect(cpuTime(() => long('', '9'))).toBeLessThan(5_000);
    expect(long('', '9')).toBe(long('+', '8'));
    expect(long('-', '9')).not.toBe(long('', '9'));
    expect(canonical(readValue(long('-', '9')))).toBe(long('-', '9'));
    expect(canonical(readValue(`1e${'0'.repeat(1_000_000)}2`))).toBe('100');
  });
});
