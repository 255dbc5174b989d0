import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readableJson, safeJson } from '../../../src/cli/terminal/json-text.js';
import { cpuTime } from '../../cpu-time.js';
import { runs } from '../../runs.js';

const HIDDEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const json = fc.json({ stringUnit: 'binary' });
const plain = fc.json({ stringUnit: 'grapheme-ascii' });

describe('JSON for people', () => {
  it('has a line for each member and element', () => {
    expect(readableJson('{"a":[1, {"b" :null},[ ],{ }],"c":"x,y:{}\\"\\\\"}')).toBe(
      [
        ...['{', '  "a": [', '    1,', '    {', '      "b": null', '    },', '    [],', '    {}', '  ],'],
        ...['  "c": "x,y:{}\\"\\\\"', '}'],
      ].join('\n'),
    );
  });

  it('keeps numbers as they were written', () => {
    expect(readableJson('[12345678901234567890,1.0e+2,-0]')).toBe(
      '[\n  12345678901234567890,\n  1.0e+2,\n  -0\n]',
    );
  });

  it('is the same value', () => {
    fc.assert(
      fc.property(plain, (text) => void expect(JSON.parse(readableJson(text))).toEqual(JSON.parse(text))),
      runs(100),
    );
  });

  it('hides nothing, whatever it is', () => {
    const texts = fc.oneof(
      json,
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'{}[]",:\\ \u001b\u202e\n') }),
    );
    fc.assert(
      fc.property(texts, (text) => void expect(readableJson(text).replaceAll('\n', '')).not.toMatch(HIDDEN)),
      runs(500),
    );
  });

  it('is made of large and deep texts in no time to speak of', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    const texts = [
      deep,
      `"${'\\\\'.repeat(2_000_000)}"`,
      `"${'\\"'.repeat(1_000_000)}"`,
      '"'.repeat(1_000_000),
      ' '.repeat(1_000_000),
    ];
    expect(cpuTime(() => texts.map((text) => readableJson(text)))).toBeLessThan(15_000);
    expect(readableJson(deep).length).toBeLessThan(deep.length * 50);
  });
});

describe('JSON for programs', () => {
  it('is the same value, and a terminal obeys nothing of it', () => {
    fc.assert(
      fc.property(json, (text) => {
        const value: unknown = JSON.parse(text);
        const safe = safeJson(value, 2);
        expect(JSON.parse(safe)).toEqual(value);
        expect(safe.replaceAll('\n', '')).not.toMatch(HIDDEN);
      }),
      runs(100),
    );
  });
});
