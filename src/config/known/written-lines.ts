import { isRecord } from '../../core/json/is-record.js';
import type { Path } from '../../core/policy/document/describe-value.js';

/**
 * The line of a value, and after it those of what is in it, in the order in which it lists its keys; the line alone where all
 * of it is on that one.
 */
export type WrittenLines = number | readonly [number, ...WrittenLines[]];

/** Asks for the line of every part of a value. */
export function linesOf(value: unknown, lineOf: (path: Path) => number, path: Path = []): WrittenLines {
  const line = lineOf(path);
  const keys = keysOf(value);
  const inner = keys.map((key) => linesOf(member(value, key), lineOf, [...path, key]));
  return inner.every((each) => each === line) ? line : [line, ...inner];
}

/** The line at a path as it was told, and that of the closest outer part for a path that leads nowhere. */
export function lineFinder(root: unknown, lines: WrittenLines): (path: Path) => number {
  const indexes = new WeakMap<object, Map<string, number>>();
  return (path) => {
    let value = root;
    let at = lines;
    for (const key of path) {
      if (typeof at === 'number' || typeof value !== 'object' || value === null) break;
      const index = indexOf(value, String(key), indexes);
      const inner = index === undefined ? undefined : at[index + 1];
      if (inner === undefined) break;
      at = inner;
      value = member(value, key);
    }
    return typeof at === 'number' ? at : at[0];
  };
}

/** Whether a value of which nothing is known can be the lines of a document. */
export function areLines(value: unknown): value is WrittenLines {
  if (!Array.isArray(value)) return Number.isSafeInteger(value) && (value as number) > 0;
  return value.length > 1 && Number.isSafeInteger(value[0]) && value.every(areLines);
}

/** Looked up through an index, since a policy may have ten thousand tools. */
function indexOf(
  value: object,
  key: string,
  indexes: WeakMap<object, Map<string, number>>,
): number | undefined {
  let index = indexes.get(value);
  if (index === undefined) {
    index = new Map(keysOf(value).map((name, at) => [String(name), at]));
    indexes.set(value, index);
  }
  return index.get(key);
}

function keysOf(value: unknown): readonly (string | number)[] {
  if (Array.isArray(value)) return value.map((_, index) => index);
  return isRecord(value) ? Object.keys(value) : [];
}

function member(value: unknown, key: string | number): unknown {
  return (value as Record<string | number, unknown>)[key];
}
