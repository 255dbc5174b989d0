import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { JsonValue } from '../../../src/core/json/value.js';
import { misspelled, similarKeys } from '../../../src/core/policy/conditions/evaluation/similar-keys.js';
import { fold } from '../../../src/core/text/fold.js';
import { bytesOf, type Target } from '../target.js';

const LONGEST = 1_024;

/** Spellings that some server takes for one another fold to the same, folding is done once and for all, and is short. */
function run(input: Uint8Array): void {
  const text = Buffer.from(input).toString('utf8');
  const folded = fold(text);
  assert.ok(folded.length <= LONGEST);
  assert.equal(fold(folded), folded);
  // A long name is compared by its beginning, and a spelling of another length has another one. An iota below a
  // Greek vowel comes before an accent in capitals and after it in small letters: the two are not one name.
  if (text.length < 40 && !text.normalize('NFD').includes('\u0345'))
    for (const lookalike of spellings(text)) assert.equal(fold(lookalike), folded, JSON.stringify(lookalike));
  const [one = '', other = '', third = ''] = text.split(',');
  keysAgree([one, other, third]);
}

function spellings(text: string): string[] {
  return [
    text.toUpperCase(),
    text.toLowerCase(),
    ...(['NFC', 'NFD', 'NFKC', 'NFKD'] as const).map((form) => text.normalize(form)),
    `\u200b${text}\0`,
    text
      .split('')
      .join('\u00ad')
      .replace(/([\ud800-\udbff])\u00ad/g, '$1'),
    [...text].map((one) => (one.toLowerCase() === one ? one.toUpperCase() : one.toLowerCase())).join(''),
  ];
}

/** Lookalikes are found wherever they are: at the top, in a list, below another key. */
function keysAgree([one, other, third]: readonly [string, string, string]): void {
  const keys = [...new Set([one, other, third])];
  const members = new Map<string, JsonValue>(keys.map((key) => [key, null]));
  // What stands behind a NUL is nothing to C.
  const hasLookalikes =
    new Set(keys.map((key) => fold(key))).size < keys.length || keys.some((key) => key.includes('\0'));
  const values: JsonValue[] = [members, [null, members], new Map([['x', members]])];
  for (const value of values) assert.equal(similarKeys(value) !== undefined, hasLookalikes);
  const known = new Set([one]);
  const isMeant = keys.some((key) => key !== one && fold(key) === fold(one));
  for (const value of values.slice(0, 2)) assert.equal(misspelled(value, known) !== undefined, isMeant);
}

const unit = fc.oneof(
  fc.constantFrom(...'aAkKsSiIſ\u212aıİßẞςσΣéÉﬁ\u0307\u0301\u200b\u00ad\ufeff\0 ,ｎǅŉΐ\u0345ᾳﷺ①'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
);

export const names: Target = {
  run,
  seeds: () =>
    ['delete_broker', 'Delete,delete,DELETE', 'paramſ', 'tas\u212a,task', 'straße,STRASSE'].map(bytesOf),
  generated: fc.array(unit, { maxLength: 12 }).map((parts) => bytesOf(parts.join(''))),
  words: [
    ...'aAkKsSiIſ\u212aıİßẞςσΣéÉﬁ\u0307\u0301\u0308\u0327\u0345\u200b\u00ad\ufeff\0 ,ｎǅŉΐᾳﷺ①ᵢⅫ\u3164\u{1d400}\u{10400}',
  ],
  longest: 128,
};
