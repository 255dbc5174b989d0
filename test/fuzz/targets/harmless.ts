import assert from 'node:assert/strict';
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { recordedArguments } from '../../../src/core/audit/recorded-arguments.js';
import { endOfPlainValue } from '../../../src/core/json/bytes/plain-value.js';
import { readValue, withoutLineEnds, writeValue } from '../../../src/core/json/value.js';
import { isSurelyHarmless } from '../../../src/core/secrets/bytes/harmless-arguments.js';
import { redactableArguments, SECRET_EXAMPLES } from '../../texts/arguments.js';
import { bytesOf, type Target } from '../target.js';
import { JSON_WORDS } from '../words.js';

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

/** What is said to hold no secret, the log has whole, and as one line. */
function isWholeInLog(json: Uint8Array): void {
  // Within a larger memory, as arguments lie in a line.
  const memory = Buffer.concat([Buffer.from('{"'), json, Buffer.from('"}')]);
  const end = memory.length - 2;
  if (!isUtf8(json) || endOfPlainValue(memory, 2, end) !== end || !isSurelyHarmless(memory, 2, end)) return;
  const text = memory.toString('utf8', 2, end);
  assert.equal(writeValue(recordedArguments(text, digest)), writeValue(readValue(text)));
  assert.equal(withoutLineEnds(text), text);
}

/** The input as arguments, as a text in them, and its lines as members and as a list. */
function run(input: Uint8Array): void {
  isWholeInLog(input);
  const text = Buffer.from(input).toString('utf8');
  const lines = text.split('\n');
  const members = lines.map((line, index) => [line, lines[index + 1] ?? index]);
  for (const value of [{ text }, Object.fromEntries(members), { list: lines, text: [text, text] }])
    isWholeInLog(Buffer.from(JSON.stringify(value)));
}

export const harmless: Target = {
  run,
  seeds: () => SECRET_EXAMPLES.map(bytesOf),
  generated: redactableArguments().map(bytesOf),
  words: [
    ...JSON_WORDS,
    'password',
    '":"',
    '=',
    ': ',
    '-p ',
    'Basic ',
    '://',
    '@',
    '<key>',
    '\\"',
    'name',
    'value',
  ],
  longest: 512,
};
