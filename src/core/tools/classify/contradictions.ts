import { isWorse } from '../category.js';
import type { ToolAnnotations } from '../definition.js';
import { type Evidence, quotedWord } from './evidence.js';
import type { NameReading } from './names/read-name.js';
import { assuranceIn } from './texts/phrases.js';
import { type TextReading, worstAct } from './texts/read-text.js';

interface Judged {
  /** What decided; undefined when nothing is known for certain. */
  found: Evidence | undefined;
  name: NameReading;
  text: TextReading;
  annotations: ToolAnnotations;
}

/** Where what the server says of a tool disagrees with what else is known of it. */
export function contradictions({ found, name, text, annotations }: Judged): string[] {
  const { readOnlyHint, destructiveHint } = annotations;
  const sentences: string[] = [];
  const both = readOnlyHint === true && destructiveHint === true;
  if (both)
    sentences.push('It calls itself both read-only (readOnlyHint) and destructive (destructiveHint).');
  if (name.floor?.category === 'read') sentences.push(...ofReading(name.floor, text, annotations));
  if (found === undefined || found.category === 'read') return sentences;
  if (readOnlyHint === true && !(both && found.because.includes('destructiveHint')))
    sentences.push(`It calls itself read-only (readOnlyHint), but: ${found.because}.`);
  if (destructiveHint === false && found.category === 'destructive')
    sentences.push(`It says that it destroys nothing (destructiveHint: false), but: ${found.because}.`);
  const assurance = isWorse(found.category, 'write') ? assuranceIn(text.text) : undefined;
  if (assurance !== undefined)
    sentences.push(`Its description says ${quotedWord(assurance)}, but: ${found.because}.`);
  return sentences;
}

/** What speaks against a name that only reads. */
function ofReading(floor: Evidence, text: TextReading, { destructiveHint }: ToolAnnotations): string[] {
  const lead = worstAct(text.lead);
  const sentences: string[] = [];
  if (destructiveHint === true)
    sentences.push(
      `It calls itself destructive (destructiveHint), but its name only reads: ${floor.because}.`,
    );
  if (lead && isWorse(lead.category, 'read') && !lead.weak)
    sentences.push(
      `Its name only reads (${floor.because}), but its description says ${quotedWord(lead.text)}.`,
    );
  return sentences;
}
