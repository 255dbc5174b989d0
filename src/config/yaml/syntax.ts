import type { Document, LineCounter, YAMLError } from 'yaml';
import type { Diagnostic, Place } from '../../core/policy/document/diagnostic.js';
import { extentOf } from './locate.js';
import { misreadText } from './unquoted/misread-text.js';
import { unquotedName } from './unquoted/unquoted-name.js';

/** One slip makes the reader report many errors; the first are the useful ones. */
const MOST_SHOWN = 10;

const QUOTE_STAR = 'write it as in "*_key": deny';
const QUOTE_COLON = "put quotes around a string with ': ' in it, and begin each key on a line of its own";

/** Not: remove it. What reads as a tag may be the `!` of a condition, and without it the condition says the opposite. */
const QUOTE_TAG = 'put quotes around a string that begins with !; a policy has no tags';

/** The errors of the YAML reader by their codes, in words for people who do not know its API. */
const WORDS: Readonly<Record<string, { message?: string; help: string }>> = {
  ALIAS_PROPS: { help: 'put quotes around a string that begins with ! or &' },
  BAD_ALIAS: { help: QUOTE_STAR },
  BAD_COLLECTION_TYPE: { help: QUOTE_TAG },
  BAD_DIRECTIVE: { help: 'remove the line that begins with %' },
  BAD_DQ_ESCAPE: { help: "write \\\\ for a backslash, or put the string in single quotes ('…')" },
  BAD_INDENT: {
    help: 'close the quote or bracket that is open, and indent lines that belong together alike',
  },
  BAD_SCALAR_START: { help: 'put quotes around the string' },
  BLOCK_AS_IMPLICIT_KEY: { help: QUOTE_COLON },
  BLOCK_IN_FLOW: { help: QUOTE_COLON },
  MISSING_CHAR: { help: 'close the quote or bracket that is open' },
  MULTIPLE_DOCS: { message: 'a policy file holds one document', help: 'remove the line ---' },
  NON_STRING_KEY: { message: 'a key must be a string', help: 'write it out, in quotes where needed' },
  TAB_AS_INDENT: { help: 'indent with spaces' },
  MULTIPLE_TAGS: { help: QUOTE_TAG },
  TAG_RESOLVE_FAILED: { help: QUOTE_TAG },
  UNEXPECTED_TOKEN: { help: 'put quotes around a string with special characters in it' },
};

/** What stops the text from being read as YAML 1.2 at all. Warnings are errors: what is not understood cannot be used. */
export function syntaxErrors(
  { errors, warnings, directives }: Document.Parsed,
  text: string,
  lines: LineCounter,
  source: string,
): Diagnostic[] {
  const found: readonly YAMLError[] = [...errors, ...warnings];
  const shown = new Map<number, Diagnostic>();
  // The reader lists what it notices late after the rest, and only the first thing in a text tells what it stumbled over.
  const first = found.reduce((least, { pos: [at] }) => Math.min(least, at), Number.POSITIVE_INFINITY);
  const misread = found.length > 0 ? misreadText(text, first, lines, source) : undefined;
  // What follows are its consequences, since the reader has lost its way in the braces and quotes.
  if (misread) return [misread];
  for (const error of found) {
    if (shown.size === MOST_SHOWN) break;
    const { line } = lines.linePos(error.pos[0]);
    if (!shown.has(line)) shown.set(line, diagnosticFor(error, text, lines, source));
  }
  if (shown.size === 0 && directives?.yaml.version === '1.1') {
    const message = 'policies are YAML 1.2, and the file says %YAML 1.1';
    const help = 'remove the line that begins with %';
    const place: Place = { source, pointer: '', line: 1, column: 1, length: extentOf(text, 0, text.length) };
    return [{ severity: 'error', message, help, place }];
  }
  return [...shown.values()];
}

function diagnosticFor(
  { code, message, pos: [from, to] }: YAMLError,
  text: string,
  lines: LineCounter,
  source: string,
): Diagnostic {
  const { line, col } = lines.linePos(from);
  const start = lines.lineStarts[line - 1] ?? 0;
  const place = { source, pointer: '', line };
  const name = unquotedName(text, start, from, to);
  if (name) return { severity: 'error', ...name.said, place: { ...place, ...name.span } };
  const words = WORDS[code];
  return {
    severity: 'error',
    message: lowerFirst(words?.message ?? message),
    help: words?.help ?? 'see https://yaml.org/spec/1.2.2',
    place: { ...place, column: col, length: extentOf(text, from, to) },
  };
}

function lowerFirst(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}
