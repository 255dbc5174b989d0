/** What is shown in place of a secret. */
export const REDACTED = '[redacted]';

/** A part of a text: offsets in UTF-16 code units, `end` exclusive. */
export interface SecretSpan {
  start: number;
  end: number;
}

/** The text with each of the spans replaced, in whatever order they are found; those that touch become one. */
export function withoutSpans(text: string, spans: readonly SecretSpan[]): string {
  if (spans.length === 0) return text;
  let result = '';
  let done = 0;
  let replaced = -1;
  for (const { start, end } of [...spans].sort((one, other) => one.start - other.start)) {
    if (end <= done && start < done) continue;
    if (start > done || replaced !== done) result += text.slice(done, Math.max(done, start));
    if (start > done || replaced !== done) result += REDACTED;
    done = Math.max(done, end);
    replaced = done;
  }
  return result + text.slice(done);
}
