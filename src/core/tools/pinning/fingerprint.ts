import { redactedStart } from '../../secrets/text/redact-secrets.js';
import type { Category } from '../category.js';
import type { LockedTool } from './lock.js';
import { withoutOrder } from './without-order.js';

/** Makes a digest that nobody finds another text for. It is passed in, since core has no cryptography. */
export type Digest = (text: string) => string;

/** What an agent or a person reads of a tool, or a client acts on. Icons and `_meta` are neither. */
const PARTS = ['title', 'description', 'annotations', 'outputSchema'] as const;
/** Characters. They only say what has changed: that something has, the whole digest says. */
const SHORT = 12;
/** Deeper schemas are nobody's, and comparing them may take more stack than there is. */
const DEEPEST = 500;

/** Of a description, what is kept to say later what it was. Characters. */
const KEPT = 1_000;

/**
 * What is locked of a tool.
 * @param raw the element of the list as `JSON.parse` reads it
 * @param texts all that is listed under its name, as it was written, where that is not one definition with one reading
 */
export function lockedTool(
  raw: unknown,
  category: Category,
  digest: Digest,
  texts?: readonly string[],
): LockedTool {
  const { name, inputSchema, ...rest } = record(raw);
  const { properties, ...schema } = record(inputSchema);
  const short = (value: unknown) => digest(canonicalJson(value)).slice(0, SHORT);
  const parts = PARTS.filter((part) => rest[part] !== undefined);
  const whole = [name ?? null, inputSchema ?? null, ...PARTS.map((part) => rest[part] ?? null)];
  const { description } = rest;
  try {
    return {
      category,
      definition: digest(canonicalJson(texts ? [...texts].sort() : whole)),
      unordered: digest(canonicalJson(texts ? [...texts].sort() : withoutOrder(whole))).slice(0, 2 * SHORT),
      ...(typeof description === 'string' && { description: redactedStart(description, KEPT) }),
      parts: Object.fromEntries([
        ...parts.map((part) => [part, short(rest[part])] as const),
        ['inputSchema', short(schema)],
      ]),
      arguments: Object.fromEntries(
        Object.entries(record(properties)).map(([argument, value]) => [argument, short(value)]),
      ),
    };
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    return { category, definition: '', parts: {}, arguments: {} };
  }
}

class TooDeep extends Error {}

/** Equal values have equal texts, whatever the order of their keys. */
export function canonicalJson(value: unknown, depth = 0): string {
  if (depth > DEEPEST) throw new TooDeep('too deep');
  if (Array.isArray(value)) return `[${value.map((each) => canonicalJson(each, depth + 1)).join()}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
    return `{${members.map(([key, each]) => `${JSON.stringify(key)}:${canonicalJson(each, depth + 1)}`).join()}}`;
  }
  // A number that is too large is read as Infinity, for which JSON has no word.
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
