import { markLookalikes } from '../../../../core/shown/lookalike-letters.js';
import { hidden } from '../../../../core/text/visible.js';

/** The text with everything that cannot be seen, or passes for another letter, written as an escape of JSON: `\u202e`. */
export function visibleJson(text: string): string {
  return markLookalikes(text, escapesOf).replace(hidden(), escapesOf);
}

/** The same for text of several lines, whose line ends stay. */
export function visibleText(text: string): string {
  return text.split(/\r?\n/).map(visibleJson).join('\n');
}

/** Two escapes where a character has two units. */
function escapesOf(character: string): string {
  return Array.from({ length: character.length }, (_, at) => escapeOf(character.charCodeAt(at))).join('');
}

function escapeOf(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
