import { HIDDEN } from '../../../../core/text/visible.js';

/** The text with everything that cannot be seen written as an escape of JSON: `\u202e`. */
export function visibleJson(text: string): string {
  return text.replace(HIDDEN, (character) =>
    Array.from({ length: character.length }, (_, at) => escapeOf(character.charCodeAt(at))).join(''),
  );
}

function escapeOf(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
