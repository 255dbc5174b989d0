import { wrapped } from './text-width.js';

/** A text below the one before it, folded between words where a terminal would break it within them. */
export function folded(text: string, indent: number, paint = (line: string) => line): string {
  // A terminal that does not know its width says 0.
  const columns = process.stdout.columns || undefined;
  const lines = columns === undefined ? text.split('\n') : wrapped(text, columns - indent);
  return lines.map((line) => ' '.repeat(indent) + paint(line)).join('\n');
}
