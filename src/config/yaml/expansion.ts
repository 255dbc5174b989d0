import { type Alias, type Document, isAlias, isCollection, isPair, type Node } from 'yaml';
import type { Flaw } from '../../core/policy/document/diagnostic.js';

/** Names and values, each alias counted as the value it refers to. Ten thousand tools with a rule of their own have half as many. */
const MOST_VALUES = 250_000;
/** Each alias is looked up among all that may be meant. */
const MOST_ANCHORS = 20_000;
/** Aliases of aliases build a tree that is deeper than the text. */
const MOST_LEVELS = 100;

interface Size {
  values: number;
  levels: number;
}

const ONE: Size = { values: 1, levels: 0 };

/**
 * What makes a document too large to be judged by once each alias has become what it refers to. An alias can only name
 * what ends before it, so one walk in the order of the text knows the size of whatever is named.
 */
export function excess(
  parsed: Document.Parsed,
  targets: ReadonlyMap<Alias, Node>,
): Omit<Flaw, 'path'> | undefined {
  const sizes = new Map<unknown, Size>();
  const sizeOf = (node: unknown): Size => {
    const size = isAlias(node) ? (sizes.get(targets.get(node)) ?? ONE) : sum(partsOf(node).map(sizeOf), node);
    if (isAnchored(node)) sizes.set(node, size);
    return size;
  };
  const { values, levels } = sizeOf(parsed.contents);
  if (
    targets.size > 0 &&
    (values > MOST_VALUES || levels > MOST_LEVELS || sizes.size + targets.size > MOST_ANCHORS)
  )
    return {
      message: 'the file refers to its own parts too often',
      help: 'write the values out instead of using * aliases',
    };
  return values > MOST_VALUES
    ? {
        message: `the file holds more than ${MOST_VALUES} names and values`,
        help: 'use globs and categories instead of naming every tool',
      }
    : undefined;
}

function partsOf(node: unknown): readonly unknown[] {
  if (isPair(node)) return [node.key, node.value];
  return isCollection(node) ? node.items : [];
}

function sum(parts: readonly Size[], whole: unknown): Size {
  let { values, levels } = isPair(whole) ? { values: 0, levels: 0 } : ONE;
  for (const part of parts) {
    values += part.values;
    levels = Math.max(levels, part.levels);
  }
  return { values, levels: isCollection(whole) ? levels + 1 : levels };
}

function isAnchored(node: unknown): boolean {
  return typeof node === 'object' && node !== null && 'anchor' in node && node.anchor !== undefined;
}
