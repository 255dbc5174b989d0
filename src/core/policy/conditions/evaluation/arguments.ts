import { isInexact, type JsonValue } from '../../../json/value.js';

/** CEL refuses an object of a class that it does not know, so whatever touches such a value fails. */
class Uncertain {
  constructor(private readonly why: string) {}

  toString(): string {
    return this.why;
  }
}

const made = new WeakMap<object, unknown>();

/**
 * Arguments in which nothing can be compared that readers read differently, a number out of range or a text that servers
 * in C end at its U+0000; `!=` would hold for it. Made once for each call, since a policy has many conditions.
 */
export function certainArguments(args: JsonValue): unknown {
  if (typeof args !== 'object' || args === null) return args;
  const known = made.get(args) ?? withoutUncertain(args);
  made.set(args, known as object);
  return known;
}

function withoutUncertain(value: JsonValue): unknown {
  if (typeof value === 'string' && value.includes('\0'))
    return new Uncertain('of a string with a U+0000, where some servers end it');
  if (typeof value !== 'object' || value === null) return value;
  if (isInexact(value)) return new Uncertain('of a number that not every reader can hold');
  if (Array.isArray(value)) return value.map(withoutUncertain);
  return new Map([...value].map(([key, member]) => [key, withoutUncertain(member)]));
}
