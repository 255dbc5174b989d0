import { indentJson, type JsonPiece } from '../../../../core/json/indent.js';
import { visibleJson } from './visible.js';

/** Deeper values are not indented further. */
const DEEPEST_INDENT = 24;

/** JSON text laid out over lines. Numbers stay as they are written; what cannot be seen in strings becomes an escape. */
export function layOut(json: string): string {
  return jsonTokens(json)
    .map(({ text }) => text)
    .join('');
}

/** The pieces of a JSON text that has been proved before. Any other text comes back whole in some form. */
export function jsonTokens(json: string): JsonPiece[] {
  return indentJson(json, DEEPEST_INDENT).map(({ kind, text }) => ({ kind, text: shown(kind, text) }));
}

function shown(kind: JsonPiece['kind'], text: string): string {
  if (kind === 'layout') return text;
  return kind === 'key' || kind === 'string' ? readable(text) : visibleJson(text);
}

/** The same string in its plainest writing: letters that were escaped for no reason are shown. */
function readable(literal: string): string {
  try {
    return visibleJson(JSON.stringify(JSON.parse(literal)));
  } catch {
    return visibleJson(literal);
  }
}
