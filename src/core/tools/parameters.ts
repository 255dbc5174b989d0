import { isSecretName } from '../secrets/names/secret-name.js';
import { redactSecrets } from '../secrets/text/redact-secrets.js';
import { REDACTED } from '../secrets/text/spans.js';
import { Patience, type SchemaView, typeOf, viewOf } from './schema-view.js';

/** What a tool is called with, as far as its inputSchema says. */
export interface Parameters {
  /** How many there are, without those within others. */
  total: number;
  required: number;
  /** In the order of the schema; those of an object are after it as `a.b`, one level deep. */
  list: Parameter[];
  /** The schema says that any other name is taken too. */
  open: boolean;
  /** Not all is listed. */
  cut: boolean;
}

export interface Parameter {
  name: string;
  /** In words: `text`, `whole number`, `list of text`, `text or null`. */
  type: string;
  required: boolean;
  description: string | undefined;
  /** What it may be, where that is listed. */
  enum: unknown[] | undefined;
  default: unknown;
}

/** More are counted and not listed. */
const MOST_LISTED = 300;
/** Values of one `enum`, members of one value, and characters of one text. */
const MOST_VALUES = 200;
const LONGEST_TEXT = 1_000;
/** Lists of lists of lists. */
const DEEPEST_LIST = 4;

/** What a type or a format may be called. */
const WORD = /^[\w-]{1,30}$/;

const WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: 'true or false',
  object: 'object',
  array: 'list',
  null: 'null',
};

/** Reads the parameters of a tool from its inputSchema, whatever that is. */
export function parametersOf(inputSchema: unknown): Parameters {
  const patience = new Patience();
  const read = (schemas: readonly unknown[]) => viewOf({ allOf: schemas }, inputSchema, patience);
  const view = viewOf(inputSchema, inputSchema, patience);
  const names = namesOf(view);
  const list: Parameter[] = [];
  for (const name of names) {
    if (list.length >= MOST_LISTED) break;
    const own = read(view.properties.get(name) ?? []);
    list.push(parameter(name, view.required.has(name), own, read));
    const [within, prefix] = innerOf(own, name, read);
    for (const inner of namesOf(within).slice(0, Math.max(0, MOST_LISTED - list.length)))
      list.push(
        parameter(
          `${prefix}.${inner}`,
          within.required.has(inner),
          read(within.properties.get(inner) ?? []),
          read,
        ),
      );
  }
  const { size: required } = view.required;
  const cut = patience.over || list.length >= MOST_LISTED;
  return { total: names.length, required, list, open: view.open, cut };
}

/** What is required counts, also where nothing describes it. */
function namesOf({ properties, required }: SchemaView): string[] {
  return [...new Set([...properties.keys(), ...required])];
}

type Read = (schemas: readonly unknown[]) => SchemaView;

/** The object whose keys are after a parameter: itself, or what it is a list of. */
function innerOf(own: SchemaView, name: string, read: Read): [SchemaView, string] {
  if (own.properties.size > 0 || own.items === undefined) return [own, name];
  return [read([own.items]), `${name}[]`];
}

function parameter(name: string, required: boolean, view: SchemaView, read: Read): Parameter {
  return {
    name,
    type: typeWords(view, read),
    required,
    description: view.description,
    enum: (view.values ?? (view.items === undefined ? undefined : read([view.items]).values))
      ?.slice(0, MOST_VALUES)
      .map((value) => bounded(value)),
    default: bounded(withoutSecret(name, view.default)),
  };
}

/** Servers have been seen to put what their environment holds into their schemas. */
function withoutSecret(name: string, value: unknown): unknown {
  if (typeof value !== 'string' || value === '') return value;
  return isSecretName(name) ? REDACTED : redactSecrets(value);
}

function typeWords(view: SchemaView, read: Read, depth = 0): string {
  const types =
    view.types.length > 0
      ? view.types
      : view.properties.size > 0
        ? ['object']
        : [...new Set((view.values ?? []).map(typeOf))];
  if (types.length === 0) return 'anything';
  return types
    .map((type) => {
      if (type === 'array' && view.items !== undefined && depth < DEEPEST_LIST)
        return `list of ${typeWords(read([view.items]), read, depth + 1)}`;
      if (type === 'string' && WORD.test(view.format ?? '')) return `text (${view.format})`;
      return Object.hasOwn(WORDS, type) ? WORDS[type] : WORD.test(type) ? type : 'anything';
    })
    .join(' or ');
}

/** A value that can be written down, however large and deep it came. */
function bounded(value: unknown, depth = 0): unknown {
  if (typeof value === 'string')
    return value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}…` : value;
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEEPEST_LIST) return '…';
  if (Array.isArray(value)) return value.slice(0, MOST_VALUES).map((each) => bounded(each, depth + 1));
  const members = Object.entries(value).slice(0, MOST_VALUES);
  return Object.fromEntries(members.map(([key, each]) => [key, bounded(each, depth + 1)]));
}
