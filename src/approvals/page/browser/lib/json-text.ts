import type { JsonPiece } from '../../../../core/json/indent.js';
import { make } from './elements.js';
import { jsonTokens, layOut } from './json-tokens.js';

/** Longer texts are shown without colours: a million of elements would stall the page. Characters. */
const LONGEST_COLOURED = 40_000;

/** Shows JSON text in colours. */
export function render(target: HTMLElement, json: string): void {
  if (json.length > LONGEST_COLOURED) target.replaceChildren(layOut(json));
  else renderTokens(target, jsonTokens(json));
}

/** Shows pieces of it. */
export function renderTokens(target: HTMLElement, tokens: readonly JsonPiece[]): void {
  target.replaceChildren(...tokens.map(shownToken));
}

function shownToken({ kind, text }: JsonPiece): Node {
  if (kind === 'layout') return document.createTextNode(text);
  if (kind !== 'string' && kind !== 'key') return make('span', { class: kind }, text);
  const pieces = text.split(ESCAPE);
  const breaks = kind === 'string' && pieces.slice(0, -2).includes('\\n');
  return make('span', { class: breaks ? 'string lines' : kind }, ...withEscapes(pieces, breaks));
}

const ESCAPE = /(\\(?:u[0-9a-f]{4}|.)|\[redacted\])/s;

/** Escapes stand out. A text of several lines is shown as such, beside a line of its own: it cannot pass for what follows it. */
function withEscapes(pieces: readonly string[], breaks: boolean): Node[] {
  return pieces.map((piece, at) => {
    if (at % 2 === 0) return document.createTextNode(piece);
    if (piece === '[redacted]') return make('span', { class: 'withheld' }, 'hidden');
    const isLast = at === pieces.length - 2 && pieces.at(-1) === '"';
    const text = breaks && piece === '\\n' && !isLast ? '\\n\n' : piece;
    return make('span', { class: piece.startsWith('\\u') ? 'hidden-character' : 'escape' }, text);
  });
}
