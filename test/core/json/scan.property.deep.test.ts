import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFlaw, scanJson } from '../../../src/core/json/scan.js';
import { isJson, scannerAgrees } from '../../fuzz/targets/json.js';
import { runs } from '../../runs.js';
import { jsonText, MAX_DEPTH, manyKeys, mutatedText, token } from '../../texts/json.js';

const RUNS = runs(4000);
const EVERYTHING = { keep: Number.POSITIVE_INFINITY, maxDepth: MAX_DEPTH };

describe('scanJson agrees with the reference', () => {
  it('on generated texts', () => {
    fc.assert(fc.property(jsonText(), scannerAgrees), RUNS);
  });

  it('on mutated texts', () => {
    fc.assert(fc.property(mutatedText(), scannerAgrees), runs(20_000));
  });

  it('on texts made of tokens in any order', () => {
    fc.assert(
      fc.property(
        fc.array(token(), { maxLength: 12, size: 'max' }).map((tokens) => tokens.join('')),
        scannerAgrees,
      ),
      RUNS,
    );
  });

  it('on objects with many keys', () => {
    fc.assert(
      fc.property(
        fc.array(manyKeys(), { maxLength: 3 }).map((list) => `[${list.join(',')}]`),
        scannerAgrees,
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
        scannerAgrees,
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
