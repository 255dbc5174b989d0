/** Where the beginning of a long text ends and its end begins, as offsets; undefined where all of it is shown. */
export interface Cut {
  start: number;
  end: number;
}

/** A row of a text that is shown. Characters. */
const WIDTH = 80;
/** More rows than this are cut. */
const MOST_ROWS = 24;
const FIRST_ROWS = 14;
const LAST_ROWS = 6;

/**
 * Where laid out JSON is cut that is too long to be seen at once. A text of several lines counts as such, though its line ends
 * are escapes. No escape and no character is split.
 */
export function cutOf(text: string, mostRows = MOST_ROWS): Cut | undefined {
  const rows = rowsOf(text);
  if (rows.length <= mostRows) return undefined;
  const start = between(text, rows[FIRST_ROWS] ?? 0);
  return { start, end: Math.max(start, between(text, rows[rows.length - LAST_ROWS] ?? text.length)) };
}

/** Where each row begins. */
function rowsOf(text: string): number[] {
  const rows = [0];
  for (const { index, 0: line } of text.matchAll(/(?:[^\n\\]|\\[^n\n]|\\(?=\n|$))*(?:\n|\\n)?/g)) {
    for (let at = WIDTH; at < line.length; at += WIDTH) rows.push(index + at);
    if (line !== '' && index + line.length < text.length) rows.push(index + line.length);
  }
  return rows;
}

/** The place itself, or the one before the escape or character that it would split. */
function between(text: string, at: number): number {
  const begun = /\\(?:u[0-9a-f]{0,3})?$/i.exec(text.slice(Math.max(0, at - 5), at));
  if (begun !== null) return at - begun[0].length;
  return /[\udc00-\udfff]/.test(text.charAt(at)) ? at - 1 : at;
}
