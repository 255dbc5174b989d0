import { isRecord } from '../../../json/is-record.js';
import { targetOf } from '../../schema-reference.js';
import { choicesOf } from './operations.js';

/** A parameter, or a member of one, as its schema has it. */
export interface SchemaPart {
  name: string;
  schema: Readonly<Record<string, unknown>>;
  /** Has to be given, as far as its own object says. */
  required: boolean;
  /** The names that are beside it. */
  beside: Readonly<Record<string, unknown>>;
  /** It is one of the tool's own parameters, and not a member of one. */
  outer: boolean;
}

/** As many as a tool may have in earnest; those that come later are not looked at. */
const MOST_PARTS = 400;
/** Objects and lists in each other, and what they refer to. */
const DEEPEST = 8;

/** What holds for the same value as the schema that it is in, one schema or a list of them; and those with a schema for each name. */
const SAME = ['allOf', 'anyOf', 'oneOf', 'if', 'then', 'else', 'not'];
const SAME_BY_NAME = ['dependentSchemas', 'dependencies'];
/** What holds for elements, members and names in it, none of which it names. */
const UNNAMED = [
  ...['prefixItems', 'items', 'additionalItems', 'unevaluatedItems', 'contains'],
  ...['additionalProperties', 'unevaluatedProperties', 'propertyNames'],
];
const REFERENCES = ['$ref', '$dynamicRef'];
/** References that lead to references. */
const MOST_REFERENCES = 4;

/** Where a schema is: what it is the schema of, and how deep. */
interface Place {
  depth: number;
  outer: boolean;
  /** The parameter that it is in, where it is in one. */
  within?: SchemaPart;
}

/** All that an inputSchema names, wherever in it that is: in objects, in lists, behind references, in each of several ways to call the tool. */
export function partsOfSchema(root: unknown): SchemaPart[] {
  const found: SchemaPart[] = [];
  const seen = new Set<unknown>();
  const look = (schema: unknown, place: Place): void => {
    const { depth, outer, within } = place;
    if (!isRecord(schema) || depth > DEEPEST || found.length >= MOST_PARTS || seen.has(schema)) return;
    seen.add(schema);
    const lookIn = (part: unknown, inner: Omit<Place, 'depth'>) => look(part, { ...inner, depth: depth + 1 });
    for (const part of namedIn(schema, root, outer, MOST_PARTS - found.length)) {
      found.push(part);
      lookIn(part.schema, { outer: false, within: part });
    }
    for (const key of REFERENCES) if (key in schema) lookIn(targetOf(schema[key], root), place);
    for (const key of SAME) for (const part of listOf(schema[key])) lookIn(part, place);
    for (const key of SAME_BY_NAME) for (const part of membersOf(schema[key])) lookIn(part, place);
    for (const key of UNNAMED)
      for (const part of listOf(schema[key])) {
        const own = resolved(part, root);
        // The choices of the elements of a list are read with the list.
        const isRead = key === 'items' && within?.schema === schema;
        if (within && isRecord(own) && !isRead && choicesOf(own).length > 0)
          found.push({ ...within, schema: own, required: false, outer: false });
        lookIn(part, { outer: false, ...(within && { within }) });
      }
  };
  look(root, { depth: 0, outer: true });
  return found;
}

/** The properties of an object, also those that a pattern names. */
function namedIn(
  schema: Readonly<Record<string, unknown>>,
  root: unknown,
  outer: boolean,
  most: number,
): SchemaPart[] {
  const { properties, patternProperties, required } = schema;
  const beside = isRecord(properties) ? properties : {};
  const byPattern = isRecord(patternProperties) ? patternProperties : {};
  const named = [
    ...Object.keys(beside)
      .slice(0, most)
      .map((name) => [name, beside[name]] as const),
    ...Object.keys(byPattern)
      .slice(0, most)
      .map((pattern) => [wordsOf(pattern), byPattern[pattern]] as const),
  ];
  return named.slice(0, most).flatMap(([name, written]) => {
    const own = resolved(written, root);
    const isRequired = Array.isArray(required) && required.includes(name);
    return isRecord(own) ? [{ name, schema: own, required: isRequired, beside, outer }] : [];
  });
}

/** `^sql$` names what `sql` does. */
function wordsOf(pattern: string): string {
  return pattern.replace(/\\[a-z]|[^\p{L}\p{N}_-]/giu, '');
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value.slice(0, MOST_PARTS) : [value];
}

function membersOf(value: unknown): unknown[] {
  return isRecord(value) ? Object.values(value).slice(0, MOST_PARTS) : [];
}

/** A schema that is only a reference is what that leads to. */
function resolved(schema: unknown, root: unknown): unknown {
  if (!isRecord(schema)) return schema;
  let found: Readonly<Record<string, unknown>> = schema;
  let reference = referenceOf(schema);
  for (let step = 0; reference !== undefined && step < MOST_REFERENCES; step++) {
    const target = targetOf(reference, root);
    if (!isRecord(target)) break;
    found = { ...target, ...found };
    reference = referenceOf(target);
  }
  return found;
}

function referenceOf(schema: Readonly<Record<string, unknown>>): unknown {
  return schema['$ref'] ?? schema['$dynamicRef'];
}
