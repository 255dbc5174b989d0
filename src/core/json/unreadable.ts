import { quote } from '../text/quote.js';

/** Ends a scan: what follows cannot be read, or is too deep to be read. */
export class Unreadable {
  constructor(
    readonly flaw: string,
    readonly at: number,
    /** Whether the text is not JSON at all. */
    readonly malformed = true,
  ) {}
}

/** For a place where the grammar allows something else. */
export function unexpected(text: string, at: number): Unreadable {
  const character = text.charAt(at);
  if (character === '') return new Unreadable('unexpected end', at);
  if (character === '\r' || character === '\n') {
    // RFC 8259 allows it, and line readers of Python and Node split there: one message to us, three to them.
    return new Unreadable('line end between values', at, false);
  }
  return new Unreadable(`unexpected character ${quote(character)}`, at);
}
