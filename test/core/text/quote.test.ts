import { expect, it } from 'vitest';
import { quote } from '../../../src/core/text/quote.js';

it.each([
  ['name', '"name"'],
  ['', '""'],
  ['a"b\\', '"a\\"b\\\\"'],
  ['\x1b[31m\0', '"\\u001b[31m\\u0000"'],
  ['\x9b\u202e\x7fé', '"\\u009b\\u202e\\u007f\\u00e9"'],
  ['😀\ud800', '"\\ud83d\\ude00\\ud800"'],
  ['x'.repeat(61), `"${'x'.repeat(60)}…"`],
])('%j', (text, quoted) => {
  expect(quote(text)).toBe(quoted);
});
