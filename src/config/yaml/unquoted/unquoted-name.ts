/** How far into a line a name is looked for. Characters. */
const LONGEST_LINE = 400;

/** A name without quotes that begins with a character of YAML's own, and what follows it. */
const NAME =
  /(?<before>^[ \t]*(?:- +)*|[{,][ \t]*)(?<name>[!&*%@`][^\s:,{}]*(?: [^\s:,{}#]+)*?)[ \t]*:(?=\s|$)(?<rest>.*)/g;

/** What YAML reads it as. */
const MEANINGS: Readonly<Record<string, string>> = {
  '!': 'a tag',
  '&': 'an anchor',
  '*': 'an alias',
};

interface UnquotedName {
  said: { message: string; help: string };
  /** Where it is on its line, counted from 1. */
  span: { column: number; length: number };
}

/**
 * The name that an error of the YAML reader is about, where it begins with a character that YAML keeps for itself.
 * @param start the offset of its line
 * @param from where the reader stumbled
 */
export function unquotedName(
  text: string,
  start: number,
  from: number,
  to: number,
): UnquotedName | undefined {
  const end = text.indexOf('\n', start);
  const line = text.slice(start, Math.min(end === -1 ? text.length : end, start + LONGEST_LINE)).trimEnd();
  for (const { index, groups = {} } of line.matchAll(NAME)) {
    const { before = '', name = '', rest = '' } = groups;
    const column = index + before.length;
    const isFirst = !/[{,]/.test(before);
    if (!isFirst && (start + column > to || start + column + name.length + 1 < from)) continue;
    const meaning = MEANINGS[name.charAt(0)];
    const why =
      meaning === undefined ? 'since YAML keeps that character for itself' : `or YAML reads it as ${meaning}`;
    const value = /^\s+(?<word>[a-z_]+)\s*(?:$|[,}#])/.exec(rest)?.groups?.['word'] ?? '…';
    return {
      said: {
        message: `a name that begins with ${name.charAt(0)} must be in quotes, ${why}`,
        help: `write it as "${name}": ${value}`,
      },
      span: { column: column + 1, length: name.length },
    };
  }
  return undefined;
}
