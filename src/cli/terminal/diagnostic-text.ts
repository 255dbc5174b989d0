import { placeText, type SourceTexts, shownText } from '../../config/policy-error.js';
import type { Diagnostic } from '../../core/policy/document/diagnostic.js';
import { asTyped } from '../../platform/outer-npx.js';
import { stderrColours } from './paint.js';
import { snippetOf } from './snippet.js';
import { widthOf, wrapped } from './text-width.js';

/** Columns. On a narrower terminal lines break where the terminal breaks them. */
const NARROWEST = 30;

/**
 * A diagnostic for a person at a terminal: what is wrong, the line where it is with a mark below it, and what to do.
 * @param texts what may be shown of the files; of others only the place is named
 * @param columns of the terminal
 */
export function diagnosticText(
  { severity, message, help, place }: Diagnostic,
  texts: SourceTexts,
  columns: number,
): string {
  const paint = stderrColours();
  const colour = { error: paint.red, warning: paint.yellow, info: paint.cyan }[severity];
  const room = Math.max(columns, NARROWEST);
  const snippet = snippetOf(place, texts, room);
  const gutter = ' '.repeat(snippet?.number.length ?? 1);
  const lines = headed(`${severity}: `, shownText(message), room, (head) => paint.bold(colour(head)));
  if (place !== undefined) {
    const where = placeText(place);
    const pointer = shownText(place.pointer);
    const isWide = gutter.length + 5 + widthOf(where) + 2 + widthOf(pointer) > room;
    const behind = pointer === '' ? '' : isWide ? `\n${gutter}     ${pointer}` : `  ${pointer}`;
    lines.push(`${gutter} ${paint.cyan('-->')} ${where}${behind && paint.dim(behind)}`);
  }
  if (snippet) {
    const bar = paint.cyan(`${gutter}  |`);
    lines.push(bar, `${paint.cyan(` ${snippet.number} |`)} ${snippet.line}`);
    lines.push(`${bar} ${' '.repeat(snippet.indent)}${colour('^'.repeat(snippet.width))}`);
  }
  if (help !== undefined) lines.push(...headed('help: ', asTyped(shownText(help)), room, paint.cyan));
  return lines.join('\n');
}

/** A text after a word, which later lines leave room for. */
function headed(head: string, text: string, room: number, paint: (head: string) => string): string[] {
  const [first = '', ...rest] = wrapped(text, room - head.length);
  return [`${paint(head)}${first}`, ...rest.map((line) => `${' '.repeat(head.length)}${line}`)];
}
