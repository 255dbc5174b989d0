import { isRecord } from '../../../json/is-record.js';
import { splitIntoWords } from '../../../text/split-words.js';
import { type Evidence, quotedWord, worstEvidence } from '../evidence.js';
import { wordSet } from '../vocabulary/nouns.js';
import { choicesOf, freeRequest, MOST_VALUES, operationOf, requestOf } from './operations.js';

/** What the parameters of a tool say of it. */
export interface ParametersReading {
  /** The worst of the operations that a parameter chooses among. */
  operation: Evidence | undefined;
  /** The same of parameters that have to be given. */
  required: Evidence | undefined;
  /** Any method of HTTP. */
  request: Evidence | undefined;
  /** A parameter that takes a language: what is done with it is for the rest to say. */
  language: Evidence | undefined;
  /** Whether each such language is one of queries, which a text can limit to asking. */
  asks: boolean;
  /** A parameter whose text says that what it takes is run. */
  run: Evidence | undefined;
  /** A file that has to be named for what comes out. */
  saves: Evidence | undefined;
  /** What it takes may name a place on this machine. */
  local: boolean;
  /** There are parameters of a tool that changes something: `dryRun`, `overwrite`. */
  changes: boolean;
  /** One of them says whether something that is there is overwritten. */
  overwrites: boolean;
  /** One of them overrules what would hold the tool back. */
  forces: boolean;
  /** What is said of languages and queries. */
  texts: string;
}

const MOST_PROPERTIES = 60;
const DEEPEST = 2;
const LONGEST_NAME = 60;
const LONGEST_TEXT = 300;
const isChoice = wordSet(
  'action operation op method mode command verb subcommand actiontype operationtype function do',
);
const OPERATION = /^(?:action|operation|op)$/;
const isLanguage = wordSet(
  'sql command cmd script code javascript js python shell bash statement cypher expression sqlquery sqlstatement rawsql powershell ' +
    'snippet sourcecode',
);
const SPECIAL = /^(?:sql|script|javascript|bash|shell|cypher)$/;
const QUERYING = /^(?:sql|statements?|cypher|query)$/;
const RUN =
  /\b(?:to|be|will be|gets)\s+(?:execut|run\b|evaluat)|\b(?:execut|run|evaluat)(?:e|es|ed|ing)?\s+(?:in|on|inside|against)\b|\b(?:shell|bash|sql|terminal) (?:command|script|statement)/i;
const LOCAL = /^(?:local[_-]?\w+|path|file[_-]?path|file[_-]?name|directory|folder|dir|to)$/i;
const SAVES =
  /^(?:output|out|save|dest|destination|target|download|export)[_-]?(?:path|file|filename|filepath|dir|directory|folder|to)$|^save[_-]?(?:as|to)$/i;
const METHOD = /^(?:http_?)?(?:method|verb)$/i;
const ADDRESSES = ['url', 'uri', 'endpoint', 'href'];
const OVERWRITES = /^(?:over[_-]?write|clobber|replace[_-]?existing)/i;
const FORCES = /^(?:force|forced|force[_-]?push|force[_-]?with[_-]?lease)$/i;
const CHANGES = /^(?:new[_A-Z]|overwrite|dry[_-]?run|confirm(?:ed)?$|force$|delete|remove|purge)/i;

/** Looks at so many parameters as a tool may have in earnest. */
export function readParameters(schema: unknown): ParametersReading {
  const reading: ParametersReading = {
    operation: undefined,
    required: undefined,
    request: undefined,
    language: undefined,
    asks: true,
    run: undefined,
    saves: undefined,
    local: false,
    changes: false,
    overwrites: false,
    forces: false,
    texts: '',
  };
  look(schema, reading, DEEPEST, { left: MOST_PROPERTIES });
  return reading;
}

function look(schema: unknown, reading: ParametersReading, depth: number, budget: { left: number }): void {
  if (!isRecord(schema) || !isRecord(schema['properties'])) return;
  const { properties, required } = schema;
  for (const name in properties) {
    if (budget.left-- <= 0) return;
    const property = properties[name];
    if (!isRecord(property)) continue;
    if (METHOD.test(name) && ADDRESSES.some((address) => Object.hasOwn(properties, address)))
      reading.request ??= methodOf(name, property);
    lookAt(name, property, Array.isArray(required) && required.includes(name), reading);
    if (depth > 0) look(property, reading, depth - 1, budget);
    if (depth > 0) look(property['items'], reading, depth - 1, budget);
  }
}

function lookAt(
  name: string,
  property: Record<string, unknown>,
  required: boolean,
  reading: ParametersReading,
): void {
  const parts = name.length < LONGEST_NAME ? splitIntoWords(name) : [];
  const [joined, last = ''] = [parts.join(''), parts.at(-1)];
  const text = textOf(property);
  if (CHANGES.test(name)) reading.changes = true;
  if (OVERWRITES.test(name)) reading.overwrites = true;
  if (FORCES.test(name)) reading.forces = true;
  if (SAVES.test(name) && required)
    reading.saves ??= { category: 'write', because: `${quotedWord(name)} is where it saves` };
  if (LOCAL.test(name) || SAVES.test(name)) reading.local = true;
  const values = choicesOf(property);
  if (isChoice(joined) || OPERATION.test(last)) {
    reading.request ??= requestOf(name, values);
    const named =
      values.length === 0 && OPERATION.test(last) ? (text.match(/[a-z_-]{3,30}/gi) ?? []) : values;
    noteOperation(operationOf(name, named.slice(0, MOST_VALUES)), required, reading);
  }
  if (values.length > 0 || /^(?:boolean|number|integer)$/.test(String(property['type']))) return;
  if (isLanguage(joined) || SPECIAL.test(last)) noteLanguage(name, parts, text, reading);
  else if (/^(?:query|q)$/.test(joined)) reading.texts += `${text}\n`;
}

/** What a URL is fetched with, where that is a text of any kind. */
function methodOf(name: string, property: Record<string, unknown>): Evidence | undefined {
  if (choicesOf(property).length > 0 || property['const'] !== undefined) return undefined;
  return freeRequest(name, textOf(property));
}

function noteOperation(found: Evidence | undefined, required: boolean, reading: ParametersReading): void {
  if (found === undefined) return;
  reading.operation = worstEvidence([...(reading.operation ? [reading.operation] : []), found]);
  if (required) reading.required = worstEvidence([...(reading.required ? [reading.required] : []), found]);
}

function noteLanguage(
  name: string,
  parts: readonly string[],
  text: string,
  reading: ParametersReading,
): void {
  reading.language ??= { category: 'execute', because: `free-form ${quotedWord(name)} parameter` };
  reading.texts += `${text}\n`;
  if (!parts.some((part) => QUERYING.test(part))) reading.asks = false;
  if (RUN.test(text))
    reading.run ??= { category: 'execute', because: `what ${quotedWord(name)} takes is run` };
}

function textOf({ description }: Record<string, unknown>): string {
  return typeof description === 'string' ? description.slice(0, LONGEST_TEXT) : '';
}
