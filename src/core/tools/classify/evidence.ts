import { type Category, isWorse } from '../category.js';

/** A reason to take a tool for something. */
export interface Evidence {
  category: Category;
  because: string;
}

const LONGEST_QUOTE = 40;

export function worstEvidence(findings: readonly Evidence[]): Evidence | undefined {
  return findings.reduce<Evidence | undefined>(
    (found, each) => (found === undefined || isWorse(each.category, found.category) ? each : found),
    undefined,
  );
}

/** A word of the server's, short enough to be shown within a sentence. */
export function quotedWord(text: string): string {
  return `"${text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE - 1)}…` : text}"`;
}
