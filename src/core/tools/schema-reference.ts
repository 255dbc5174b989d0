/** What a reference within the same JSON Schema leads to, by its place (RFC 6901, section 6) or its name. Others are not followed. */
export function targetOf(reference: unknown, root: unknown): unknown {
  if (typeof reference !== 'string') return undefined;
  if (!/^#(?:\/|$)/.test(reference)) return namedSchemas(root).get(reference);
  let target = root;
  for (const step of reference.slice(1).split('/').slice(1)) {
    const key = decoded(step).replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof target !== 'object' || target === null || !Object.hasOwn(target, key)) return undefined;
    target = (target as Readonly<Record<string, unknown>>)[key];
  }
  return target;
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}

const known = new WeakMap<object, ReadonlyMap<string, unknown>>();

/** Values in a schema that are looked at for names. */
const MOST_VALUES = 20_000;

/** Schemas by what they are called: `#anchor`, or their whole id (JSON Schema 2020-12, section 8.2). */
function namedSchemas(root: unknown): ReadonlyMap<string, unknown> {
  if (typeof root !== 'object' || root === null) return new Map();
  const before = known.get(root);
  if (before) return before;
  const found = new Map<string, unknown>();
  const values: unknown[] = [root];
  for (let at = 0; at < values.length && at < MOST_VALUES; at++) {
    const value = values[at];
    if (typeof value !== 'object' || value === null) continue;
    const { $anchor, $dynamicAnchor, $id, id } = value as Readonly<Record<string, unknown>>;
    for (const anchor of [$anchor, $dynamicAnchor])
      if (typeof anchor === 'string') found.set(`#${anchor}`, value);
    for (const name of [$id, id]) if (typeof name === 'string') found.set(name, value);
    for (const member of Object.values(value)) if (values.length < MOST_VALUES) values.push(member);
  }
  known.set(root, found);
  return found;
}
