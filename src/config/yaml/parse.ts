import { Composer, type CST, type Document, Lexer, type LineCounter, Parser, YAMLParseError } from 'yaml';

/** Maps and lists in each other. What a person writes needs a tenth of it. */
const MOST_LEVELS = 100;
/** Names, values, marks and spaces. Ten thousand tools with a rule of their own have half as many. */
const MOST_PARTS = 600_000;
/** After so many complaints the text is not read any further. */
const MOST_COMPLAINTS = 100;

/** A text that is not read to its end: reading it would keep every call waiting. */
export class TooMuch extends Error {
  constructor(
    message: string,
    readonly help: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

const OPTIONS = {
  stringKeys: true,
  uniqueKeys: false,
  resolveKnownTags: false,
  logLevel: 'error',
} as const;

/**
 * Reads a text as YAML 1.2, in time that grows no faster than the text.
 * @throws {TooMuch}
 */
export function parse(text: string, lines: LineCounter): Document.Parsed {
  return untraced(() => {
    countLines(text, lines);
    const composer = new Composer({ ...OPTIONS, lineCounter: lines });
    const [first, second] = composer.compose(tokens(text), true, text.length);
    if (first === undefined) throw new Error('a text that has to be a document is one');
    if (second) {
      const [from, to] = second.range;
      first.errors.push(new YAMLParseError([from, to], 'MULTIPLE_DOCS', 'more than one document'));
    }
    return first;
  });
}

/** The reader itself misses the end of some lines that cannot be read, such as `*a: ---`. */
function countLines(text: string, lines: LineCounter): void {
  lines.addNewLine(0);
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
}

/**
 * The steps of the reader's own way from text to tokens, with a look at the levels after each: it takes minutes over
 * a text that is nothing but brackets, and its stack ends before the text does.
 */
function* tokens(text: string): Generator<CST.Token> {
  const parser = new Parser();
  let parts = 0;
  let complaints = 0;
  for (const part of new Lexer().lex(text)) {
    for (const token of parser.next(part)) {
      yield token;
      if (token.type === 'error' && ++complaints === MOST_COMPLAINTS) return;
    }
    if (parser.stack.length > MOST_LEVELS)
      throw new TooMuch('the file is nested too deeply', 'write it flatter', parser.offset);
    if (++parts > MOST_PARTS)
      throw new TooMuch(
        'the file is too long from here on',
        'use globs and categories instead of naming every tool',
        parser.offset,
      );
  }
  yield* parser.end();
}

/** The reader makes an Error for each complaint, and a million of them with their traces take a quarter of a minute. */
function untraced<T>(read: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return read();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
