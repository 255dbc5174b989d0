/**
 * Characters that hide, move or reorder text, and those that look like nothing, are written as escapes: a person must
 * see what is there, and a terminal must not obey it. A space stays a space.
 */
export function visible(text: string): string {
  return text.replace(hidden(), (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/**
 * Controls, formats (bidi, zero width, tags), private and unassigned ones, line separators, variation selectors, letters
 * that are drawn as nothing, and what is blank without being a space. Made when it is first needed: what it has to know of
 * Unicode takes some 0.2 ms.
 */
export const hidden = () => /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/gu;
