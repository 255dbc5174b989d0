import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeLine } from '../../../src/proxy/streams/decode.js';
import { attackLines } from '../attacks.js';
import type { Target } from '../target.js';
import { JSON_WORDS } from '../words.js';

const LONG = Buffer.from(' é'.repeat(700));

/** A text is what the bytes say in UTF-8 and says the bytes again; all else is refused, also in long lines. */
function run(input: Uint8Array): void {
  for (const content of [input, Buffer.concat([input, LONG]), Buffer.concat([LONG, input])]) {
    // Within a larger memory, as lines lie in chunks.
    const memory = Buffer.concat([Buffer.from('\r"'), content, Buffer.from('\r"')]);
    const text = decodeLine(memory.subarray(2, -2));
    const expected = decodePlainly(content);
    assert.deepEqual(typeof text === 'string' ? text : undefined, expected);
    if (typeof text === 'string') assert.deepEqual(Buffer.from(text, 'utf8'), Buffer.from(content));
  }
}

function decodePlainly(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.startsWith('\ufeff') || text.includes('\r') ? undefined : text;
  } catch {
    return undefined;
  }
}

export const decode: Target = {
  run,
  seeds: attackLines,
  generated: fc
    .array(
      fc.oneof(
        fc.uint8Array({ maxLength: 4 }),
        fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
      ),
    )
    .map((parts) => Uint8Array.from(Buffer.concat(parts))),
  words: [...JSON_WORDS, '\u0800', '\u{10000}', '\u{10ffff}', '\ud7ff', '\ue000', '\u07ff', '\u0080'],
  longest: 256,
};
