import { visible } from '../../core/text/visible.js';

/** Deeper values are not indented further: hostile nesting must not make a page of blanks. */
const DEEPEST = 20;

/** JSON text over several lines, for people. Every character of it is there, as it was written, but for blanks between values. */
export function readableJson(text: string): string {
  let written = '';
  let depth = 0;
  for (let at = 0; at < text.length; ) {
    const end = endOfToken(text, at);
    const token = text.slice(at, end);
    at = end;
    if (/^[{[]$/.test(token)) {
      const next = skipBlanks(text, at);
      const empty = /[}\]]/.test(text.charAt(next));
      written += empty ? token + text.charAt(next) : token + line(++depth);
      if (empty) at = next + 1;
    } else if (/^[}\]]$/.test(token)) written += line(--depth) + token;
    else if (token === ',') written += token + line(depth);
    else if (token === ':') written += ': ';
    else if (!isBlank(token)) written += visible(token);
  }
  return written;
}

/** A value as JSON of which a terminal obeys nothing. It reads as the same value. */
export function safeJson(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, null, indent);
  return text.replace(/(?!\n)[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu, escaped);
}

function endOfToken(text: string, at: number): number {
  const first = text.charAt(at);
  if (first === '"') return endOfString(text, at);
  if (isBlank(first)) return skipBlanks(text, at);
  if (/[{}[\],:]/.test(first)) return at + 1;
  let end = at + 1;
  while (end < text.length && !/["{}[\],: \t\r\n]/.test(text.charAt(end))) end++;
  return end;
}

/** After the quote that no backslash escapes. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const quote = text.indexOf('"', at);
    if (quote === -1) return text.length;
    let escapes = 0;
    while (text.charAt(quote - 1 - escapes) === '\\') escapes++;
    if (escapes % 2 === 0) return quote + 1;
    at = quote;
  }
  return text.length;
}

function skipBlanks(text: string, start: number): number {
  let at = start;
  while (at < text.length && isBlank(text.charAt(at))) at++;
  return at;
}

function isBlank(token: string): boolean {
  return /^[ \t\r\n]/.test(token);
}

function line(depth: number): string {
  return `\n${'  '.repeat(Math.max(0, Math.min(depth, DEEPEST)))}`;
}

function escaped(character: string): string {
  return [...Array(character.length).keys()]
    .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
    .join('');
}
