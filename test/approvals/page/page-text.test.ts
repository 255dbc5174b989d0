import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonTokens, layOut } from '../../../src/approvals/page/browser/lib/json-tokens.js';
import { timeAgo, timeLeft } from '../../../src/approvals/page/browser/lib/times.js';
import { visibleJson } from '../../../src/approvals/page/browser/lib/visible.js';
import { isFlaw, scanJson } from '../../../src/core/json/scan.js';
import { readAsWritten, readValue, writeValue } from '../../../src/core/json/value.js';
import { runs } from '../../runs.js';

describe('JSON as a person reads it', () => {
  it.each([
    ['{}', '{}'],
    ['[ ]', '[]'],
    ['{"a":[1,{"b":[]}]}', '{\n  "a": [\n    1,\n    {\n      "b": []\n    }\n  ]\n}'],
    [' { "a" :\t1 } ', '{\n  "a": 1\n}'],
    [
      '[1.0,1e0,-0,12345678901234567890,1E+400]',
      '[\n  1.0,\n  1e0,\n  -0,\n  12345678901234567890,\n  1E+400\n]',
    ],
    ['"\\u0072\\u006d\\/"', '"rm/"'],
    ['"\\u202e\\ud800"', '"\\u202e\\ud800"'],
    ['"a\\"b\\\\"', '"a\\"b\\\\"'],
    ['[true,false,null]', '[\n  true,\n  false,\n  null\n]'],
  ])('lays out %s', (json, expected) => {
    expect(layOut(json)).toBe(expected);
  });

  it('says the same as the text, with numbers as they are written and nothing hidden', () => {
    const number = fc.constantFrom('1.0', '1e400', '-0', '12345678901234567890', '0.10');
    const json = fc.letrec<{ any: string }>((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        number,
        fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)),
        fc.array(tie('any')).map((all) => `[${all.join(' , ')}]`),
        fc
          .uniqueArray(fc.tuple(fc.string({ unit: 'binary' }), tie('any')), { selector: ([key]) => key })
          .map((all) => `{${all.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`),
      ),
    })).any;
    fc.assert(
      fc.property(json, (text) => {
        fc.pre(!isFlaw(scanJson(text)));
        const laidOut = layOut(text);
        expect(writeValue(readAsWritten(laidOut.replaceAll('\n', ' ')))).toBe(
          writeValue(readAsWritten(text)),
        );
        expect(laidOut).toBe(laidOut.split('\n').map(visibleJson).join('\n'));
      }),
      runs(100),
    );
  });

  it('shows what is no JSON too, whole', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const letters = (whole: string) => whole.replace(/[\s\\]/g, '');
        expect(letters(layOut(text)).length).toBeGreaterThanOrEqual(letters(text).length);
      }),
      runs(100),
    );
  });

  it('takes a megabyte, and a depth that nobody means', () => {
    const long = `{"a":"${'\\n'.repeat(500_000)}"}`;
    expect(layOut(long)).toContain('\\n\\n');
    const deep = '['.repeat(5_000) + ']'.repeat(5_000);
    expect(layOut(deep).length).toBeLessThan(1_000_000);
    expect(jsonTokens(deep).at(-1)?.text.trim()).toBe(']');
  });
});

describe('numbers as they are written', () => {
  it('survive being read and written, where values do not', () => {
    const text = '{"a":[1.50,1e3,-0,12345678901234567890,1e400]}';
    expect(writeValue(readAsWritten(text))).toBe(text);
    expect(writeValue(readValue(text))).not.toBe(text);
  });
});

describe('times', () => {
  it.each([
    [0, '0:00'],
    [-5_000, '0:00'],
    [900, '0:01'],
    [59_000, '0:59'],
    [61_000, '1:01'],
    [3_600_000, '1 h 0 min'],
    [3 * 86_400_000, '3 days'],
  ])('%i ms are %s', (milliseconds, text) => {
    expect(timeLeft(milliseconds)).toBe(text);
  });

  it('say how long ago something was', () => {
    expect([-5, 59_999, 60_000, 7_200_000, 4 * 86_400_000].map(timeAgo)).toEqual([
      'just now',
      'just now',
      '1 min ago',
      '2 h ago',
      '4 days ago',
    ]);
  });
});
