import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenSpans } from '../../../../src/core/secrets/text/token-spans.js';
import { plainTokenSpans } from '../../../reference/token-spans.js';
import { runs } from '../../../runs.js';

const DIGITS = '0123456789abcdef';
const beginning = fc.constantFrom(
  ...[
    'ghp_',
    'AKIA',
    'sk-',
    'sk_',
    'sk_live_',
    'key-',
    'pat',
    'pat.',
    'SK',
    '1//0',
    'eyJ',
    'oy2',
    'sl.',
    'fc-',
    'xoxe.xox',
    'pypi-',
  ],
  ...['M', 'N', '1234567:AA', 'abc1Q~', 'EAA'],
);
const between = fc.constantFrom(
  ...[
    '',
    '.',
    '~',
    '+',
    '/',
    '=',
    ':',
    '@',
    '-',
    '_',
    '%',
    '%2F',
    '%zz',
    '%2',
    ' ',
    '\t',
    '\\',
    '\\n',
    '\\r',
    '"',
    '\n',
    'é',
    '：',
  ],
  ...[
    'Basic ',
    'Bearer  ',
    'token\t',
    'sso-key ',
    'x-bearer ',
    'dXNlcjpwYXNzd29yZA==',
    '-us12',
    '://',
    '.atlasv1.',
    'a',
  ],
);
const filling = fc
  .tuple(fc.nat(70), fc.constantFrom(DIGITS, DIGITS.toUpperCase(), 'x-y_z9'))
  .map(([length, of]) => of.repeat(5).slice(0, length));
const text = fc
  .array(fc.oneof(beginning, between, filling), { maxLength: 14 })
  .map((parts) => parts.join(''));

/** Spans may be found in any order, and be told of twice. */
const sorted = (spans: readonly { start: number; end: number }[]) =>
  [...new Set(spans.map(({ start, end }) => `${start}-${end}`))].sort();

describe('spans of tokens', () => {
  it('are those that expressions find', () => {
    fc.assert(
      fc.property(text, (given) => {
        expect(sorted(tokenSpans(given))).toEqual(sorted(plainTokenSpans(given)));
      }),
      runs(3_000),
    );
  });
});
