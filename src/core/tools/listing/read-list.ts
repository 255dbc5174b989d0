import type { JsonNode } from '../../json/node.js';
import { isFlaw, isJson, scanJson, stringValue } from '../../json/scan.js';
import { fold } from '../../text/fold.js';
import { type ListedElement, readElement } from './element.js';
import { type Extent, isLike, type OutlineMember, outlineArray, outlineObject } from './outline.js';

/** What an answer to tools/list has. */
export interface ToolListReading {
  elements: readonly ListedElement[];
  /** The values of `cacheScope` (MCP 2026-07-28, utilities/caching). */
  cacheScopes: readonly Extent[];
  /** Why clients may read other elements than these, in one phrase; undefined for nearly all. */
  flaw: string | undefined;
  /** Whether there may be elements that are not among these. */
  complete: boolean;
}

/** The line, `result`, `tools`, and each tool. */
const LEVELS = 4;

/**
 * Reads an answer to tools/list. One odd element says nothing about the others: where each begins and ends is known although
 * something inside of one has no single reading.
 */
export function readToolList(line: string): ToolListReading {
  return readPlainly(line) ?? readOddly(line);
}

/** In one pass, a list in which nothing is odd. */
function readPlainly(line: string): ToolListReading | undefined {
  const root = scanJson(line, { keep: LEVELS });
  if (isFlaw(root)) return undefined;
  const result = onlyMember(root, 'result');
  const listed = onlyMember(result, 'tools')?.elements;
  if (listed === undefined) return undefined;
  const elements: ListedElement[] = [];
  for (const element of listed) {
    const { start, end } = element;
    const name = onlyMember(element, 'name');
    if (name?.kind !== 'string') return undefined;
    const value = stringValue(line, name);
    if (value.includes('\0')) return undefined;
    elements.push({
      start,
      end,
      text: line.slice(start, end),
      names: [value],
      flaw: undefined,
      isJson: true,
    });
  }
  const scope = result?.members?.get('cacheScope');
  return { elements, cacheScopes: scope ? [scope] : [], flaw: undefined, complete: true };
}

/** A member that no other can be taken for: a client that matches keys loosely would see other names than we do. */
function onlyMember(node: JsonNode | undefined, key: string): JsonNode | undefined {
  for (const other of node?.members?.keys() ?? []) if (other !== key && fold(other) === key) return undefined;
  return node?.members?.get(key);
}

function readOddly(line: string): ToolListReading {
  const root = outlineObject(line, Math.max(0, line.search(/[^ \t]/)));
  const results = like(root.parts, 'result');
  const within = results.flatMap(({ value }) =>
    line.startsWith('{', value.start) ? [outlineObject(line, value.start)] : [],
  );
  const members = within.flatMap(({ parts }) => parts);
  const lists = like(members, 'tools').filter(({ value }) => !line.startsWith('null', value.start));
  const arrays = lists.map(({ value }) => outlineArray(line, value.start));
  return {
    elements: arrays.flatMap(({ parts }) => parts.map((span) => readElement(line, span))),
    cacheScopes: like(members, 'cachescope').map(({ value }) => value),
    flaw: flawOf(line, results, lists),
    complete: [root, ...within, ...arrays].every(({ complete }) => complete),
  };
}

function like(members: readonly OutlineMember[], key: string): OutlineMember[] {
  return members.filter((member) => isLike(member.key, key));
}

/** What is wrong around the elements. An answer without any list has nothing to read. */
function flawOf(
  line: string,
  results: readonly OutlineMember[],
  lists: readonly OutlineMember[],
): string | undefined {
  const [list, second] = lists;
  const loose = [...results, ...lists].find(({ key }) => key !== 'result' && key !== 'tools');
  if (results.length > 1 || second || loose) return 'it may be read as several lists';
  if (list && !line.startsWith('[', list.value.start)) return 'its `tools` are not a list';
  const around = list ? `${line.slice(0, list.value.start)}[]${line.slice(list.value.end)}` : line;
  if (isJson(around)) return undefined;
  const scanned = scanJson(around);
  return isFlaw(scanned) ? scanned.flaw : 'it is not JSON';
}
