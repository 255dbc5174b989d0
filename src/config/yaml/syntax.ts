import type { Document, LineCounter, YAMLError } from 'yaml';
import type { Problem } from '../problem.js';

/** One slip makes the reader complain many times; the first complaints are the useful ones. */
const MOST_SHOWN = 10;

/** How far into a line a `*` is looked for. Characters. */
const LONGEST_INDENT = 200;

const QUOTE_STAR = 'put quotes around names that begin with a star, such as "*_key": deny';
const QUOTE_COLON = "put quotes around a text with ': ' in it, and begin each key on a line of its own";

/** What the YAML reader says, by its code, in words for people who do not know its API. */
const WORDS: Readonly<Record<string, { message?: string; help: string }>> = {
  ALIAS_PROPS: { help: 'remove the tag or anchor before the * alias' },
  BAD_ALIAS: { help: QUOTE_STAR },
  BAD_COLLECTION_TYPE: { help: 'remove the tag' },
  BAD_DIRECTIVE: { help: 'remove the line that begins with %' },
  BAD_DQ_ESCAPE: { help: "write \\\\ for a backslash, or put the text in single quotes ('…')" },
  BAD_INDENT: { help: 'close what is open, and indent what belongs together alike' },
  BAD_SCALAR_START: { help: 'put quotes around the text' },
  BLOCK_AS_IMPLICIT_KEY: { help: QUOTE_COLON },
  BLOCK_IN_FLOW: { help: QUOTE_COLON },
  MISSING_CHAR: { help: 'close the quote or bracket that is open' },
  MULTIPLE_DOCS: { message: 'a policy file holds one document', help: 'remove the line ---' },
  NON_STRING_KEY: { message: 'a key must be a plain text', help: 'write it out, in quotes where needed' },
  TAB_AS_INDENT: { help: 'indent with spaces' },
  TAG_RESOLVE_FAILED: { help: 'remove the tag; a policy has maps, lists, texts, numbers and true or false' },
  UNEXPECTED_TOKEN: { help: 'put quotes around a text with special characters in it' },
};

/** What stops the text from being read as YAML 1.2 at all. Warnings count: what is not understood is an error. */
export function syntaxProblems(
  { errors, warnings, directives }: Document.Parsed,
  text: string,
  lines: LineCounter,
  source: string,
): Problem[] {
  const flaws: readonly YAMLError[] = [...errors, ...warnings];
  const shown = new Map<number, Problem>();
  for (const flaw of flaws) {
    if (shown.size === MOST_SHOWN) break;
    const { line } = lines.linePos(flaw.pos[0]);
    if (!shown.has(line)) shown.set(line, problemOf(flaw, text, lines, source));
  }
  if (shown.size === 0 && directives?.yaml.version === '1.1') {
    const message = 'policies are YAML 1.2, and the file says %YAML 1.1';
    const help = 'remove the line that begins with %';
    return [{ file: source, line: 1, column: 1, pointer: '', message, help }];
  }
  return [...shown.values()];
}

function problemOf(
  { code, message, pos }: YAMLError,
  text: string,
  lines: LineCounter,
  source: string,
): Problem {
  const { line, col: column } = lines.linePos(pos[0]);
  const start = lines.lineStarts[line - 1] ?? 0;
  const words = WORDS[code];
  const isStar = /^[ \t]*(?:- *)?\*/.test(text.slice(start, start + LONGEST_INDENT));
  return {
    file: source,
    line,
    column,
    pointer: '',
    message: lowerFirst(words?.message ?? message),
    help: isStar ? QUOTE_STAR : (words?.help ?? 'see https://yaml.org/spec/1.2.2'),
  };
}

function lowerFirst(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}
