import { isParticle } from '../vocabulary/nouns.js';
import { type Verb, verbOf } from '../vocabulary/verbs.js';

/** A verb as it is in a sentence: `deletes` is `delete` in the form `s`. */
export interface VerbForm extends Verb {
  word: string;
  form: 'base' | 's' | 'ing';
}

/** What verb a word of a text is, undefined for none. `deleted` is none: what is deleted is not what is done. */
export function verbForm(text: string, next = ''): VerbForm | undefined {
  const word = text.toLowerCase();
  if (isParticle(next)) {
    const joined = verbOf(word + next) ? word + next : word.replace(/s$/, '') + next;
    const verb = verbOf(joined);
    if (verb) return { ...verb, word: joined, form: word.endsWith('s') ? 's' : 'base' };
  }
  const verb = verbOf(word);
  if (verb) return { ...verb, word, form: 'base' };
  if (word.endsWith('s')) return inForm(thirdPerson(word), 's');
  if (word.endsWith('ing') && word.length > 5) return inForm(gerund(word), 'ing');
  return undefined;
}

function inForm(bases: readonly string[], form: VerbForm['form']): VerbForm | undefined {
  for (const word of bases) {
    const verb = verbOf(word);
    if (verb) return { ...verb, word, form };
  }
  return undefined;
}

function thirdPerson(word: string): string[] {
  const bases = [word.slice(0, -1)];
  if (word.endsWith('es')) bases.push(word.slice(0, -2));
  if (word.endsWith('ies')) bases.push(`${word.slice(0, -3)}y`);
  return bases;
}

function gerund(word: string): string[] {
  const stem = word.slice(0, -3);
  const bases = [stem, `${stem}e`];
  if (stem.at(-1) === stem.at(-2)) bases.push(stem.slice(0, -1));
  return bases;
}
