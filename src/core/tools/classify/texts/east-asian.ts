import { glyphVerb } from '../vocabulary/glyph-verbs.js';
import type { Act } from './act.js';

const LONGEST = 40;

/** What the first characters of a text say that the tool does, in a language that puts no blank between words. */
export function glyphActs(text: string): Act[] {
  const found = glyphVerb(text.slice(0, LONGEST));
  if (found === undefined) return [];
  const { category, word } = found;
  return [{ category, text: word, verb: word, certain: true, freeForm: false, weak: false }];
}
