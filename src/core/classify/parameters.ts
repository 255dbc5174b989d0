import type { Category } from '../classify.js';
import { words } from '../words.js';
import { type Finding, isWorse, quoted } from './finding.js';
import { wordSet } from './nouns.js';
import { verbOf } from './verbs.js';

/** What the parameters of a tool say of it. */
export interface ParametersReading {
  /** Operations that a parameter chooses among: the worst. */
  operation: Finding | undefined;
  /** A parameter that takes a language: what runs it is for the rest to say. */
  language: Finding | undefined;
  /** Whether that is a language of queries, which a text can limit to asking. */
  asks: boolean;
  /** A parameter whose text says that what it takes is run. */
  run: Finding | undefined;
  /** A file that has to be named for what comes out. */
  saves: Finding | undefined;
  /** What it takes may name a place on this machine. */
  local: boolean;
  /** Parameters of a tool that changes something: `dryRun`, `overwrite`. */
  changes: boolean;
  /** It says that of a query language only asking is admitted, in its parameters' texts. */
  texts: string;
}

const MOST_PROPERTIES = 60;
const MOST_VALUES = 40;
const DEEPEST = 2;
const isChoice = wordSet(
  'action operation op method mode command verb activity subcommand event_ task actiontype operationtype function do',
);
const isLanguage = wordSet(
  'sql command cmd script code javascript js python shell bash statement cypher expression sqlquery sqlstatement rawsql ' +
    'powershell snippet sourcecode',
);
const isQueryLanguage = (parts: readonly string[]) =>
  parts.some((part) => /^(?:sql|statements?|cypher|query)$/.test(part));
const RUN =
  /\b(?:to|be|will be|gets)\s+(?:execut|run\b|evaluat)|\b(?:execut|run|evaluat)(?:e|es|ed|ing)?\s+(?:in|on|inside|against)\b|\b(?:shell|bash|sql|terminal) (?:command|script|statement)/i;
const HTTP_METHOD = /^(?:get|head|options|post|put|patch|delete|trace|connect)$/i;
const HTTP_ASKING = /^(?:get|head|options)$/i;
const LOCAL = /^(?:local[_-]?\w+|path|file[_-]?path|file[_-]?name|directory|folder|dir|to)$/i;
const SAVES =
  /^(?:output|out|save|dest|destination|target|download|export)[_-]?(?:path|file|filename|filepath|dir|directory|folder|to)$|^save[_-]?(?:as|to)$/i;
const CHANGES = /^(?:new[_A-Z]|overwrite|dry[_-]?run|confirm(?:ed)?$|force$|delete|remove|purge)/i;

/** Looks at so many parameters as a tool may have in earnest. */
export function readParameters(schema: unknown): ParametersReading {
  const reading: ParametersReading = {
    operation: undefined,
    language: undefined,
    asks: true,
    run: undefined,
    saves: undefined,
    local: false,
    changes: false,
    texts: '',
  };
  look(schema, reading, DEEPEST, { left: MOST_PROPERTIES });
  return reading;
}

function look(schema: unknown, reading: ParametersReading, depth: number, budget: { left: number }): void {
  if (!isRecord(schema) || !isRecord(schema['properties'])) return;
  const properties = schema['properties'];
  for (const name in properties) {
    if (budget.left-- <= 0) return;
    const property = properties[name];
    if (!isRecord(property)) continue;
    lookAt(name, property, reading);
    if (SAVES.test(name) && Array.isArray(schema['required']) && schema['required'].includes(name))
      reading.saves ??= { category: 'write', because: `${quoted(name)} is where it saves` };
    if (depth > 0) look(property, reading, depth - 1, budget);
    if (depth > 0) look(property['items'], reading, depth - 1, budget);
  }
}

function lookAt(name: string, property: Record<string, unknown>, reading: ParametersReading): void {
  const parts = name.length < 60 ? words(name) : [];
  const joined = parts.join('');
  const values = choices(property);
  const text = typeof property['description'] === 'string' ? property['description'].slice(0, 300) : '';
  const choosing = isChoice(joined) || /^(?:action|operation|op)$/.test(parts.at(-1) ?? '');
  if (choosing && values.length > 0) note(reading, operationOf(name, values));
  if (CHANGES.test(name)) reading.changes = true;
  if (LOCAL.test(name) || SAVES.test(name)) reading.local = true;
  if (values.length > 0) return;
  if (choosing && /^(?:action|operation|op)$/.test(parts.at(-1) ?? ''))
    note(reading, operationOf(name, (text.match(/[a-z_-]{3,30}/gi) ?? []).slice(0, MOST_VALUES)));
  if (
    isLanguage(joined) ||
    (isLanguage(parts.at(-1) ?? '') &&
      /^(?:sql|script|javascript|bash|shell|cypher)$/.test(parts.at(-1) ?? ''))
  ) {
    if (property['type'] !== 'boolean' && property['type'] !== 'number' && property['type'] !== 'integer') {
      reading.language ??= { category: 'execute', because: `free-form ${quoted(name)} parameter` };
      if (!isQueryLanguage(parts)) reading.asks = false;
      reading.texts += `${text}\n`;
      if (RUN.test(text))
        reading.run ??= { category: 'execute', because: `what ${quoted(name)} takes is run` };
    }
  } else if (/^(?:query|q)$/.test(joined)) reading.texts += `${text}\n`;
}

function note(reading: ParametersReading, finding: Finding | undefined): void {
  if (finding && (!reading.operation || isWorse(finding.category, reading.operation.category)))
    reading.operation = finding;
}

/** `enum`, or what `anyOf` and `oneOf` name one by one. */
function choices(property: Record<string, unknown>): string[] {
  const listed = Array.isArray(property['enum']) ? property['enum'] : [];
  const alternatives = [property['anyOf'], property['oneOf']].flatMap((each) =>
    Array.isArray(each) ? each.slice(0, MOST_VALUES) : [],
  );
  const found = alternatives.flatMap((each) =>
    isRecord(each) ? [each['const'], ...(Array.isArray(each['enum']) ? each['enum'] : [])] : [],
  );
  return [...listed.slice(0, MOST_VALUES), ...found].filter(
    (value): value is string => typeof value === 'string',
  );
}

function operationOf(name: string, values: readonly string[]): Finding | undefined {
  const methods = values.filter((value) => HTTP_METHOD.test(value));
  if (methods.length > 1 && methods.length === values.length)
    return methods.every((value) => HTTP_ASKING.test(value))
      ? undefined
      : { category: 'execute', because: `any HTTP ${quoted(name)}` };
  let found: { category: Category; value: string } | undefined;
  for (const value of values) {
    const verb = words(value.slice(0, 60))
      .map((part) => verbOf(part))
      .find((each) => each && each.kind !== 'vague');
    if (verb && (!found || isWorse(verb.category, found.category)))
      found = { category: verb.category, value };
  }
  return found && { category: found.category, because: `${quoted(name)} may be ${quoted(found.value)}` };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
