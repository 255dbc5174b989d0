import { Scalar } from 'yaml';
import type { Span } from '../../core/text/origin.js';

/** Characters of an escape of a double-quoted string, with the backslash, where it is not two. */
const ESCAPES: Readonly<Record<string, number>> = { x: 4, u: 6, U: 10 };

/**
 * Where a part of the value of a string is written in the text: from and to. Undefined where that is not certain, as in a
 * quoted string over several lines.
 */
export function writtenSpan(
  { range, type, value }: Scalar,
  text: string,
  { start, length }: Span,
): [number, number] | undefined {
  if (!range || typeof value !== 'string') return undefined;
  const [from, to] = range;
  const raw = text.slice(from, to);
  const offsets =
    type === Scalar.QUOTE_DOUBLE || type === Scalar.QUOTE_SINGLE
      ? quotedOffsets(raw, value)
      : plainOffsets(raw, value);
  const first = offsets?.[start];
  const last = offsets?.[start + Math.max(length, 1) - 1];
  if (first !== undefined && last !== undefined) return [from + first, from + last + 1];
  // After the last character: something is missing there.
  const end = offsets?.[start - 1];
  return end === undefined ? undefined : [from + end + 1, from + end + 2];
}

/** For each character of the value its offset in the raw text of a quoted string of one line. */
function quotedOffsets(raw: string, value: string): number[] | undefined {
  if (raw.includes('\n')) return undefined;
  const isDouble = raw.startsWith('"');
  const offsets: number[] = [];
  let at = 1;
  while (at < raw.length - 1) {
    offsets.push(at);
    if (isDouble && raw[at] === '\\') {
      const size = ESCAPES[raw[at + 1] ?? ''] ?? 2;
      if (size === ESCAPES['U'] && Number.parseInt(raw.slice(at + 2, at + size), 16) > 0xffff)
        offsets.push(at);
      at += size;
    } else at += !isDouble && raw[at] === "'" ? 2 : 1;
  }
  return offsets.length === value.length ? offsets : undefined;
}

/**
 * The same for a string without quotes, and for a block after `|` or `>`: folding and indenting change nothing but white
 * space, so all other characters are there in the same order.
 */
function plainOffsets(raw: string, value: string): number[] | undefined {
  const isBlock = /^[|>]/.test(raw);
  let at = isBlock ? raw.indexOf('\n') : 0;
  const offsets: number[] = [];
  for (const character of value.split('')) {
    const isSpace = /\s/.test(character);
    while (!isSpace && /\s/.test(raw[at] ?? '')) at++;
    if (!isSpace && raw[at] !== character) return undefined;
    offsets.push(at);
    if (!isSpace || /\s/.test(raw[at] ?? '')) at++;
  }
  return offsets;
}
