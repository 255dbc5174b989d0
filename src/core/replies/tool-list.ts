import type { ListedElement } from '../tools/listing/element.js';
import type { Extent } from '../tools/listing/outline.js';
import { readToolList, type ToolListReading } from '../tools/listing/read-list.js';

/** A tool list without what is hidden; or why it has to be kept back as a whole. */
export type CutList =
  | {
      text: string;
      /** How many elements are gone, and how many of these because they cannot be read. */
      cut: number;
      unread: number;
    }
  | { flaw: string };

/**
 * The line without the tools whose name is hidden. All else stays as it came, except that a page which depends
 * on the policy is nobody else's: `cacheScope`, where there is one, becomes `"private"` (MCP 2026-07-28,
 * utilities/caching), on pages without hidden tools too. An element of which it is uncertain what it is called, or which is
 * no JSON, goes too: what is left has the same elements for every parser.
 * @param reading what `readToolList` reads in the line
 */
export function cutTools(
  text: string,
  hidden: (name: string) => boolean,
  reading: ToolListReading = readToolList(text),
): CutList {
  const { elements, cacheScopes, flaw, complete } = reading;
  if (flaw !== undefined || !complete) return { flaw: flaw ?? 'its end cannot be found' };
  const isUnread = ({ names, isJson }: ListedElement) => !isJson || names.length === 0;
  const goes = elements.map((element) => isUnread(element) || element.names.some(hidden));
  const edits: Edit[] = [
    ...cuts(elements, goes),
    ...cacheScopes.map(({ start, end }) => ({ start, end, text: '"private"' })),
  ];
  const cut = goes.filter(Boolean).length;
  return { text: edited(text, edits), cut, unread: elements.filter(isUnread).length };
}

interface Edit extends Extent {
  text: string;
}

/** Each element that goes does so with the comma after it, those at the end of the list with the comma before them. */
function cuts(elements: readonly Extent[], goes: readonly boolean[]): Edit[] {
  const edits: Edit[] = [];
  const lastShown = goes.lastIndexOf(false);
  for (const [index, element] of elements.entries()) {
    const next = elements[index + 1];
    if (goes[index] && next && index < lastShown)
      edits.push({ start: element.start, end: next.start, text: '' });
  }
  const last = elements.at(-1);
  const firstOfTail = elements[lastShown + 1];
  if (last && firstOfTail) {
    edits.push({ start: elements[lastShown]?.end ?? firstOfTail.start, end: last.end, text: '' });
  }
  return edits;
}

function edited(text: string, edits: Edit[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, text: replacement } of edits.sort((one, other) => one.start - other.start)) {
    result += text.slice(at, start) + replacement;
    at = end;
  }
  return result + text.slice(at);
}
