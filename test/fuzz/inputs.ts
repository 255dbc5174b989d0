import fc from 'fast-check';
import type { Target } from './target.js';

/** Where texts of all our kinds have joints. */
const JOINT = /[{}[\]",:\\\s/*-]/g;

/** Inputs for a target: what a grammar makes, known inputs with a few changes, and words in any order. */
export function inputs(target: Target): fc.Arbitrary<Uint8Array> {
  const word = fc.constantFrom(...target.words);
  const soup = fc.array(word, { maxLength: 24, size: 'max' }).map((words) => Buffer.from(words.join('')));
  const any = fc.oneof(
    { weight: 4, arbitrary: target.generated },
    { weight: 5, arbitrary: changedSeed(target, word) },
    { weight: 1, arbitrary: soup },
  );
  return any.map((bytes) => bytes.subarray(0, target.longest));
}

interface Change {
  /** How far into the input, from 0 to 1. */
  place: number;
  /** At the joint that is next. */
  atJoint: boolean;
  taken: number;
  put: string;
}

/** Shrinks to fewer changes. */
function changedSeed({ seeds }: Target, word: fc.Arbitrary<string>): fc.Arbitrary<Uint8Array> {
  const known = seeds().map((seed) => Buffer.from(seed).toString('latin1'));
  const put = fc.oneof(
    { weight: 4, arbitrary: word.map(asBytes) },
    fc.integer({ min: 0, max: 0xff }).map((byte) => String.fromCharCode(byte)),
    fc.tuple(fc.constantFrom(...known), fc.nat(), fc.nat(40)).map(partOf),
    fc.constant(''),
  );
  const place = fc.noBias(fc.nat(9_999)).map((number) => number / 10_000);
  const change = fc.record({
    place,
    atJoint: fc.boolean(),
    taken: fc.constantFrom(0, 0, 1, 1, 2, 8, 40),
    put,
  });
  return fc
    .tuple(fc.constantFrom(...known), fc.array(change, { minLength: 1, maxLength: 4 }))
    .map(([text, changes]) => Buffer.from(changes.reduce(changed, text), 'latin1'));
}

function changed(text: string, { place, atJoint, taken, put }: Change): string {
  JOINT.lastIndex = Math.floor(place * text.length);
  const at = (atJoint ? JOINT.exec(text)?.index : undefined) ?? Math.floor(place * text.length);
  return text.slice(0, at) + put + text.slice(at + taken);
}

function partOf([text, from, length]: [string, number, number]): string {
  const start = from % (text.length + 1);
  return text.slice(start, start + length);
}

/** UTF-8, a character for each byte. */
function asBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
