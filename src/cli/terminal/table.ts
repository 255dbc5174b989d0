import { widthOf } from './text-width.js';

const MARGIN = '  ';
const GAP = '  ';

/** Rows in columns, without borders. A cell may have several lines, and may be coloured. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.split('\n')));
  const widths = head.map((_, column) =>
    cells.reduce(
      (widest, row) => (row[column] ?? []).reduce((most, line) => Math.max(most, widthOf(line)), widest),
      0,
    ),
  );
  return cells.flatMap((row) => rowLines(row, widths)).join('\n');
}

/** @param row the lines of each cell */
function rowLines(row: readonly (readonly string[])[], widths: readonly number[]): string[] {
  const height = row.reduce((most, lines) => Math.max(most, lines.length), 1);
  return Array.from({ length: height }, (_, index) => {
    const parts = widths.map((width, column) => padded(row[column]?.[index] ?? '', width));
    return MARGIN + parts.join(GAP).trimEnd();
  });
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(width - widthOf(text));
}
