import {
  type Alias,
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type LineCounter,
  type Node,
  type YAMLMap,
} from 'yaml';
import type { Path } from '../../core/policy/document/describe-value.js';
import type { Part } from '../../core/policy/document/diagnostic.js';
import { writtenSpan } from './written-span.js';

type Indexes = WeakMap<YAMLMap, Map<string, YAMLMap['items'][number]>>;

export interface Location {
  /** Both counted from 1. */
  line: number;
  column: number;
  /** UTF-16 code units on that line; undefined for the whole document. */
  length: number | undefined;
}

/**
 * Finds where the key (or list element) at a path is written, or its value; the closest outer key when the path leads nowhere.
 * A value of several lines is found by its key.
 */
export function locator(
  text: string,
  parsed: Document.Parsed,
  targets: ReadonlyMap<Alias, Node>,
  lines: LineCounter,
): (path: Path, part?: Part) => Location {
  const indexes: Indexes = new WeakMap();
  return (path, part = 'key') => {
    let node: unknown = parsed.contents;
    let key: unknown;
    let reached = true;
    for (const name of path) {
      if (isAlias(node)) node = targets.get(node);
      const next = childOf(node, name, indexes);
      if (next === undefined) {
        reached = false;
        break;
      }
      key = isPair(next) ? next.key : next;
      node = isPair(next) ? next.value : next;
    }
    const span =
      reached && typeof part === 'object' && isScalar(node) ? writtenSpan(node, text, part) : undefined;
    const isValue = reached && part !== 'key' && isWord(node, text);
    const whole = [parsed.contents?.range[0] ?? 0, undefined] as const;
    const [from, to] = span ?? rangeOf(isValue ? node : key) ?? whole;
    // An empty text has no lines.
    const { line, col } = lines.linePos(from);
    const length = to === undefined ? undefined : extentOf(text, from, to);
    return { line: Math.max(line, 1), column: Math.max(col, 1), length };
  };
}

/** How much of a part of a text is on its first line; at least one character. */
export function extentOf(text: string, from: number, to: number): number {
  const end = text.indexOf('\n', from);
  const part = text.slice(from, end === -1 ? to : Math.min(to, end));
  return Math.max(part.trimEnd().length, 1);
}

function childOf(node: unknown, name: string | number, indexes: Indexes): unknown {
  if (isMap(node)) return pairOf(node, String(name), indexes);
  return isSeq(node) ? node.items[Number(name)] : undefined;
}

/** Looked up through an index, since a policy may have ten thousand tools. */
function pairOf(map: YAMLMap, key: string, indexes: Indexes) {
  let index = indexes.get(map);
  if (index === undefined) {
    index = new Map(map.items.map((pair) => [String(isScalar(pair.key) ? pair.key.value : pair.key), pair]));
    indexes.set(map, index);
  }
  return index.get(key);
}

/** Whether a value can be pointed at: it is not empty, no block of lines, and not a map or list over several lines. */
function isWord(node: unknown, text: string): node is Node {
  if (!isNode(node) || !node.range) return false;
  const [from, to] = node.range;
  if (isScalar(node)) return from < to && node.type !== 'BLOCK_LITERAL' && node.type !== 'BLOCK_FOLDED';
  return from < to && (isAlias(node) || !text.slice(from, to).includes('\n'));
}

/** A block of keys or elements is shown by its first one. */
function rangeOf(node: unknown): [number, number] | undefined {
  if (isCollection(node) && !node.flow && node.items[0] !== undefined) {
    const [first] = node.items;
    return rangeOf(isPair(first) ? first.key : first);
  }
  const range = isNode(node) ? node.range : undefined;
  return range ? [range[0], range[1]] : undefined;
}
