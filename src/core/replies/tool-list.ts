import type { JsonNode } from '../json/node.js';
import { isFlaw, scanJson, stringValue } from '../json/scan.js';
import { fold } from '../text/fold.js';

/** One tool of a list, as the server wrote it. */
export interface ToolElement {
  name: string;
  /** Where its object is in the line; `end` exclusive. */
  start: number;
  end: number;
  /** The object itself. */
  text: string;
}

/** The line, `result`, `tools`, and each tool. */
const LEVELS = 4;

/** The tools of a response to tools/list; undefined when the line does not have exactly one reading as such. */
export function listedTools(text: string): ToolElement[] | undefined {
  return readList(text)?.tools.map(({ name, element: { start, end } }) => {
    return { name: stringValue(text, name), start, end, text: text.slice(start, end) };
  });
}

/**
 * The line without the tools whose name is hidden. All else stays as it came, except that a page which depends
 * on the policy is nobody else's: `cacheScope`, where there is one, becomes `"private"` (MCP 2026-07-28,
 * utilities/caching), on pages without hidden tools too. Undefined when the line cannot be read as a list.
 */
export function cutTools(
  text: string,
  hidden: (name: string) => boolean,
): { text: string; cut: number } | undefined {
  const list = readList(text);
  if (list === undefined) return undefined;
  const hides = list.tools.map(({ name }) => hidden(stringValue(text, name)));
  const edits = cuts(
    list.tools.map(({ element }) => element),
    hides,
  );
  if (list.cacheScope)
    edits.push({ start: list.cacheScope.start, end: list.cacheScope.end, text: '"private"' });
  return { text: edited(text, edits), cut: hides.filter(Boolean).length };
}

interface ToolList {
  tools: { name: JsonNode; element: JsonNode }[];
  cacheScope: JsonNode | undefined;
}

function readList(text: string): ToolList | undefined {
  const root = scanJson(text, { keep: LEVELS });
  if (isFlaw(root)) return undefined;
  const result = onlyMember(root, 'result');
  const elements = onlyMember(result, 'tools')?.elements;
  if (elements === undefined) return undefined;
  const tools: ToolList['tools'] = [];
  for (const element of elements) {
    const name = onlyMember(element, 'name');
    if (name?.kind !== 'string') return undefined;
    tools.push({ name, element });
  }
  return { tools, cacheScope: result?.members?.get('cacheScope') };
}

/** A member that no other can be taken for: a client that matches keys loosely would see other names than we do. */
function onlyMember(node: JsonNode | undefined, key: string): JsonNode | undefined {
  for (const other of node?.members?.keys() ?? []) if (other !== key && fold(other) === key) return undefined;
  return node?.members?.get(key);
}

interface Edit {
  start: number;
  end: number;
  text: string;
}

/** Each hidden element goes with the comma after it, those at the end of the list with the comma before them. */
function cuts(tools: readonly JsonNode[], hides: readonly boolean[]): Edit[] {
  const edits: Edit[] = [];
  const lastShown = hides.lastIndexOf(false);
  for (const [index, tool] of tools.entries()) {
    const next = tools[index + 1];
    if (hides[index] && next && index < lastShown)
      edits.push({ start: tool.start, end: next.start, text: '' });
  }
  const last = tools.at(-1);
  const firstOfTail = tools[lastShown + 1];
  if (last && firstOfTail) {
    edits.push({ start: tools[lastShown]?.end ?? firstOfTail.start, end: last.end, text: '' });
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
