import { REDACTED } from '../secrets/text/spans.js';

/** One word, as secrets are: nothing that a shell, a query or a reader would take for more. */
const PLAIN = /^[\w.~+/=:@%#!?*,^-]{1,512}$/;

/**
 * Whether what is hidden in arguments may be more than a secret, such as a command after a password: then a person has to see
 * it before it is approved. What cannot be compared may be.
 * @param whole JSON text
 * @param redacted the same without secrets
 */
export function mayHideMore(whole: string, redacted: string | undefined): boolean {
  if (redacted === undefined || !redacted.includes(REDACTED)) return false;
  try {
    return !isPlain(JSON.parse(whole), JSON.parse(redacted));
  } catch {
    return true;
  }
}

function isPlain(whole: unknown, redacted: unknown): boolean {
  if (typeof redacted === 'string') return isPlainText(whole, redacted);
  if (typeof redacted !== 'object' || redacted === null) return true;
  if (typeof whole !== 'object' || whole === null) return false;
  const [all, shown] = [Object.entries(whole), Object.entries(redacted)];
  return (
    all.length === shown.length &&
    all.every(([key, value], at) => {
      const [shownKey, shownValue] = shown[at] ?? [];
      return isPlainText(key, shownKey ?? '') && isPlain(value, shownValue);
    })
  );
}

/** Looks at all from the first to the last that is hidden, which may be more than that. */
function isPlainText(whole: unknown, redacted: string): boolean {
  if (whole === redacted) return true;
  if (typeof whole === 'number') return true;
  const start = redacted.indexOf(REDACTED);
  if (typeof whole !== 'string' || start < 0) return false;
  const behind = redacted.slice(redacted.lastIndexOf(REDACTED) + REDACTED.length);
  const isAround = whole.startsWith(redacted.slice(0, start)) && whole.endsWith(behind);
  return isAround && PLAIN.test(whole.slice(start, whole.length - behind.length));
}
