/** A name or a glob of the policy file. `*` stands for any characters (also none, also `/`), `?` for exactly one (a code point). */
export interface Pattern {
  text: string;
  exact: boolean;
  /** How many characters are given literally: the more, the closer the pattern. */
  literals: number;
}

/** Reads a pattern of the policy file; every text is one. */
export function pattern(text: string): Pattern {
  const literals = text.replace(/[*?]/g, '').length;
  return { text, exact: literals === text.length, literals };
}

/** Whether the whole of `name` fits the pattern. Case counts. */
export function matches({ text, exact }: Pattern, name: string): boolean {
  return exact ? text === name : globMatches(text, name);
}

/** Sorts the closest pattern first: exact before glob, then by the number of literal characters. */
export function byCloseness(left: Pattern, right: Pattern): number {
  return Number(right.exact) - Number(left.exact) || right.literals - left.literals;
}

/**
 * Matches with one position to go back to, so hostile names cost at most length × length and no regular
 * expression is ever built from a policy.
 */
export function globMatches(glob: string, text: string): boolean {
  let globAt = 0;
  let textAt = 0;
  let starAt = -1;
  let resumeAt = 0;
  while (textAt < text.length) {
    const wanted = glob[globAt];
    if (wanted === '*') {
      starAt = globAt++;
      resumeAt = textAt;
    } else if (wanted === '?') {
      globAt++;
      textAt += unitsAt(text, textAt);
    } else if (wanted !== undefined && wanted === text[textAt]) {
      globAt++;
      textAt++;
    } else if (starAt >= 0) {
      globAt = starAt + 1;
      resumeAt += unitsAt(text, resumeAt);
      textAt = resumeAt;
    } else {
      return false;
    }
  }
  while (glob[globAt] === '*') globAt++;
  return globAt === glob.length;
}

/** How many code units the character at a place takes. */
function unitsAt(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}
