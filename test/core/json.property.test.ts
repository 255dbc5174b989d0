import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFlaw, type JsonNode, scanJson, stringValue } from '../../src/core/json.js';
import { type ReferenceValue, readReference } from '../reference/json.js';

const RUNS = { numRuns: 4000, seed: 20260728 };
const MAX_DEPTH = 3;
const EVERYTHING = { keep: Number.POSITIVE_INFINITY, maxDepth: MAX_DEPTH };

describe('scanJson agrees with the reference', () => {
  it('on generated texts', () => {
    fc.assert(fc.property(jsonText(), agrees), RUNS);
  });

  it('on mutated texts', () => {
    fc.assert(fc.property(mutatedText(), agrees), { ...RUNS, numRuns: 20_000 });
  });

  it('on texts made of tokens in any order', () => {
    fc.assert(
      fc.property(
        fc.array(token(), { maxLength: 12, size: 'max' }).map((tokens) => tokens.join('')),
        agrees,
      ),
      RUNS,
    );
  });

  it('on objects with many keys', () => {
    fc.assert(
      fc.property(
        fc.array(manyKeys(), { maxLength: 3 }).map((list) => `[${list.join(',')}]`),
        agrees,
      ),
      RUNS,
    );
  });

  it('on long strings', () => {
    const part = fc.constantFrom(
      '\t',
      'x'.repeat(63),
      'x'.repeat(64),
      'x',
      '\\n',
      '\\"',
      '"',
      'é',
      '😀',
      '\ud83d',
      '\x07',
      '\\',
    );
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 6 }).map((parts) => `["${parts.join('')}"]`),
        agrees,
      ),
      RUNS,
    );
  });
});

describe('scanJson and JSON.parse', () => {
  it('agree on what is JSON', () => {
    fc.assert(
      fc.property(mutatedText(), (text) => {
        const scanned = scanJson(text, EVERYTHING);
        if (isFlaw(scanned) && !scanned.malformed) return;
        expect(isFlaw(scanned)).toBe(!isJson(text));
      }),
      RUNS,
    );
  });
});

/** The scanner and the reference say the same of a text, at every number of levels to keep. */
function agrees(text: string): void {
  const reading = readReference(text, MAX_DEPTH);
  const scanned = scanJson(text, EVERYTHING);
  if (isFlaw(scanned)) {
    // Scanning stops at nesting and line ends: whether the rest is JSON at all is not looked at.
    const stopped = !scanned.malformed && scanned.root === undefined && !scanned.flaw.startsWith('duplicate');
    if (stopped) expect(reading).toHaveProperty('flaw');
    else expect(reading).toEqual({ flaw: scanned.malformed ? 'malformed' : 'ambiguous' });
  } else {
    expect(reading).toEqual({ value: describeNode(text, scanned) });
  }
  for (const keep of [0, 1, 2])
    expect(isFlaw(scanJson(text, { keep, maxDepth: MAX_DEPTH }))).toBe(isFlaw(scanned));
}

