import type { parse } from '@bufbuild/cel';
import type { Span } from '../../text/origin.js';
import type { Expr } from './syntax.js';

/** A name, a number, a string or an operator: what a person takes for one word of an expression. */
const WORD = /[\p{L}_][\p{L}\p{N}_]*|[\p{N}.]+|"[^"]*"?|'[^']*'?|&&|\|\||[=!<>]=|\S/uy;

/** Where a part of a parsed expression is written: the name of a field, a variable or a function, or the operator. */
export function spanOfPart(
  { id }: Expr,
  { sourceInfo }: ReturnType<typeof parse>,
  source: string,
): Span | undefined {
  const start = sourceInfo?.positions[id.toString()];
  return start === undefined ? undefined : wordAt(start, source);
}

/** Where a text stops being an expression, by the error of the parser. */
export function spanOfError(error: unknown, source: string): Span | undefined {
  const { location } = error as { location?: { start?: { offset?: number } } };
  const start = location?.start?.offset;
  return start === undefined ? undefined : wordAt(start, source);
}

function wordAt(position: number, source: string): Span {
  // The position of a field is that of the dot before it.
  const start = /^\.\s*(?=[\p{L}_])/u.exec(source.slice(position))?.[0].length ?? 0;
  WORD.lastIndex = position + start;
  const word = WORD.exec(source)?.[0] ?? '';
  return { start: position + start, length: Math.max(word.length, 1) };
}
