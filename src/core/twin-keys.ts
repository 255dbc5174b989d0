import { fold } from './fold.js';
import type { JsonValue } from './value.js';

const known = new WeakMap<object, [string, string] | undefined>();

/**
 * Two keys of one object that a server may take for the same: Go's decoder matches names without regard to case, and
 * takes the last. Such arguments are forwarded as they came, but no condition can say anything certain about them.
 */
export function twinKeys(value: JsonValue): [string, string] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (known.has(value)) return known.get(value);
  const found = Array.isArray(value)
    ? firstOf(value)
    : value instanceof Map
      ? (ownTwins(value) ?? firstOf(value.values()))
      : undefined;
  known.set(value, found);
  return found;
}

function firstOf(values: Iterable<JsonValue>): [string, string] | undefined {
  for (const value of values) {
    const found = twinKeys(value);
    if (found) return found;
  }
  return undefined;
}

function ownTwins(members: Map<string, JsonValue>): [string, string] | undefined {
  const seen = new Map<string, string>();
  for (const key of members.keys()) {
    const folded = fold(key);
    const twin = seen.get(folded);
    if (twin !== undefined) return [twin, key];
    seen.set(folded, key);
  }
  return undefined;
}
