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
