import { Script } from 'node:vm';
import { dereference, type OutputUnit, type Schema, type SchemaDraft, validate } from '@cfworker/json-schema';
import { isFlaw, scanJson } from '../../core/json/scan.js';
import { onOneLine } from '../../core/replies/replace-arguments.js';
import { quote } from '../../core/text/quote.js';
import { schemaErrorText } from './schema-error-text.js';

/** What is wrong with arguments, in one sentence; undefined when nothing is. */
export type ArgumentCheck = (argumentsText: string) => string | undefined;

/** Characters. */
const LONGEST_SCHEMA = 256 * 1024;
const LONGEST_ARGUMENTS = 1024 * 1024;
/** As long as one check may take: all else waits meanwhile. Milliseconds. */
const LONGEST_CHECK = 250;

const DIALECTS: Readonly<Record<string, SchemaDraft>> = {
  'json-schema.org/draft/2020-12/schema': '2020-12',
  'json-schema.org/draft/2019-09/schema': '2019-09',
  'json-schema.org/draft-07/schema': '7',
  'json-schema.org/draft-04/schema': '4',
};

/**
 * A check of what a person has made of arguments: one object that every server reads alike, and that fits the schema
 * (MCP 2025-11-25, "JSON Schema Usage": 2020-12 unless `$schema` says otherwise). Undefined for a schema that cannot be
 * used: then arguments are not to be changed. Nothing is ever fetched.
 * @param schemaText as the server wrote it
 */
export function argumentCheck(schemaText: string): ArgumentCheck | undefined {
  const compiled = compile(schemaText);
  return typeof compiled === 'string' ? undefined : (argumentsText) => flawOf(argumentsText, compiled);
}

/** Why arguments cannot be checked against the definition of a tool, in one clause that is safe to print; undefined where they can. */
export function whyNotChecked(toolText: string): string | undefined {
  const schemaText = inputSchemaOf(toolText);
  if (schemaText === undefined) return 'the tool has no inputSchema that can be read';
  const compiled = compile(schemaText);
  return typeof compiled === 'string' ? `the inputSchema of the tool cannot be used: ${compiled}` : undefined;
}

/** The schema in the definition of a tool, as the server wrote it. */
export function inputSchemaOf(toolText: string): string | undefined {
  const tool = scanJson(toolText, { keep: 1, elements: false });
  const schema = isFlaw(tool) ? undefined : tool.members?.get('inputSchema');
  return schema && toolText.slice(schema.start, schema.end);
}

interface Compiled {
  schema: Schema;
  draft: SchemaDraft;
  lookup: Record<string, Schema | boolean>;
}

/** A text says why the schema cannot be used, and which part of it. */
function compile(schemaText: string): Compiled | string {
  if (schemaText.length > LONGEST_SCHEMA) return `it is longer than ${LONGEST_SCHEMA} characters`;
  // The validator passes over these references, and so over what they ask for.
  if (schemaText.includes('$dynamicRef')) return 'it has `$dynamicRef`';
  const scanned = scanJson(schemaText);
  if (isFlaw(scanned)) return `it has no single reading (${scanned.flaw})`;
  if (scanned.kind !== 'object') return `it is ${NOT_OBJECTS[scanned.kind] ?? scanned.kind}, not an object`;
  const schema = JSON.parse(schemaText) as Schema;
  const draft = dialectOf(schema);
  if (draft === undefined) return 'its `$schema` is not a known version of JSON Schema';
  try {
    const lookup = dereference(schema);
    for (const each of Object.values(lookup)) {
      const why = whyUnusable(each, lookup);
      if (why !== undefined) return why;
    }
    const compiled = { schema, draft, lookup };
    inTime(() => errorsOf(Object.create(null), compiled));
    return compiled;
  } catch {
    return 'it cannot be read as JSON Schema';
  }
}

const NOT_OBJECTS: Readonly<Record<string, string>> = {
  array: 'a list',
  string: 'a text',
  number: 'a number',
};

function dialectOf({ $schema }: Schema): SchemaDraft | undefined {
  if ($schema === undefined) return '2020-12';
  const name = String($schema).replace(/^https?:\/\/|#$/g, '');
  return Object.hasOwn(DIALECTS, name) ? DIALECTS[name] : undefined;
}

/** A reference that leads nowhere, or a pattern that cannot be read. */
function whyUnusable(schema: Schema | boolean, lookup: Compiled['lookup']): string | undefined {
  if (typeof schema === 'boolean') return undefined;
  const { $ref, __absolute_ref__: target, pattern, patternProperties } = schema;
  const patterns = [...(pattern === undefined ? [] : [pattern]), ...Object.keys(patternProperties ?? {})];
  for (const each of patterns)
    if (!isPattern(each)) return `its pattern ${quote(String(each))} cannot be read`;
  if ($ref === undefined || lookup[target ?? $ref] !== undefined) return undefined;
  return `its \`$ref\` ${quote(String($ref))} leads nowhere`;
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text, 'u');
    return true;
  } catch {
    return false;
  }
}

function flawOf(argumentsText: string, compiled: Compiled): string | undefined {
  if (argumentsText.length > LONGEST_ARGUMENTS) return 'The arguments are too long.';
  const written = onOneLine(argumentsText);
  if (written === undefined) return notAnObject(argumentsText);
  try {
    return schemaErrorText(inTime(() => errorsOf(JSON.parse(written, withoutPrototype), compiled)));
  } catch {
    return "The arguments cannot be checked against the tool's schema.";
  }
}

function notAnObject(text: string): string {
  const scanned = scanJson(text.replace(/[\r\n]/g, ' '));
  if (isFlaw(scanned)) return `The arguments cannot be read: ${scanned.flaw}.`;
  return scanned.kind === 'object'
    ? 'The arguments cannot be read: line end in a string.'
    : 'The arguments are not an object.';
}

function errorsOf(instance: unknown, { schema, draft, lookup }: Compiled): OutputUnit[] {
  return validate(instance, schema, draft, lookup).errors;
}

/** The validator looks for names such as `constructor`, which every other object has. */
function withoutPrototype(_key: string, value: unknown): unknown {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? Object.setPrototypeOf(value, null) : value;
}

const CALL = new Script('call()');

/**
 * What a function of ours gives back; throws when it takes too long. Patterns are the server's, and some take years for a
 * short text: this is the one way to stop a pattern.
 */
function inTime<T>(call: () => T): T {
  return CALL.runInNewContext({ call }, { timeout: LONGEST_CHECK }) as T;
}
