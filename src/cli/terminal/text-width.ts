import stringWidth from 'fast-string-width';

/** Places of a terminal. No line is made narrower. */
const NARROWEST = 8;

/** How many places of a terminal a text takes. Colours take none; nor do control characters, which `visible` shows as escapes. */
export function widthOf(text: string): number {
  return stringWidth(text);
}

/** The text, or as much of its start as fits, followed by `…`. Without colours. */
export function shortened(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let start = '';
  let left = width - 1;
  for (const character of charactersOf(text)) {
    left -= widthOf(character);
    if (left < 0 && start !== '') break;
    start += character;
  }
  return `${start}…`;
}

/** Breaks a text between words, and words that are longer than a line. Lines that are there stay. Without colours. */
export function wrapped(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => wrappedLine(line, Math.max(width, NARROWEST)));
}

/** The lines that follow the first are indented as it is. */
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
    const needed = widthOf(word);
    if (used > indent.length) {
      if (used + 1 + needed > width) end();
      else {
        current += ' ';
        used++;
      }
    }
    for (const piece of used + needed > width ? charactersOf(word) : [word]) {
      const places = widthOf(piece);
      if (used + places > width && used > indent.length) end();
      current += piece;
      used += places;
    }
  }
  end();
  return lines;
}

/**
 * What a reader takes for one character: a flag, a family of emoji, a letter with its accents. None of them is taken apart.
 * A pattern, since `Intl.Segmenter` of Node 20 takes minutes for a word of 200,000 characters.
 */
const CHARACTER =
  /\p{Regional_Indicator}{2}|.(?:[\p{M}\p{Emoji_Modifier}\u{e0020}-\u{e007f}]|\u200d\p{Extended_Pictographic})*/gsu;

function charactersOf(text: string): readonly string[] {
  return text.match(CHARACTER) ?? [];
}
