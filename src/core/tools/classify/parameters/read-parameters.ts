import { splitIntoWords } from '../../../text/split-words.js';
import { type Evidence, quotedWord, worstEvidence } from '../evidence.js';
import { wordSet } from '../vocabulary/nouns.js';
import { languageOf } from './languages.js';
import {
  choicesIn,
  choicesOf,
  freeRequest,
  MOST_VALUES,
  offersReading,
  operationOf,
  requestOf,
} from './operations.js';
import { partsOfSchema, type SchemaPart } from './schema-parts.js';
import { switchOf } from './switches.js';

/** What the parameters of a tool say of it. */
export interface ParametersReading {
  /** The worst of the operations that a parameter chooses among. */
  operation: Evidence | undefined;
  /** The same of parameters that have to be given, or that offer to read as well: they choose what the tool does. */
  chosen: Evidence | undefined;
  /** Any method of HTTP. */
  request: Evidence | undefined;
  /** A parameter that takes a language: what is done with it is for the rest to say. */
  language: Evidence | undefined;
  /** Whether each such language is one of queries, which a text can limit to asking. */
  asks: boolean;
  /** A parameter whose text says that what it takes is run. */
  run: Evidence | undefined;
  /** A parameter whose name says so, and whose text nothing else. */
  command: Evidence | undefined;
  /** Stages of a query, some of which write: `$out`, `$merge` of MongoDB. */
  stages: Evidence | undefined;
  /** What a yes-or-no parameter switches on. */
  switched: Evidence | undefined;
  /** The same where the name of the tool reads. */
  switchedOfReading: Evidence | undefined;
  /** A file that is written for what comes out. */
  saves: Evidence | undefined;
  /** A sum, and somebody to whom it goes. */
  pays: Evidence | undefined;
  /** What it takes may name a place on this machine. */
  local: boolean;
  /** There are parameters of a tool that changes something: `dryRun`, `overwrite`. */
  changes: boolean;
  /** One of them says whether something that is there is overwritten. */
  overwrites: boolean;
  /** One of them overrules what would hold the tool back. */
  forces: boolean;
  /** There is a schema, and nothing in it takes free text. */
  wordless: boolean;
  /** What is said of languages and queries. */
  texts: string;
}

const LONGEST_NAME = 60;
const LONGEST_TEXT = 300;
const isChoice = wordSet(
  'action operation op method mode command verb subcommand actiontype operationtype function do',
);
const OPERATION = /^(?:action|operation|op)$/;
const FILTERS = /\b(?:filter|only (?:return|show|list|include)|to (?:search|look) for|matching)\b/i;
const LOCAL = /^(?:local[_-]?\w+|path|file[_-]?path|file[_-]?name|directory|folder|dir|to)$/i;
const SAVES =
  /^(?:output|out|save|dest|destination|download|export|write|report|result)[_-]?(?:path|file|filename|filepath|file[_-]?path|dir|directory|folder|to)$|^save[_-]?(?:as|to)$/i;
const SAVES_IF_NEEDED = /^target[_-]?(?:path|file|filename|filepath|dir|directory|folder)$/i;
const METHOD = /^(?:http_?)?(?:method|verb)$/i;
const ADDRESSES = ['url', 'uri', 'endpoint', 'href'];
const OVERWRITES = /^(?:over[_-]?write|clobber|replace[_-]?existing)/i;
const FORCES = /^(?:force|forced|force[_-]?push|force[_-]?with[_-]?lease)$/i;
const CHANGES = /^(?:new[_A-Z]|overwrite|dry[_-]?run|confirm(?:ed)?$|force$|delete|remove|purge)/i;
const STAGES = /^(?:aggregation)?(?:pipelines?|stages)$/;
const NO_WRITING_STAGE =
  /(?:\bno\b|\bnot\b|never|without|reject|forbid|disallow|block|exclud)[^.\n]{0,40}\$(?:out|merge)|\$(?:out|merge)\b[^.\n]{0,60}(?:\bnot\b|reject|forbid|disallow|block|removed)/i;
const AMOUNT =
  /^(?:amount|sum|usd|eur|price)(?:[_-]?(?:cents|minor|units|usd|eur|value|in_?cents|wei|sats|sol))?$|^(?:total|transfer|payment)[_-]?amount$/i;
const PAYEE =
  /^(?:to|recipient|beneficiary|payee|creditor|destination|iban|wallet|receiver|merchant|card|customer|currency|sender|payer)(?:[_-]?(?:account|address|id|iban|wallet|number|name|token|card))?$|^(?:to|from|source|target)[_-]?(?:account|wallet|address|iban)/i;

