import { safeText } from '../../clients/diff.js';
import { redact } from '../../core/secrets/redact.js';
import { visible } from '../../core/text/visible.js';

/** A command as it would be typed, without secrets. */
export function commandText(words: readonly string[]): string {
  return safeWords(words)
    .map((word) => visible(/^[\w@%+=:,./\\-]+$/.test(word) ? word : JSON.stringify(word)))
    .join(' ');
}

/** Words without secrets. */
export function safeWords(words: readonly string[]): string[] {
  return (redact([...words]) as string[]).map(safeText);
}
