/** A stretch of text that says one thing, as the words and the commas of it. */
export type Sentence = readonly string[];

const LONGEST_TEXT = 1500;
const LONGEST_SENTENCE = 300;
const MOST_SENTENCES = 24;
const MOST_TOKENS = 32;
const BREAK = /[\n;|•—–:]|[.!?](?=\s|$)| - |(?<=\s)[-*](?=\s)/;
/** `[WRITE]`, `(Deprecated)`. */
const TAG = /^\s*[[(][^\])]{1,30}[\])]\s*/;
const FIRST_WORD = /^[^\p{L}]{0,20}(\p{L}{1,20})/u;
const ASCII = /^[\0-\x7f]*$/;
const ASCII_TOKEN = /[A-Za-z][\w'-]*|[,/&()]/g;
const TOKEN = /[\p{L}\p{M}][\p{L}\p{M}\p{N}_'’-]*|[,/&()]/gu;

/** Cuts what a server says of a tool into sentences. Only so much of it is looked at as a person would read. */
export function sentencesOf(text: string): string[] {
  return text.slice(0, LONGEST_TEXT).replace(TAG, '').split(BREAK, MOST_SENTENCES);
}

export function firstWord(sentence: string): string {
  return FIRST_WORD.exec(sentence)?.[1] ?? '';
}

export function sentenceTokens(sentence: string): Sentence {
  const start = sentence.slice(0, LONGEST_SENTENCE);
  return start.match(ASCII.test(start) ? ASCII_TOKEN : TOKEN)?.slice(0, MOST_TOKENS) ?? [];
}
