import { visible } from '../text/visible.js';
import { markLookalikes } from './lookalike-letters.js';

/** The text as `visible` shows it, in which letters that pass for others are escapes too: for what a person decides about. */
export function unmistakable(text: string): string {
  return visible(markLookalikes(text, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`));
}
