import type { JsonValue } from '../../../json/value.js';
import { fold } from '../../../text/fold.js';
import { type FoldedKeys, foldedKeys } from './folded-keys.js';

const known = new WeakMap<object, [string, string] | undefined>();

/**
 * Two keys of one object that a server may take for the same: Go's decoder matches names without regard to case, and
 * takes the last. Such arguments are forwarded as they came, but no condition can say anything certain about them.
 */
export function similarKeys(value: JsonValue, keys = foldedKeys(value)): [string, string] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (known.has(value)) return known.get(value);
  const found = Array.isArray(value)
    ? firstOf(value, keys)
    : value instanceof Map
      ? (ownLookalikes(value, keys) ?? firstOf(value.values(), keys))
      : undefined;
  known.set(value, found);
  return found;
}

/** The words of an expression that may be names of arguments; more than there are does no harm. */
export function namesIn(source: string): ReadonlySet<string> {
  return new Set(source.match(/[\p{L}_][\p{L}\p{N}_-]*/gu));
}

const foldedOf = new WeakMap<ReadonlySet<string>, ReadonlyMap<string, string>>();

/** Names by what is left of them when they are folded, which is the same for each call. */
function foldedNames(names: ReadonlySet<string>): ReadonlyMap<string, string> {
  const known = foldedOf.get(names) ?? new Map([...names].reverse().map((name) => [fold(name), name]));
  foldedOf.set(names, known);
  return known;
}

/**
 * A key that differs from a name in the expression only by case or invisible characters: the expression does not
 * see it, and a server that matches keys loosely does.
 */
export function misspelled(
  value: JsonValue,
  names: ReadonlySet<string>,
  keys = foldedKeys(value),
): [string, string] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value))
    return value.reduce<[string, string] | undefined>(
      (found, each) => found ?? misspelled(each, names, keys),
      undefined,
    );
  if (!(value instanceof Map)) return undefined;
  for (const [key, member] of value) {
    const meant = names.has(key) ? undefined : foldedNames(names).get(keys.fold(key));
    const found: [string, string] | undefined =
      meant === undefined ? misspelled(member, names, keys) : [meant, key];
    if (found) return found;
  }
  return undefined;
}

function firstOf(values: Iterable<JsonValue>, keys: FoldedKeys): [string, string] | undefined {
  for (const value of values) {
    const found = similarKeys(value, keys);
    if (found) return found;
  }
  return undefined;
}

function ownLookalikes(members: Map<string, JsonValue>, keys: FoldedKeys): [string, string] | undefined {
  const seen = new Map<string, string>();
  for (const key of members.keys()) {
    // Servers in C end a key there, so it is a lookalike of whatever they read.
    if (key.includes('\0')) return [key.slice(0, key.indexOf('\0')), key];
    const folded = keys.fold(key);
    const lookalike = seen.get(folded);
    if (lookalike !== undefined) return [lookalike, key];
    seen.set(folded, key);
  }
  return undefined;
}
