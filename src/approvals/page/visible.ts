/**
 * Characters that hide, reorder or imitate: controls, formats (bidi, zero width, tags), private and unassigned ones,
 * line separators, odd spaces, variation selectors, and letters that are drawn as nothing.
 */
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/gu;

/** The text with everything that cannot be seen written as an escape of JSON: `\u202e`. */
export function visible(text: string): string {
  return text.replace(HIDDEN, (character) =>
    Array.from({ length: character.length }, (_, at) => escapeOf(character.charCodeAt(at))).join(''),
  );
}

function escapeOf(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
