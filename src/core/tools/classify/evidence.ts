import { type Category, isWorse } from '../category.js';

/** A reason to take a tool for something. */
export interface Finding {
  category: Category;
  because: string;
}

const LONGEST_QUOTE = 40;

export function worst(findings: readonly Finding[]): Finding | undefined {
  return findings.reduce<Finding | undefined>(
    (found, each) => (found === undefined || isWorse(each.category, found.category) ? each : found),
    undefined,
  );
}

/** A word of the server's, short enough to be shown within a sentence. */
export function quoted(text: string): string {
  return `"${text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE - 1)}…` : text}"`;
}
