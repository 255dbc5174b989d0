/** Nothing to fold: visible ASCII without capitals. */
const FOLDED = /^[!-@[-~]*$/;

/** White space, controls, formats (zero-width, direction marks) and all that is not meant to be seen. */
const UNSEEN = /[\p{White_Space}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * What is left of a name when a careless reader has compared it: compatibility forms (NFKC), case (with U+017F
 * as s, U+212A as k, U+0130 and U+0131 as i) and what cannot be seen. Two names that differ and fold to the same
 * are twins: some server takes one for the other.
 */
export function fold(text: string): string {
  if (FOLDED.test(text)) return text;
  const seen = text.normalize('NFKC').replace(UNSEEN, '').normalize('NFKC');
  // Upper case first: it joins letters that lower case keeps apart, such as s and U+017F.
  return seen.toUpperCase().replaceAll('İ', 'I').toLowerCase().normalize('NFKC');
}
