import { stripVTControlCharacters } from 'node:util';

/** Characters that take two places of a terminal. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/gu;
const MARKS = /[\p{M}]/gu;

/** How many places of a terminal a text takes. */
export function widthOf(text: string): number {
  const plain = stripVTControlCharacters(text).replace(MARKS, '');
  const wide = plain.match(WIDE)?.length ?? 0;
  return [...plain].length + wide;
}

/** The text, or as much of its start as fits, with `…` after it. Without escapes. */
export function shortened(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  return `${startOf(text, width - 1)}…`;
}

/** Breaks a text between words, and words that are longer than a line. Lines that are there stay. */
export function wrapped(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => wrappedLine(line, Math.max(width, 8)));
}

function wrappedLine(line: string, width: number): string[] {
  const lines: string[] = [];
  const indent = /^ */.exec(line)?.[0].slice(0, Math.floor(width / 2)) ?? '';
  let current = indent;
  let used = indent.length;
  const end = () => {
    lines.push(current.trimEnd());
    current = indent;
    used = indent.length;
  };
  for (const word of line.trim().split(/ +/)) {
    let rest = word;
    const gap = used > indent.length ? 1 : 0;
    if (used + gap + widthOf(word) > width && used > indent.length) end();
    else if (gap) {
      current += ' ';
      used++;
    }
    for (;;) {
      const piece = startOf(rest, width - used);
      current += piece;
      used += widthOf(piece);
      rest = rest.slice(piece.length);
      if (rest === '') break;
      end();
    }
  }
  end();
  return lines;
}

/** As much of the start as fits into so many places; at least one character. */
function startOf(text: string, width: number): string {
  let start = '';
  let left = width;
  for (const character of text) {
    left -= widthOf(character);
    if (left < 0 && start !== '') break;
    start += character;
  }
  return start;
}
