import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordedArguments } from '../../../../src/core/audit/recorded-arguments.js';
import { endOfPlainValue } from '../../../../src/core/json/bytes/plain-value.js';
import { readValue, withoutLineEnds, writeValue } from '../../../../src/core/json/value.js';
import { isSurelyHarmless } from '../../../../src/core/secrets/bytes/harmless-arguments.js';
import { runs } from '../../../runs.js';
import { redactableArguments } from '../../../texts/arguments.js';

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

describe('arguments that surely hold no secret', () => {
  it('are those that the log has whole', () => {
    let said = 0;
    let harmless = 0;
    fc.assert(
      fc.property(redactableArguments(), (json) => {
        const bytes = Buffer.from(`,${json},`);
        const end = bytes.length - 1;
        if (endOfPlainValue(bytes, 1, end) !== end) return;
        const whole = writeValue(readValue(json));
        const isWhole = writeValue(recordedArguments(json, digest)) === whole;
        if (isWhole) harmless++;
        if (!isSurelyHarmless(bytes, 1, end)) return;
        said++;
        expect(writeValue(recordedArguments(json, digest))).toBe(whole);
        expect(withoutLineEnds(json)).toBe(json);
      }),
      runs(4_000),
    );
    // It is for everyday arguments, and says it of most others, too.
    expect(said / harmless).toBeGreaterThan(0.5);
  });
});
