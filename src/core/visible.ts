/**
 * Characters that hide, move or reorder text, and those that look like nothing, are written as escapes: a person must
 * see what is there, and a terminal must not obey it. A space stays a space.
 */
export function visible(text: string): string {
  return text.replace(HIDDEN, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/** The last ones are blank without being spaces. */
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/gu;
