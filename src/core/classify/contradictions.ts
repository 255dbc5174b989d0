import type { ToolAnnotations } from '../tool-definition.js';
import { type TextReading, worstAct } from './description.js';
import { type Finding, isWorse, quoted } from './finding.js';
import type { NameReading } from './name.js';
import { assuranceIn } from './phrases.js';

interface Judged {
  found: Finding;
  name: NameReading;
  text: TextReading;
  annotations: ToolAnnotations;
}

/** Where what the server says of a tool disagrees with what else is known of it. */
export function contradictions({ found, name, text, annotations }: Judged): string[] {
  const { readOnlyHint, destructiveHint } = annotations;
  const worse = isWorse(found.category, 'read');
  const lead = worstAct(text.lead);
  const assurance = isWorse(found.category, 'write') ? assuranceIn(text.text) : undefined;
  const sentences: string[] = [];
  if (readOnlyHint === true && destructiveHint === true)
    sentences.push('It calls itself both read-only (readOnlyHint) and destructive (destructiveHint).');
  if (readOnlyHint === true && worse && (name.floor || text.lead.length > 0))
    sentences.push(`It calls itself read-only (readOnlyHint), but: ${found.because}.`);
  if (destructiveHint === false && found.category === 'destructive')
    sentences.push(`It says that it destroys nothing (destructiveHint: false), but: ${found.because}.`);
  if (destructiveHint === true && name.floor?.category === 'read')
    sentences.push(
      `It calls itself destructive (destructiveHint), but its name only reads: ${name.floor.because}.`,
    );
  if (name.floor?.category === 'read' && lead && isWorse(lead.category, 'read') && lead.certain)
    sentences.push(`Its name only reads, but its description says ${quoted(lead.text)}.`);
  if (assurance !== undefined)
    sentences.push(`Its description says ${quoted(assurance)}, but: ${found.because}.`);
  return sentences;
}
