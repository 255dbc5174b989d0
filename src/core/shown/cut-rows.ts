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
export function cutOf(text: string): Cut | undefined {
  const rows = rowsOf(text);
  if (rows.length <= MOST_ROWS) return undefined;
  const start = rows[FIRST_ROWS] ?? 0;
  return { start, end: Math.max(start, rows[rows.length - LAST_ROWS] ?? text.length) };
}

const LINE_FEED = 0x0a;
const BACKSLASH = 0x5c;
const LOWER_N = 0x6e;
const LOWER_U = 0x75;

/** Where each row begins. By steps, not by an expression: one that has a whole line as its match throws where that has megabytes. */
function rowsOf(text: string): number[] {
  const rows = [0];
  let row = 0;
  for (let at = 0; at < text.length; ) {
    const next = at + lengthAt(text, at);
    // A row that is full ends before the next escape or character, be it the end of its line.
    if (next > row + WIDTH) {
      rows.push(at);
      row = at;
    }
    const isEnd = text.charCodeAt(next - 1) === (next - at === 1 ? LINE_FEED : LOWER_N);
    if (isEnd && next < text.length) rows.push(next);
    if (isEnd) row = next;
    at = next;
  }
  return rows;
}

/** Of one escape or character. Code units. */
function lengthAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code !== BACKSLASH) return code >= 0xd800 && (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  const escaped = text.charCodeAt(at + 1);
  if (!(escaped < 0xd800) || escaped === LINE_FEED) return 1;
  UNIT.lastIndex = at;
  return escaped === LOWER_U && UNIT.test(text) ? UNIT.lastIndex - at : 2;
}

/** One of JSON, and one of what cannot be seen. */
const UNIT = /\\u(?:[0-9a-f]{4}|\{[0-9a-f]{1,6}\})/iy;
