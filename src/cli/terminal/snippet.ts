import type { SourceTexts } from '../../config/policy-error.js';
import type { Diagnostic } from '../../core/policy/document/diagnostic.js';
import { visible } from '../../core/text/visible.js';
import { widthOf } from './text-width.js';

/** UTF-16 code units before and after the marked part that are looked at: a whole file may be one line. */
const NEAR = 500;
const TAB = '    ';

/** A line of a file, as it is shown, and what is marked in it. */
export interface MarkedLine {
  /** Of the line. */
  number: string;
  line: string;
  /** How many columns are before the mark. */
  indent: number;
  /** Columns of the mark. */
  width: number;
}

/**
 * The line where something is wrong, as much of it as fits beside its number. Undefined where the file may not be shown, or
 * is at fault as a whole.
 */
export function snippetOf(
  place: Diagnostic['place'],
  texts: SourceTexts,
  columns: number,
): MarkedLine | undefined {
  const { source = '', line, column, length } = place ?? {};
  const text = texts.get(source);
  if (text === undefined || line === undefined || column === undefined || length === undefined)
    return undefined;
  const number = String(line);
  const whole = lineOf(text, line);
  const from = column - 1;
  const end = from + Math.min(length, NEAR);
  const before = cellsOf(whole.slice(Math.max(from - NEAR, 0), from));
  const marked = cellsOf(whole.slice(from, end));
  const after = cellsOf(whole.slice(end, end + NEAR));
  return { number, ...cut(before, marked, after, columns - number.length - 4) };
}

function lineOf(text: string, line: number): string {
  let start = 0;
  for (let each = 1; each < line; each++) start = text.indexOf('\n', start) + 1;
  const end = text.indexOf('\n', start);
  const whole = text.slice(start, end === -1 ? undefined : end);
  return whole.endsWith('\r') ? whole.slice(0, -1) : whole;
}

/** A character of the file as it is shown. */
interface Cell {
  shown: string;
  width: number;
}

/** A tab becomes spaces, and what hides or reorders text an escape, so that the mark is below what it means. */
function cellsOf(text: string): Cell[] {
  return Array.from(text, (character) => {
    const shown = character === '\t' ? TAB : visible(character);
    return { shown, width: widthOf(shown) };
  });
}

/** As much as fits of what is before and after the mark, more of the former first; `…` where something is left out. */
function cut(
  before: readonly Cell[],
  marked: readonly Cell[],
  after: readonly Cell[],
  room: number,
): Omit<MarkedLine, 'number'> {
  const all = [before, marked, after].map(widthOfAll);
  const [widthBefore = 0, widthMarked = 0, widthAfter = 0] = all;
  if (widthBefore + widthMarked + widthAfter <= room) {
    const line = [...before, ...marked, ...after].map(({ shown }) => shown).join('');
    return { line, indent: widthBefore, width: Math.max(widthMarked, 1) };
  }
  // A third of the room is for what is before the mark, and more where the rest does not need it.
  const roomBefore = Math.max(Math.floor(room / 3), room - widthMarked - widthAfter) - 1;
  const keptBefore =
    widthBefore <= roomBefore ? before : fitting(before.toReversed(), roomBefore).toReversed();
  const head = keptBefore.length < before.length ? '…' : '';
  const indent = widthOfAll(keptBefore) + head.length;
  const rest = [...marked, ...after];
  const isWhole = widthMarked + widthAfter <= room - indent;
  const keptRest = isWhole ? rest : fitting(rest, room - indent - 1);
  const line = [...keptBefore, ...keptRest].map(({ shown }) => shown).join('');
  const width = widthOfAll(keptRest.slice(0, marked.length));
  return { line: `${head}${line}${isWhole ? '' : '…'}`, indent, width: Math.max(width, 1) };
}

/** The first of them, as long as there is room. */
function fitting(cells: readonly Cell[], room: number): Cell[] {
  let left = room;
  const end = cells.findIndex(({ width }) => {
    left -= width;
    return left < 0;
  });
  return cells.slice(0, end === -1 ? undefined : end);
}

function widthOfAll(cells: readonly Cell[]): number {
  return cells.reduce((sum, { width }) => sum + width, 0);
}
