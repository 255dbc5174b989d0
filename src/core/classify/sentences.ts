/** A stretch of text that says one thing, as the words and the commas of it. */
export type Sentence = readonly string[];

const LONGEST_TEXT = 1500;
const MOST_SENTENCES = 24;
const MOST_TOKENS = 40;
const BREAK = /[\n;|•—–:]|[.!?](?=\s|$)| - |(?<=\s)[-*](?=\s)/g;
const TOKEN = /[\p{L}\p{M}][\p{L}\p{M}\p{N}_'’-]*|[,/&()]/gu;

/** Cuts what a server says of a tool into sentences. Only so much of it is looked at as a person would read. */
export function sentences(text: string): Sentence[] {
  const read = text.length > LONGEST_TEXT ? text.slice(0, LONGEST_TEXT) : text;
  const found: Sentence[] = [];
  for (const part of read.split(BREAK)) {
    const tokens = part.slice(0, 400).match(TOKEN);
    if (!tokens) continue;
    found.push(tokens.slice(0, MOST_TOKENS));
    if (found.length === MOST_SENTENCES) break;
  }
  return found;
}
