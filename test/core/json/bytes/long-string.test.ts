import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compiledCode, TEXTS } from '../../../../scripts/long-string.mjs';
import { endOfLongString } from '../../../../src/core/json/bytes/long-string.js';
import { endOfStringByLoop } from '../../../../src/core/json/bytes/plain-string.js';
import { runs } from '../../../runs.js';

const never = () => expect.unreachable('there is WebAssembly here');

it.each(TEXTS)('%s is compiled from the text beside it', async (name) => {
  const file = new URL(`../../../../src/core/${name}-code.ts`, import.meta.url);
  expect(readFileSync(file, 'utf8')).toBe(await compiledCode(name));
});

const piece = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('plain text ', '\\n', '\\"', '\\\\', '\\u00e9', '\\u0D7f', 'é', '日'),
  },
  { weight: 1, arbitrary: fc.constantFrom('"', '\\', '\\u', '\\uD800', '\\u12', '\t', '\\x', '\u007f') },
);
const text = fc.array(piece, { maxLength: 60, size: 'max' }).map((pieces) => pieces.join(''));

it('ends where a loop over the bytes ends, wherever a window is cut', () => {
  fc.assert(
    fc.property(text, fc.constantFrom(0, 65_500, 65_530, 131_050), (tail, lead) => {
      const bytes = Buffer.from(`${'.'.repeat(lead)}${tail}"`);
      expect(endOfLongString(bytes, 0, bytes.length, never)).toBe(endOfStringByLoop(bytes, 0, bytes.length));
    }),
    runs(400),
  );
});
