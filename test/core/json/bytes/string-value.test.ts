import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readStringValue } from '../../../../src/core/json/bytes/string-value.js';
import { runs } from '../../../runs.js';

function read(inside: string, behind = '"}'): { value: string; length: number; behind: string } | undefined {
  const bytes = Buffer.from(`["${inside}${behind}`);
  const parts: Buffer[] = [];
  const found = readStringValue(bytes, 2, bytes.length, (part) => parts.push(Buffer.from(part)));
  return (
    found && {
      value: Buffer.concat(parts).toString('utf8'),
      length: found.length,
      behind: bytes.toString('utf8', found.end),
    }
  );
}

const piece = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.constantFrom(
      ...['plain text ', 'x', '\\n', '\\"', '\\\\', '\\/', '\\b', '\\f', '\\r', '\\t'],
      ...[
        '\\u00e9',
        '\\u0D7f',
        '\\u007F',
        '\\u0080',
        '\\u07ff',
        '\\u0800',
        '\\uffff',
        '\\u0000',
        'é',
        '日',
        '😀',
      ],
    ),
  },
  { weight: 1, arbitrary: fc.string() },
);
const text = fc
  .array(piece, { maxLength: 60, size: 'max' })
  .map((pieces) => pieces.join(''))
  .filter((inside) => isString(inside));

function isString(inside: string): boolean {
  try {
    return (
      typeof JSON.parse(`"${inside}"`) === 'string' && !/\\u[dD][89abAB]/.test(inside.replaceAll('\\\\', ''))
    );
  } catch {
    return false;
  }
}

it('gives what JSON.parse gives, wherever a window is cut', () => {
  fc.assert(
    fc.property(text, fc.constantFrom(0, 2_040, 10_230, 43_000, 108_020), (tail, lead) => {
      const inside = `${'.'.repeat(lead)}${tail}`;
      const value = JSON.parse(`"${inside}"`) as string;
      expect(read(inside)).toEqual({ value, length: value.length, behind: '}' });
    }),
    runs(400),
  );
});

it.each(['\\', '\\x', '\\u12', '\\u12g4', '\\uD83D\\uDE00', '\\udc00', '\t', '\n', '\\u'])(
  'says nothing of %j',
  (odd) => {
    for (const lead of [0, 5, 15, 16, 2_047, 2_050])
      expect(read(`${'x'.repeat(lead)}${odd} and more`), String(lead)).toBeUndefined();
  },
);

it.each([0, 1, 15, 16, 17, 2_047, 2_048, 2_049])('says nothing of %i bytes that do not end', (length) => {
  for (const behind of ['', '\\', '\\u00e']) expect(read('x'.repeat(length), behind)).toBeUndefined();
});
