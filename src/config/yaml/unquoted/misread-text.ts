import type { LineCounter } from 'yaml';
import type { Diagnostic } from '../../../core/policy/document/diagnostic.js';

/** More of a line is not looked at. Characters. */
const LONGEST_LINE = 2000;

/** The keys whose values people write as they think of them, without a look at what YAML makes of the characters. */
const KEY = /(?<before>^[\s-]*|[{,]\s*)(?<key>when|key|sum|reason):[ \t]+/g;

const QUOTE_ALL = 'put the whole text in single quotes, and write each single quote in it twice';

const OPENING = '([{';
const CLOSING = ')]}';

const ENDS_IN_BRACES = /^(?:\}|,\s*[a-z_]+:(?:\s|$))/;

/** A text behind a key, as it is written on one line. */
interface Written {
  key: string;
  value: string;
  /** Where the value begins on its line, counted from 0. */
  from: number;
  /** Whether it stands inside of `{ }`. */
  inBraces: boolean;
  /** Whether it is sure where it ends. A part of a condition is never shown: as a rule it would say something else. */
  isWhole: boolean;
}

/**
 * The error about a condition, a key of a limit or a reason in which YAML takes a character for its own; undefined where the
 * text cannot be read for another cause. It shows the text in single quotes, in which YAML reads nothing into it.
 * @param at the offset of the first thing that the YAML reader did not understand
 */
export function misreadText(
  text: string,
  at: number,
  lines: LineCounter,
  source: string,
): Diagnostic | undefined {
  const { line } = lines.linePos(at);
  const start = lines.lineStarts[line - 1] ?? 0;
  const end = text.indexOf('\n', start);
  const content = text.slice(start, end === -1 ? text.length : end).trimEnd();
  if (content.length > LONGEST_LINE) return undefined;
  const written = writtenBefore(content, at - start, end === -1 ? '' : text.slice(end + 1));
  const cause = written && causeOf(written);
  if (!cause) return undefined;
  const { key, value, from, isWhole } = written;
  return {
    severity: 'error',
    message: `'${key}' ${cause}`,
    help: isWhole ? `put it in single quotes: ${inSingleQuotes(key, value)}` : QUOTE_ALL,
    place: { source, pointer: '', line, column: from + 1, length: Math.max(value.length, 1) },
  };
}

/** The text that a column of a line is in; the last key before the column wins. */
function writtenBefore(content: string, column: number, below: string): Written | undefined {
  const match = [...content.matchAll(KEY)].findLast(({ index, 0: { length } }) => index + length <= column);
  if (!match?.groups) return undefined;
  const { key = '', before = '' } = match.groups;
  const from = match.index + match[0].length;
  const inBraces = /[{,]/.test(before);
  const rest = content.slice(from);
  const { length, isWhole } = extentIn(rest, inBraces, key !== 'reason');
  const value = rest.slice(0, length).trimEnd();
  if (from + value.length < column) return undefined;
  return {
    key,
    value,
    from,
    inBraces,
    isWhole: isWhole && (inBraces || !goesOn(below, match.index + before.length)),
  };
}

/** How far a text is meant to go: over brackets and strings of a condition, up to the next key or the end of the braces. */
function extentIn(rest: string, inBraces: boolean, isExpression: boolean) {
  let depth = 0;
  let quote = '';
  for (let index = 0; index < rest.length; index++) {
    const character = rest.charAt(index);
    if (quote) {
      if (character === '\\') index++;
      else if (character === quote) quote = '';
    } else if (isExpression && (character === '"' || character === "'")) quote = character;
    else if (character === '#' && /\s/.test(rest.charAt(index - 1)))
      return { length: index, isWhole: depth === 0 && !inBraces };
    else if (OPENING.includes(character)) depth++;
    else if (inBraces && depth === 0 && ENDS_IN_BRACES.test(rest.slice(index, index + 40)))
      return { length: index, isWhole: true };
    else if (CLOSING.includes(character)) depth--;
  }
  return { length: rest.length, isWhole: depth === 0 && quote === '' && !inBraces };
}

/** Whether the text has more lines: they are indented further than its key. */
function goesOn(below: string, column: number): boolean {
  const next = /^(?:[ \t]*(?:\r?\n|$))*(?<indent>[ ]*)\S/.exec(below.slice(0, LONGEST_LINE));
  return (next?.groups?.['indent'] ?? '').length > column;
}

/** What YAML reads into the text. The first thing that it would stumble over is the one to name. */
function causeOf({ value, inBraces }: Written): string | undefined {
  const first = value.charAt(0);
  if (first === '!') return 'begins with !, which YAML reads as a tag';
  if (/[@`%]/.test(first)) return `begins with ${first}, which YAML keeps for itself`;
  if (first === '"' || first === "'") {
    const closed = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*\S/.test(value);
    return closed ? `begins with ${first}, and YAML ends the text at the next one` : undefined;
  }
  if (first === '[' || first === '{') return `begins with ${first}, which YAML reads as a list or map`;
  const own = inBraces ? /[[\]{},]|:\s/.exec(value)?.[0].trim() : /:(?=\s)/.exec(value)?.[0];
  if (own === ',') return 'has a comma in it, which ends a text inside of { }';
  if (own === ':') return "has ': ' in it, which YAML reads as the end of a key";
  return own && `has ${own} in it, which YAML reads as its own inside of { }`;
}

/** The line as it should be. */
export function inSingleQuotes(key: string, value: string): string {
  return `\`${key}: '${value.replaceAll("'", "''")}'\``;
}
