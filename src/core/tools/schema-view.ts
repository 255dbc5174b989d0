import { isRecord } from '../json/is-record.js';
import { targetOf } from './schema-reference.js';

/** What the parts of a JSON Schema that people ask for say together: `$ref`, `allOf`, `anyOf` and `oneOf` are looked through. */
export interface SchemaView {
  /** As JSON Schema calls them, in the order in which they come; empty where anything is taken. */
  types: string[];
  /** The schemas of each property, one for each place that describes it. */
  properties: Map<string, unknown[]>;
  /** What every way of fitting the schema needs. */
  required: Set<string>;
  items: unknown;
  /** All that it may be, where that is listed. */
  values: unknown[] | undefined;
  default: unknown;
  description: string | undefined;
  format: string | undefined;
  /** Whether `additionalProperties` says in so many words that any other key is taken. */
  open: boolean;
}

/** How much of a schema is looked at, so that a hostile one costs no more than a large one. Shared by all views of a tool. */
export class Patience {
  constructor(private left = 50_000) {}

  get over(): boolean {
    return this.left <= 0;
  }

  /** False when there is no more. */
  spend(amount = 1): boolean {
    this.left -= amount;
    return this.left >= 0;
  }
}

/** Schemas in each other. What people write needs a few. */
const DEEPEST = 16;

/** Reads one schema of a document. It may be a boolean, or nothing that is a schema at all. */
export function viewOf(schema: unknown, root: unknown, patience: Patience, depth = 0): SchemaView {
  const view = emptyView();
  if (schema === false) view.types = ['nothing'];
  if (!isRecord(schema) || depth > DEEPEST || !patience.spend()) return view;
  addOwn(view, schema, patience);
  const inner = (part: unknown) => viewOf(part, root, patience, depth + 1);
  if ('$ref' in schema) addAll(view, inner(targetOf(schema['$ref'], root)));
  for (const part of listOf(schema['allOf'])) addAll(view, inner(part));
  for (const key of ['anyOf', 'oneOf']) {
    const ways = listOf(schema[key]).map(inner);
    if (ways.length > 0) addAll(view, anyOf(ways));
  }
  return view;
}

function emptyView(): SchemaView {
  return {
    types: [],
    properties: new Map(),
    required: new Set(),
    items: undefined,
    values: undefined,
    default: undefined,
    description: undefined,
    format: undefined,
    open: false,
  };
}

function addOwn(view: SchemaView, schema: Record<string, unknown>, patience: Patience): void {
  const { type, properties, required, additionalProperties, description, format } = schema;
  view.types = (Array.isArray(type) ? type : [type]).filter((each) => typeof each === 'string');
  if (schema['nullable'] === true && !view.types.includes('null')) view.types.push('null');
  for (const [name, each] of Object.entries(isRecord(properties) ? properties : {})) {
    if (!patience.spend()) break;
    view.properties.set(name, [each]);
  }
  for (const name of listOf(required)) if (typeof name === 'string') view.required.add(name);
  view.items = schema['items'] ?? listOf(schema['prefixItems'])[0];
  if (Array.isArray(schema['enum'])) view.values = schema['enum'];
  else if ('const' in schema) view.values = [schema['const']];
  view.default = schema['default'];
  if (typeof description === 'string') view.description = description;
  if (typeof format === 'string') view.format = format;
  view.open = additionalProperties === true || isRecord(additionalProperties);
}

/** Both have to fit. */
function addAll(view: SchemaView, other: SchemaView): void {
  const common = view.types.filter((type) => other.types.includes(type));
  view.types = view.types.length === 0 ? other.types : common.length > 0 ? common : view.types;
  for (const [name, schemas] of other.properties) {
    const known = view.properties.get(name);
    if (known) for (const schema of schemas) known.push(schema);
    else view.properties.set(name, [...schemas]);
  }
  for (const name of other.required) view.required.add(name);
  view.items ??= other.items;
  view.values ??= other.values;
  view.default ??= other.default;
  view.description ??= other.description;
  view.format ??= other.format;
  view.open ||= other.open;
}

/** One of them has to fit. */
function anyOf(ways: readonly SchemaView[]): SchemaView {
  const view = emptyView();
  const anything = ways.some(({ types, values }) => types.length === 0 && values === undefined);
  for (const way of ways) {
    const { description: _, ...rest } = way;
    addAll(view, { ...rest, description: undefined, types: [], required: new Set(), values: undefined });
  }
  const types = ways.flatMap((way) => (way.types.length > 0 ? way.types : (way.values ?? []).map(typeOf)));
  view.types = anything ? [] : [...new Set(types)];
  view.required = new Set(
    [...(ways[0]?.required ?? [])].filter((name) => ways.every(({ required }) => required.has(name))),
  );
  const listed = ways.filter(({ values, types }) => values !== undefined || types.join() !== 'null');
  if (listed.length > 0 && listed.every(({ values }) => values !== undefined))
    view.values = [...new Set(listed.flatMap(({ values }) => values ?? []))];
  return view;
}

/** The type of a value, as JSON Schema calls it. */
export function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
