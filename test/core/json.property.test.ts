import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFlaw, type JsonNode, scanJson, stringValue } from '../../src/core/json.js';
import { type ReferenceValue, readReference } from '../reference/json.js';
import { PATIENCE, runs } from '../runs.js';
import { jsonText, MAX_DEPTH, manyKeys, mutatedText, token } from '../texts/json.js';

const RUNS = runs(4000);
const EVERYTHING = { keep: Number.POSITIVE_INFINITY, maxDepth: MAX_DEPTH };

describe('scanJson agrees with the reference', { timeout: PATIENCE }, () => {
  it('on generated texts', () => {
    fc.assert(fc.property(jsonText(), agrees), RUNS);
  });

  it('on mutated texts', () => {
    fc.assert(fc.property(mutatedText(), agrees), runs(20_000));
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

describe('scanJson and JSON.parse', { timeout: PATIENCE }, () => {
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
  expect('flaw' in reading && reading.flaw === 'malformed').toBe(!isJson(text));
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
