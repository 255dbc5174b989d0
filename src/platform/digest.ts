import { createHash } from 'node:crypto';

/** SHA-256 of some texts, told apart. */
export function digestOf(...texts: readonly string[]): string {
  return digestOfAll(texts);
}

/** The same of more texts than a function takes arguments. */
export function digestOfAll(texts: Iterable<string>): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(`${text.length}:`).update(text);
  return hash.digest('base64url');
}
