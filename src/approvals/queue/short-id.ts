import { randomBytes } from 'node:crypto';

/** Letters and digits that nobody takes for each other (RFC 4648 base32 without l, o and i, in lower case). */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const LENGTH = 6;

/** A name for people to type. It need not be hard to guess: knowing it allows nothing. */
export function shortId(): string {
  return [...randomBytes(LENGTH)].map((byte) => LETTERS[byte % LETTERS.length]).join('');
}
