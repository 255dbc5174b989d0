import { unexpected } from './unreadable.js';

const PLUS = 0x2b;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const UPPER_E = 0x45;
const LOWER_E = 0x65;

/** The end of the number that starts here (RFC 8259, section 6). Throws `Unreadable`. */
export function endOfNumber(text: string, start: number): number {
  let at = text.charCodeAt(start) === MINUS ? start + 1 : start;
  at = text.charCodeAt(at) === ZERO ? at + 1 : endOfDigits(text, at);
  let code = text.charCodeAt(at);
  if (code === DOT) {
    at = endOfDigits(text, at + 1);
    code = text.charCodeAt(at);
  }
  if (code !== LOWER_E && code !== UPPER_E) return at;
  const sign = text.charCodeAt(at + 1);
  return endOfDigits(text, sign === PLUS || sign === MINUS ? at + 2 : at + 1);
}

/** The end of one or more digits. */
function endOfDigits(text: string, start: number): number {
  let at = start;
  for (let code = text.charCodeAt(at); code >= ZERO && code <= NINE; code = text.charCodeAt(at)) at++;
  if (at === start) throw unexpected(text, at);
  return at;
}
