import { isRecord } from '../../../json/is-record.js';
import { type ArgumentPath, ELEMENT } from '../../../policy/conditions/argument-path.js';
import { targetOf } from '../../../tools/schema-reference.js';

type Schema = Readonly<Record<string, unknown>>;
export type JsonType = 'null' | 'boolean' | 'integer' | 'number' | 'string' | 'array' | 'object';

const TYPES: ReadonlySet<unknown> = new Set<JsonType>([
  'null',
  'boolean',
  'integer',
  'number',
  'string',
  'array',
  'object',
]);

/** What the schema of a tool's arguments says of a part of them. */
export type Lookup =
  | { is: 'there'; schemas: readonly unknown[]; root: unknown }
  /** Certainly not declared; `names` are those that are, where it would be. */
  | { is: 'absent'; names: readonly string[]; at: ArgumentPath }
  /** The schema leaves it open. */
  | { is: 'open' };

const OPEN = { is: 'open' } as const;
/** Schemas come from servers, and may refer to each other without end. */
const MOST_PARTS = 500;

/** Looks a part of the arguments up. Only what is certain counts: whatever the schema leaves open may be there. */
export function lookUp(root: unknown, path: ArgumentPath): Lookup {
  let schemas: readonly unknown[] = [root];
  for (const [index, step] of path.entries()) {
    const parts = partsOf(schemas, root);
    if (parts === undefined) return OPEN;
    const next = step === ELEMENT ? elementsOf(parts) : membersOf(parts, step);
    if (next === undefined) return OPEN;
    if (next.length === 0 && step !== ELEMENT)
      return { is: 'absent', names: namesIn(parts), at: path.slice(0, index + 1) };
    schemas = next;
  }
  return { is: 'there', schemas, root };
}

/** The types that a part may have; undefined when the schema does not say. */
export function possibleTypes({
  schemas,
  root,
}: Extract<Lookup, { is: 'there' }>): Set<JsonType> | undefined {
  return union(schemas.map((schema) => typesOfSchema(schema, root, new Set())));
}

/** The only values that a part may have; undefined when there are others. */
export function possibleValues({
  schemas,
  root,
}: Extract<Lookup, { is: 'there' }>): Set<unknown> | undefined {
  return union(schemas.map((schema) => valuesOfSchema(schema, root, new Set())));
}

/** All schemas that may apply to a value: those of `allOf`, `anyOf`, `$ref` and so on are as good as their own. Undefined when some are not known. */
function partsOf(schemas: readonly unknown[], root: unknown): Schema[] | undefined {
  const parts = new Set<Schema>();
  let waiting = [...schemas];
  for (let schema = waiting.pop(); schema !== undefined; schema = waiting.pop()) {
    if (schema === false) continue;
    if (!isRecord(schema) || parts.size >= MOST_PARTS) return undefined;
    if (parts.has(schema)) continue;
    parts.add(schema);
    if ('$dynamicRef' in schema || '$recursiveRef' in schema) return undefined;
    if ('$ref' in schema) {
      const target = targetOf(schema['$ref'], root);
      if (target === undefined) return undefined;
      waiting.push(target);
    }
    for (const key of ['allOf', 'anyOf', 'oneOf']) waiting = waiting.concat(listOf(schema[key]));
    for (const key of ['then', 'else']) if (schema[key] !== undefined) waiting.push(schema[key]);
    if (isRecord(schema['dependentSchemas']))
      waiting = waiting.concat(Object.values(schema['dependentSchemas']));
  }
  return [...parts];
}

/** Empty when the member is certainly not declared. */
function membersOf(parts: readonly Schema[], name: string): unknown[] | undefined {
  const found = parts.flatMap(({ properties }) =>
    isRecord(properties) && Object.hasOwn(properties, name) ? [properties[name]] : [],
  );
  if (found.length > 0) return found;
  const isOpen = parts.some(
    (part) =>
      allows(part['additionalProperties']) ||
      allows(part['unevaluatedProperties']) ||
      part['patternProperties'] !== undefined,
  );
  const isDeclared = parts.some(
    (part) => isRecord(part['properties']) || part['additionalProperties'] === false,
  );
  return isOpen || !isDeclared ? undefined : [];
}

function elementsOf(parts: readonly Schema[]): unknown[] | undefined {
  const found = parts.flatMap(({ items, prefixItems }) => [
    ...(Array.isArray(items) ? items : isRecord(items) ? [items] : []),
    ...listOf(prefixItems),
  ]);
  return found.length > 0 ? found : undefined;
}

function allows(additional: unknown): boolean {
  return additional !== undefined && additional !== false;
}

function namesIn(parts: readonly Schema[]): string[] {
  return [
    ...new Set(parts.flatMap(({ properties }) => (isRecord(properties) ? Object.keys(properties) : []))),
  ];
}

function typesOfSchema(schema: unknown, root: unknown, seen: Set<unknown>): Set<JsonType> | undefined {
  if (!isRecord(schema) || seen.has(schema) || seen.size >= MOST_PARTS) return undefined;
  seen.add(schema);
  const { type } = schema;
  if (typeof type === 'string' || Array.isArray(type)) {
    const types = new Set([type].flat() as JsonType[]);
    if (![...types].every((each) => TYPES.has(each))) return undefined;
    return schema['nullable'] === true ? types.add('null') : types;
  }
  const values = ownValues(schema);
  if (values) return new Set(values.map(typeOfValue));
  if ('$ref' in schema) return typesOfSchema(targetOf(schema['$ref'], root), root, seen);
  for (const key of ['anyOf', 'oneOf'])
    if (Array.isArray(schema[key])) return union(schema[key].map((each) => typesOfSchema(each, root, seen)));
  return listOf(schema['allOf'])
    .map((each) => typesOfSchema(each, root, seen))
    .find((types) => types !== undefined);
}

function valuesOfSchema(schema: unknown, root: unknown, seen: Set<unknown>): Set<unknown> | undefined {
  if (!isRecord(schema) || seen.has(schema) || seen.size >= MOST_PARTS) return undefined;
  seen.add(schema);
  const values = ownValues(schema);
  if (values) return new Set(values);
  if (schema['type'] === 'null') return new Set([null]);
  if ('$ref' in schema) return valuesOfSchema(targetOf(schema['$ref'], root), root, seen);
  for (const key of ['anyOf', 'oneOf'])
    if (Array.isArray(schema[key])) return union(schema[key].map((each) => valuesOfSchema(each, root, seen)));
  return undefined;
}

function ownValues(schema: Schema): unknown[] | undefined {
  if (Array.isArray(schema['enum'])) return schema['enum'];
  return 'const' in schema ? [schema['const']] : undefined;
}

/** The JSON type of a value. Numbers are of the wider type, since 1 and 1.0 are one. */
export function typeOfValue(value: unknown): JsonType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  const type = typeof value;
  return type === 'bigint' ? 'number' : (type as JsonType);
}

function union<T>(sets: readonly (Set<T> | undefined)[]): Set<T> | undefined {
  const found = new Set<T>();
  for (const set of sets) {
    if (set === undefined) return undefined;
    for (const each of set) found.add(each);
  }
  return found.size > 0 ? found : undefined;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
