import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withShortStrings } from '../../../src/core/audit/condense.js';
import { runs } from '../../runs.js';
import { plainJson } from '../../texts/objects.js';

const condensed = (text: string, longest = 4) =>
  withShortStrings(text, longest, (written) => `"${written.length}"`);

describe('withShortStrings', () => {
  it.each<[string, string]>([
    ['{"a":"1234"}', '{"a":"1234"}'],
    ['{"a":"12345"}', '{"a":"7"}'],
    ['{"abcde":["12345",{"x":"12345"}], "n":1.50}', '{"7":["7",{"x":"7"}], "n":1.50}'],
    [String.raw`"123\"5"`, '"8"'],
    [String.raw`["\\","12345"]`, String.raw`["\\","7"]`],
    [String.raw`["\\\"","12345"]`, String.raw`["\\\"","7"]`],
    [String.raw`["abc\\","x"]`, '["7","x"]'],
    ['[]', '[]'],
    ['12345678', '12345678'],
  ])('%s: %s', (text, expected) => {
    expect(condensed(text)).toBe(expected);
  });

  it('finds the strings that a plain pattern finds, whatever the text', () => {
    const reference = (text: string) =>
      text.replace(/"(?:[^"\\]|\\.)*"/gs, (written) =>
        written.length > 6 ? `"${written.length}"` : written,
      );
    fc.assert(
      fc.property(plainJson(), (text) => {
        expect(condensed(text)).toBe(reference(text));
      }),
      runs(300),
    );
  });

  it('looks at each backslash once: it takes as long as a plain pattern, whatever the length', () => {
    const time = (work: () => unknown) =>
      Math.min(
        ...Array.from({ length: 3 }, () => {
          const startedAt = performance.now();
          work();
          return performance.now() - startedAt;
        }),
      );
    const text = JSON.stringify('\\"'.repeat(500_000));
    expect(time(() => condensed(text)) / time(() => text.match(/\\.|"/gs))).toBeLessThan(50);
  });
});
