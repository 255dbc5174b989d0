/** Nothing to fold: visible ASCII without capitals. */
const FOLDED = /^[!-@[-~]*$/;

/**
 * White space, controls, formats (zero-width, direction marks) and all that is not meant to be seen. Made for the first name
 * that needs it, as what it has to know of Unicode takes some 0.2 ms.
 */
const unseen = () => /[\p{White_Space}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** Names that agree in so many characters are lookalikes. One character can become 18: a long name would take seconds. */
const LONGEST = 1024;

/**
 * What is left of a name when a careless reader has compared it: compatibility forms (NFKC), case (with U+017F
 * as s, U+212A as k, U+0130 and U+0131 as i) and what cannot be seen. Two names that differ and fold to the same
 * are lookalikes: some server takes one for the other.
 * @param options.longest characters that are compared
 */
export function fold(text: string, { longest = LONGEST }: { readonly longest?: number } = {}): string {
  if (FOLDED.test(text)) return text.slice(0, longest);
  const start = withFewMarks(text.replace(unseen(), '').slice(0, longest));
  // Marks in their order and apart from letters, since changing case may move a mark that is part of a letter.
  const seen = withFewMarks(start.normalize('NFKD').replace(unseen(), '')).normalize('NFKD');
  const lower = foldCase(seen);
  const dotless = lower.normalize('NFD').replace(markedI(), (marked) => marked.replaceAll(DOT, ''));
  return dotless.normalize('NFKC').slice(0, longest);
}

/**
 * The normal form of a text of any length: putting marks in their order takes the square of how many are in a row, so what is more than
 * any writing has is left out. For what is compared, never for what is passed on.
 */
export function normalForm(text: string, form: 'NFC' | 'NFD' | 'NFKC'): string {
  return withFewMarks(text).normalize(form);
}

/** 30 are more than any language needs (UAX 15, section 13, stream-safe text). The voiced sound marks of half width become marks. */
const manyMarks = () => /([\p{M}\uff9e\uff9f]{30})[\p{M}\uff9e\uff9f]+/gu;

function withFewMarks(text: string): string {
  return text.replace(manyMarks(), '$1');
}

/** The lower case of U+0130 is an i with a dot above, which other marks may come before. */
const markedI = () => /i\p{M}+/gu;
const DOT = '\u0307';

/**
 * By way of upper case, which joins letters that lower case keeps apart, such as s and U+017F. The whole at once, which takes a tenth of
 * the time of each letter by itself; only the sigma is another one at the end of a word.
 */
function foldCase(text: string): string {
  return text.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ');
}
