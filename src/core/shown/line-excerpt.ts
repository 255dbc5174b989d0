import { redactSecrets } from '../secrets/text/redact-secrets.js';
import { visible } from '../text/visible.js';

/** How much of a line is searched for secrets, and how much is shown. Characters. */
const LONGEST_READ = 4_000;
const LONGEST_SHOWN = 200;

/** The beginning of a line that a peer wrote, for people: without secrets, and safe to print. */
export function lineExcerpt(line: string): string {
  // What is UTF-16 can be read without them.
  const text = line.slice(0, LONGEST_READ).replaceAll('\0', '').trim();
  const shown = visible(redactSecrets(text));
  return shown.length > LONGEST_SHOWN ? `${shown.slice(0, LONGEST_SHOWN)}…` : shown;
}