function describeNode(text: string, node: JsonNode): ReferenceValue {
  const { kind, members, elements, start, end } = node;
  if (kind === 'object') {
    return { kind, members: [...(members ?? [])].map(([key, member]) => [key, describeNode(text, member)]) };
  }
  if (kind === 'array')
    return { kind, elements: (elements ?? []).map((element) => describeNode(text, element)) };
  if (kind === 'string') return { kind, value: stringValue(text, node) };
  return kind === 'number' ? { kind, text: text.slice(start, end) } : { kind };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** JSON as no serialiser writes it: any escapes, blanks anywhere, keys given twice, halves of surrogate pairs. */
function jsonText(): fc.Arbitrary<string> {
  const blank = fc.constantFrom('', '', '', ' ', '\t', ' \t');
  return fc.letrec<{ value: string }>((tie) => {
    const value = tie('value');
    const list = (element: fc.Arbitrary<string>) =>
      fc.array(
        fc.tuple(blank, element, blank).map((parts) => parts.join('')),
        { maxLength: 4 },
      );
    const member = fc
      .tuple(stringText(), blank, value)
      .map(([key, gap, text]) => `${key}${gap}:${gap}${text}`);
    return {
      value: fc.oneof(
        { maxDepth: MAX_DEPTH + 1, withCrossShrink: true },
        fc.oneof(fc.constantFrom('true', 'false', 'null'), numberText(), stringText()),
        list(value).map((parts) => `[${parts.join(',')}]`),
        list(member).map((parts) => `{${parts.join(',')}}`),
      ),
    };
  }).value;
}

function stringText(): fc.Arbitrary<string> {
  const character = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.constantFrom('a', 'b', 'A', ' ', '/', 'é', '😀', '\u2028', '\u007f', '\ufeff'),
    },
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        '\\u0061',
        '\\u0041',
        '\\n',
        '\\"',
        '\\\\',
        '\\/',
        '\\u0000',
        '\\u00E9',
        '\\u00fF',
      ),
    },
    { weight: 1, arbitrary: fc.constantFrom('\\ud83d\\ude00', '\\uD83D', '\\ude00', '\ud83d', '\ude00') },
  );
  return fc.array(character, { maxLength: 4 }).map((characters) => `"${characters.join('')}"`);
}

function numberText(): fc.Arbitrary<string> {
  const digits = fc.constantFrom('0', '7', '10', '123456789012345678901234567890');
  const fraction = fc.constantFrom('', '', '.0', '.50');
  const exponent = fc.constantFrom('', '', 'e1', 'E+30', 'e-999');
  return fc.tuple(fc.constantFrom('', '-'), digits, fraction, exponent).map((parts) => parts.join(''));
}

/** An object of up to 30 keys, most of them once. */
function manyKeys(): fc.Arbitrary<string> {
  const key = fc.nat(400).map((number) => (number % 5 === 0 ? `\\u006b${number}` : `k${number}`));
  return fc
    .array(key, { maxLength: 30, size: 'max' })
    .map((keys) => `{${keys.map((key) => `"${key}":{"k":0}`).join(',')}}`);
}

/** A text with a few characters put in, taken out or exchanged, often where it is structured. */
function mutatedText(): fc.Arbitrary<string> {
  const place = fc.noBias(fc.nat(9999)).map((number) => number / 10_000);
  const mutation = fc.record({ place, structural: fc.boolean(), taken: fc.nat(2), put: token() });
  return fc.tuple(jsonText(), fc.array(mutation, { minLength: 1, maxLength: 2 })).map(([text, mutations]) =>
    mutations.reduce((result, { place, structural, taken, put }) => {
      const places = structural ? [...result.matchAll(/[{}[\],:"\\]/g)].map(({ index }) => index) : [];
      const at = places[Math.floor(place * places.length)] ?? Math.floor(place * result.length);
      return result.slice(0, at) + put + result.slice(at + (structural ? 1 : taken));
    }, text),
  );
}

function token(): fc.Arbitrary<string> {
  const tokens = [
    '',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '\\',
    '\\u',
    '\\u12',
    'd800',
    '"a"',
    '"\\u0061"',
    '{"a":1}',
  ];
  const others = [
    ' ',
    '\t',
    '\r',
    '\n',
    '\f',
    '\v',
    '\u00a0',
    '\ufeff',
    '\0',
    '\x1f',
    '\x7f',
    '//',
    "'",
    'true',
    'nul',
  ];
  const numbers = [
    '0',
    '-',
    '00',
    '1',
    '.',
    '.5',
    '5.',
    'e',
    'E+',
    '+1',
    '0x1',
    'NaN',
    'Infinity',
    'f',
    'g',
    'G',
    '`',
  ];
  return fc.constantFrom(...tokens, ...others, ...numbers);
}
