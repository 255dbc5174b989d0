import type { SecretSpan } from './spans.js';

/** Lines of a value that are looked at. */
const MOST_LINES = 1_000;
/** The sign of a block scalar (YAML 1.2, section 8.1) and what may follow it on its line. */
const BLOCK = /[|>][+-]?\d?[+-]?[ \t]*(?:#[^\r\n]{0,256})?(?=\r?\n|(?:\\r)?\\n)/y;
const LINE_END = /\r?\n|(?:\\r)?\\n/y;
const HERE_DOCUMENT =
  /(?:\$\([ \t]*\w+[ \t]+)?<<[-~]?[ \t]*\\*["']?([A-Za-z_]\w{0,63})\\*["']?[^\r\n]{0,256}\r?\n/y;

/**
 * A value of several lines, or on the line after its name; undefined when the value is none of these.
 * @param nameStart where the name begins: what belongs to it is indented more
 */
export function blockSpan(text: string, start: number, nameStart: number): SecretSpan | undefined {
  const here = matched(HERE_DOCUMENT, text, start);
  if (here !== undefined) return hereDocument(text, start + here[0].length, here[1] ?? '');
  const sign = matched(BLOCK, text, start);
  const lineEnd = matched(LINE_END, text, start + (sign?.[0].length ?? 0));
  if (lineEnd === undefined) return undefined;
  const first = lineEnd.index + lineEnd[0].length;
  return indentedLines(text, first, indentOf(text, nameStart), sign !== undefined, lineEnd[0]);
}

/** All lines up to the one that ends the document. */
function hereDocument(text: string, start: number, name: string): SecretSpan {
  const word = /^[ \t]*([A-Za-z_]\w{0,63})/gm;
  word.lastIndex = start;
  for (let found = word.exec(text); found !== null; found = word.exec(text))
    if (found[1] === name) return { start, end: Math.max(start, found.index - 1) };
  return { start, end: text.length };
}

/** What is indented more than its name. A single word on the next line is the value of a name with nothing behind it. */
function indentedLines(
  text: string,
  first: number,
  indent: number,
  isBlock: boolean,
  lineEnd: string,
): SecretSpan | undefined {
  const lineAt = lineEnd.startsWith('\\') ? escapedLine : plainLine;
  let at = first;
  let end = first;
  for (let count = 0; count < MOST_LINES && at < text.length; count++) {
    const line = lineAt(text, at);
    if (line === undefined || line.end === at) break;
    const { content } = line;
    const depth = content.length - content.trimStart().length;
    const isItem = !isBlock && depth === indent && /^[ \t]*- /.test(content);
    if (content.trim() !== '' && depth <= indent && !isItem) break;
    if (content.trim() !== '') end = at + content.trimEnd().length;
    at = line.end;
  }
  if (end > first) return { start: first + leadingBlanks(text, first), end };
  const word = /[^\s:=,;"'`<>{}[\]()]{4,256}(?=[ \t]*(?:\r?\n|\\|["'`]|$))/y;
  const alone = isBlock ? undefined : matched(word, text, first);
  return alone && { start: first, end: first + alone[0].length };
}

/** A line without its line end, and where the next one begins. */
interface Line {
  content: string;
  end: number;
}

function plainLine(text: string, start: number): Line | undefined {
  const line = matched(/([^\r\n]*)(?:\r?\n|$)/y, text, start);
  return line && { content: line[1] ?? '', end: start + line[0].length };
}

/** One within a text in quotes. What ends it is looked for first: one expression for all has no room for a line of megabytes. */
function escapedLine(text: string, start: number): Line | undefined {
  const stop = matched(/\\[nr"']|["'`\r\n]|$/g, text, start)?.index ?? text.length;
  const lineEnd = matched(/(?:\\r)?\\n|(?=\\?["'`])|(?=[\r\n])|$/y, text, stop);
  return lineEnd && { content: text.slice(start, stop), end: stop + lineEnd[0].length };
}

function leadingBlanks(text: string, at: number): number {
  return matched(/[ \t]*/y, text, at)?.[0].length ?? 0;
}

/** Blanks at the start of the line that a place is on; a list's dash is one of them. */
function indentOf(text: string, at: number): number {
  const line = /(?:^|\r?\n|\\n)([ \t]*(?:-[ \t]+)?)[^\r\n]*$/.exec(
    text.slice(Math.max(0, at - 512), at).replace(/^[\s\S]*(?=\n)/, ''),
  );
  return line?.[1]?.length ?? 0;
}

function matched(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}
