import { assignedSpans } from './assigned-spans.js';
import { withoutSpans } from './spans.js';
import { tokenSpans } from './token-spans.js';

/** A text without any of these, and without a long word, has no secret that could be found. */
const MAY_HOLD_SECRET = /[=:<：＝"'`-]|[\w.~+/]{8}/;

/** The text with every secret in it replaced that can be told by its form, or by the name it is assigned to. Takes one pass. */
export function redactSecrets(text: string): string {
  if (!MAY_HOLD_SECRET.test(text)) return text;
  return withoutSpans(text, [...tokenSpans(text), ...assignedSpans(text)]);
}

/** How far behind a cut secrets are looked for: a part of one would not be recognised. Characters. */
export const SECRET_CONTEXT = 1_024;

/**
 * The beginning of a text without secrets. Takes the same time however long the text is.
 * @param length of what is kept, while secrets are in it. Characters (UTF-16 code units)
 */
export function redactedStart(text: string, length: number): string {
  return redactedPart(text.slice(0, length + SECRET_CONTEXT), 0, length);
}

/** The same of the end of a text. */
export function redactedEnd(text: string, length: number): string {
  const seen = text.slice(-length - SECRET_CONTEXT);
  return redactedPart(seen, Math.max(0, seen.length - length), seen.length);
}

/** Cut by places in the text with secrets: without them it is shorter, and what comes next may be half of one more. */
function redactedPart(text: string, from: number, to: number): string {
  const part = text.slice(from, to);
  if (!MAY_HOLD_SECRET.test(text)) return part;
  const spans = [...tokenSpans(text), ...assignedSpans(text)]
    .filter(({ start, end }) => end > from && start < to)
    .map(({ start, end }) => ({ start: Math.max(start, from) - from, end: Math.min(end, to) - from }));
  return withoutSpans(part, spans);
}
