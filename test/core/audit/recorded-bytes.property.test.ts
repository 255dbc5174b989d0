import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ByteTools } from '../../../src/core/audit/condense-bytes.js';
import { recordedArguments, recordedBytes } from '../../../src/core/audit/recorded-arguments.js';
import { endOfPlainValue } from '../../../src/core/json/bytes/plain-value.js';
import { isFlaw, scanJson } from '../../../src/core/json/scan.js';
import { writeValue } from '../../../src/core/json/value.js';
import { runs } from '../../runs.js';
import { redactableArguments } from '../../texts/arguments.js';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
let decodedBytes = 0;
const tools: ByteTools = {
  decode: (bytes) => {
    decodedBytes += bytes.length;
    return Buffer.from(bytes).toString('utf8');
  },
  encode: (text) => Buffer.from(text),
  digest: () => {
    const hash = createHash('sha256');
    return { update: (part) => void hash.update(part), hex: () => hash.digest('hex') };
  },
};

function expectTheSame(text: string): void {
  expect(isFlaw(scanJson(text)), text.slice(0, 200)).toBe(false);
  // Within a larger memory, as arguments lie in a line.
  const bytes = Buffer.from(`"\\${text}"`).subarray(2, -1);
  expect(writeValue(recordedBytes(bytes, tools, sha256))).toBe(writeValue(recordedArguments(text, sha256)));
}

/** What strings are made of, as it is written: words, secrets, all kinds of escapes, characters of one to four bytes. */
const piece = fc.constantFrom(
  'word ',
  'x',
  '\\n',
  '\\"',
  '\\\\',
  '\\/',
  '\\u00e9',
  '\\u0041',
  '\\u0000',
  '\\uFFFD',
  '\\u20aC',
  '\\b\\f\\r\\t',
  'é',
  '日本',
  '😀',
  '\\ud83d\\ude00',
  '-----END X-----',
  ...['pass', 'AK'].map((start) =>
    start === 'AK' ? `${start}IAIOSFODNN7EXAMPLE ` : `${start}word=hunter22 `,
  ),
);
/** Some pieces over and over: long texts of one shape, also of nothing but backslashes. */
const string = fc
  .tuple(
    fc.array(piece, { minLength: 1, maxLength: 6 }),
    fc.nat({ max: 900 }),
    fc.array(piece, { maxLength: 30 }),
  )
  .map(
    ([often, times, once]) => `"${once.join('')}${often.join('').repeat(times)}${once.reverse().join('')}"`,
  );
const value = fc.oneof(
  { weight: 5, arbitrary: string },
  { weight: 1, arbitrary: fc.constantFrom('1', '-2.50', 'null', 'true', '""', '[]', '{}') },
);

describe('what is written down of bytes', () => {
  it('is what is written down of their text', () => {
    const members = fc.array(value, { maxLength: 5 });
    fc.assert(
      fc.property(members, string, (values, key) => {
        const written = values.map((each, index) => `"k${index}": ${each}`);
        expectTheSame(`{${[...written, `${key} :[${values.join(', ')}]`].join(',')}}`);
      }),
      runs(300),
    );
  });

  it('is that of texts with and without secrets, wherever they are cut', () => {
    const text = fc
      .tuple(fc.array(redactableArguments(), { maxLength: 6 }), fc.nat({ max: 400 }), fc.nat({ max: 1_500 }))
      .map(([texts, before, after]) => {
        const [padding, end] = [
          `${'a word '.repeat(before)}${'x'.repeat(before % 7)}`,
          'more '.repeat(after),
        ];
        return (
          texts.join(' ').repeat(1 + (before % 3)) + padding + texts.reverse().join('\n') + end + texts.join()
        );
      });
    fc.assert(
      fc.property(text, (written) => {
        const json = JSON.stringify({ n: 1, text: written });
        const bytes = Buffer.from(json);
        if (endOfPlainValue(bytes, 0, bytes.length) !== bytes.length) return;
        expectTheSame(json);
      }),
      runs(1_000),
    );
  });

  it.each([996, 998, 999, 1_000, 1_001, 1_002, 1_010, 3_046, 3_047, 3_048, 3_049, 3_050])(
    'is that of a text of %i characters, however many bytes they are',
    (length) => {
      for (const unit of ['a', 'é', '日', '\\n', '\\u00e9', '😀']) {
        const characters = unit === '😀' ? length / 2 : length;
        expectTheSame(`{"a":"${unit.repeat(characters)}"}`);
      }
    },
  );

  it.each([65_023, 65_024, 65_025, 200_000, 1_048_576, 3_200_000])('is that of %i bytes', (length) => {
    for (const unit of ['a', 'word \\"word\\"\\n', 'é', '日本', '\\\\'])
      expectTheSame(`{"a":"${unit.repeat(length / Buffer.byteLength(unit))}","b":"x"}`);
  });

  it('is that of more than is read', () => {
    expectTheSame(`{"list":[${Array(600_000).fill('"é"').join(',')}]}`);
    expectTheSame(`{"list":[${Array(600_000).fill('"ab"').join(',')}],"text":"${'x'.repeat(5_000)}"}`);
  });

  it('decodes next to nothing of a long string, and reads it once for all attempts', () => {
    decodedBytes = 0;
    const many = Array.from({ length: 200 }, (_, index) => `"k${index}":"${'word \\n'.repeat(2_000)}"`);
    expectTheSame(`{${many.join(',')}}`);
    expect(decodedBytes).toBeLessThan(200 * 4 * 10_000);
    decodedBytes = 0;
    expectTheSame(`{"a":"${'word \\n'.repeat(200_000)}"}`);
    expect(decodedBytes).toBeLessThan(10_000);
  });
});
