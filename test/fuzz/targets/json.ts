import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { JsonNode } from '../../../src/core/json/node.js';
import { isFlaw, scanJson, stringValue } from '../../../src/core/json/scan.js';
import { canonical, readValue } from '../../../src/core/json/value.js';
import { type ReferenceValue, readReference } from '../../reference/json.js';
import { jsonText, MAX_DEPTH, manyKeys, mutatedText } from '../../texts/json.js';
import { attackLines } from '../attacks.js';
import { bytesOf, type Target } from '../target.js';
import { JSON_WORDS } from '../words.js';

/** The scanner and the reference say the same of a text, at every number of levels to keep. So does JSON.parse. */
export function scannerAgrees(text: string): void {
  const maxDepth = MAX_DEPTH;
  const reading = readReference(text, maxDepth);
  assert.equal('flaw' in reading && reading.flaw === 'malformed', !isJson(text));
  const scanned = scanJson(text, { keep: Number.POSITIVE_INFINITY, maxDepth });
  if (isFlaw(scanned)) {
    // Scanning stops at nesting and line ends: whether the rest is JSON at all is not looked at.
    const stopped = !scanned.malformed && scanned.root === undefined && !scanned.flaw.startsWith('duplicate');
    if (stopped) assert.ok('flaw' in reading);
    else assert.deepEqual(reading, { flaw: scanned.malformed ? 'malformed' : 'ambiguous' });
  } else {
    assert.deepEqual(reading, { value: describeNode(text, scanned) });
  }
  for (const keep of [0, 1, 2]) assert.equal(isFlaw(scanJson(text, { keep, maxDepth })), isFlaw(scanned));
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
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

/** Values that are read for conditions and digests are those of JSON.parse. */
function valuesAgree(text: string): void {
  if (isFlaw(scanJson(text))) return;
  const written = canonical(readValue(text));
  assert.deepEqual(parsed(written), parsed(text));
  assert.equal(canonical(readValue(written)), written);
}

/** Without negative zero, which no integer is. */
function parsed(text: string): unknown {
  return JSON.parse(text, (_, value: unknown) => (value === 0 ? 0 : value));
}

/** Bytes that begin with an odd one are UTF-16, since only there halves of surrogate pairs can stand alone. */
function run(input: Uint8Array): void {
  const isWide = (input[0] ?? 0) % 2 === 1 && input[0] !== 0x7b && input[0] !== 0x5b;
  const text = Buffer.from(input).toString(isWide ? 'utf16le' : 'utf8');
  scannerAgrees(text);
  valuesAgree(text);
}

export const json: Target = {
  run,
  seeds: () => [...attackLines(), ...['[1,2]', '{"a":{"b":[]}}', '"\\ud83d\\ude00"'].map(bytesOf)],
  generated: fc.oneof(jsonText(), mutatedText(), manyKeys()).map(bytesOf),
  words: JSON_WORDS,
  longest: 512,
};
