import { indentJson } from '../../core/json/indent.js';
import { visible } from '../../core/text/visible.js';

/** JSON text over several lines, for people. Every character of it is there, as it was written, but for blanks between values and what `shown` makes visible. */
export function readableJson(text: string, shown = visible): string {
  let written = '';
  for (const piece of indentJson(text)) written += piece.kind === 'layout' ? piece.text : shown(piece.text);
  return written;
}

/** A value as JSON of which a terminal obeys nothing. It reads as the same value. */
export function safeJson(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, null, indent);
  return text.replace(/(?!\n)[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu, escaped);
}

function escaped(character: string): string {
  return [...Array(character.length).keys()]
    .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
    .join('');
}
