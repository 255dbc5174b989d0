import type { JsonPiece } from '../../../../core/json/indent.js';
import { cutOf } from '../../../../core/shown/cut-rows.js';

/** The beginning and the end of a long text, and how much of it is between them. */
export interface CutTokens {
  start: JsonPiece[];
  end: JsonPiece[];
  /** Characters. */
  between: number;
}

/** Undefined where the text is short enough to be seen at once. */
export function cutTokens(tokens: readonly JsonPiece[]): CutTokens | undefined {
  const text = tokens.map((token) => token.text).join('');
  const cut = cutOf(text);
  if (cut === undefined) return undefined;
  return {
    start: slice(tokens, 0, cut.start),
    end: slice(tokens, cut.end, text.length),
    between: cut.end - cut.start,
  };
}

function slice(tokens: readonly JsonPiece[], from: number, to: number): JsonPiece[] {
  const found: JsonPiece[] = [];
  let at = 0;
  for (const { kind, text } of tokens) {
    const part = text.slice(Math.max(0, from - at), Math.max(0, to - at));
    if (part !== '') found.push({ kind, text: part });
    at += text.length;
  }
  return found;
}
