import { visit } from 'jsonc-parser';
import { errorAt } from './config-text.js';

/** How a client reads its JSON beside what all JSON has. */
export interface JsonReader {
  /** It reads comments. */
  comments?: true;
  /** It reads a comma behind the last of a list. */
  trailingCommas?: true;
  /** It reads a file that begins with a byte order mark. */
  mark?: true;
}

/** Something in a file that its own client's reader refuses. */
export interface ReaderFlaw {
  what: string;
  /** Undefined for the whole file. */
  line: number | undefined;
}

/** What of a file its client does not read, the first of each kind. We read more than some clients do. */
export function readerFlaws(text: string, mark: string, reader: JsonReader): ReaderFlaw[] {
  const flaws: ReaderFlaw[] = [];
  const add = (what: string, offset: number) => {
    if (!flaws.some((flaw) => flaw.what === what))
      flaws.push({ what, line: errorAt(what, text, offset).line });
  };
  if (mark !== '' && !reader.mark) flaws.push({ what: 'a byte order mark at its start', line: undefined });
  visit(
    text,
    {
      onComment: (offset) => {
        if (!reader.comments) add('a comment', offset);
      },
      onSeparator: (character, offset) => {
        if (character === ',' && !reader.trailingCommas && isLast(text, offset))
          add('a comma behind the last entry', offset);
      },
    },
    { allowTrailingComma: true },
  );
  return flaws;
}

/** Whether nothing but white space and comments is between a comma and the bracket that ends its list. */
function isLast(text: string, offset: number): boolean {
  const after = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
  after.lastIndex = offset + 1;
  const end = offset + 1 + (after.exec(text)?.[0].length ?? 0);
  return text[end] === '}' || text[end] === ']';
}