/** Looks at so many parameters as a tool may have in earnest. */
export function readParameters(schema: unknown): ParametersReading {
  const reading: ParametersReading = {
    operation: undefined,
    chosen: undefined,
    request: undefined,
    language: undefined,
    asks: true,
    run: undefined,
    command: undefined,
    stages: undefined,
    switched: undefined,
    switchedOfReading: undefined,
    saves: undefined,
    pays: undefined,
    local: false,
    changes: false,
    overwrites: false,
    forces: false,
    wordless: typeof schema === 'object' && schema !== null,
    texts: '',
  };
  const parts = partsOfSchema(schema);
  for (const part of parts) lookAt(part, reading);
  const amount = parts.find(({ name }) => AMOUNT.test(name));
  if (amount && parts.some((part) => part !== amount && PAYEE.test(part.name)))
    reading.pays = { category: 'financial', because: `${quotedWord(amount.name)} goes to somebody` };
  return reading;
}

function lookAt(part: SchemaPart, reading: ParametersReading): void {
  const { name, schema, required, beside } = part;
  const words = name.length < LONGEST_NAME ? splitIntoWords(name) : [];
  const text = textOf(schema);
  noteFlags(name, reading);
  const switched = switchOf(name, schema, text);
  reading.switched = worst(reading.switched, switched?.plain);
  reading.switchedOfReading = worst(reading.switchedOfReading, switched?.reading);
  if (SAVES.test(name) || (SAVES_IF_NEEDED.test(name) && required))
    reading.saves ??= { category: 'write', because: `${quotedWord(name)} is where it saves` };
  const values = choicesOf(schema);
  if (METHOD.test(name) && values.length === 0 && ADDRESSES.some((address) => Object.hasOwn(beside, address)))
    reading.request ??= freeRequest(name, text);
  noteChoice(part, words, values, text, reading);
  if (values.length > 0 || /^(?:boolean|number|integer|null)$/.test(String(schema['type']))) return;
  if (part.outer) reading.wordless = false;
  if (STAGES.test(words.join('')) && isOfStages(schema, text))
    reading.stages ??= { category: 'execute', because: `${quotedWord(name)} may have stages that write` };
  noteLanguage(name, words, text, reading);
}

function noteFlags(name: string, reading: ParametersReading): void {
  if (CHANGES.test(name)) reading.changes = true;
  if (OVERWRITES.test(name)) reading.overwrites = true;
  if (FORCES.test(name)) reading.forces = true;
  if (LOCAL.test(name) || SAVES.test(name) || SAVES_IF_NEEDED.test(name)) reading.local = true;
}

function noteChoice(
  { name, schema, required }: SchemaPart,
  words: readonly string[],
  values: readonly string[],
  text: string,
  reading: ParametersReading,
): void {
  const [joined, last = ''] = [words.join(''), words.at(-1)];
  const isOperation = OPERATION.test(last);
  if (!isChoice(joined) && !isOperation) return;
  reading.request ??= requestOf(name, values);
  const listed = values.length > 0 ? values : choicesIn(text);
  const named = listed.length > 0 || !isOperation ? listed : (text.match(/[a-z_-]{3,30}/gi) ?? []);
  const found = operationOf(name, named.slice(0, MOST_VALUES));
  reading.operation = worst(reading.operation, found);
  const always = schema['const'] !== undefined || values.length === 1;
  const chooses = always || (offersReading(listed) && !FILTERS.test(text));
  if (required || chooses) reading.chosen = worst(reading.chosen, found);
}

function noteLanguage(
  name: string,
  words: readonly string[],
  text: string,
  reading: ParametersReading,
): void {
  if (/^(?:query|q)$/.test(words.join(''))) reading.texts += `${text}\n`;
  const found = languageOf(words, text);
  if (found === undefined) return;
  const runs: Evidence = { category: 'execute', because: `what ${quotedWord(name)} takes is run` };
  if (found.runs) reading.run ??= runs;
  if (found.byName)
    reading.command ??= { category: 'execute', because: `free-form ${quotedWord(name)} parameter` };
  if (!found.language) return;
  reading.language ??= { category: 'execute', because: `free-form ${quotedWord(name)} parameter` };
  reading.texts += `${text}\n`;
  if (!found.asks) reading.asks = false;
}

function isOfStages({ type }: SchemaPart['schema'], text: string): boolean {
  return !NO_WRITING_STAGE.test(text) && (type === 'array' || /aggregat|mongo|stage|\$\w+/i.test(text));
}

function worst(one: Evidence | undefined, other: Evidence | undefined): Evidence | undefined {
  return worstEvidence([one, other].filter((each) => each !== undefined));
}

function textOf({ description }: Readonly<Record<string, unknown>>): string {
  return typeof description === 'string' ? description.slice(0, LONGEST_TEXT) : '';
}
