import { isRecord } from '../../../json/is-record.js';
import { splitIntoWords } from '../../../text/split-words.js';
import { type Category, isWorse } from '../../category.js';
import { type Evidence, quotedWord } from '../evidence.js';
import { glyphVerb } from '../vocabulary/glyph-verbs.js';
import { verbOf } from '../vocabulary/verbs.js';

export const MOST_VALUES = 40;
const HTTP_METHOD = /^(?:get|head|options|post|put|patch|delete|trace|connect)$/i;
const HTTP_METHODS = /\b(?:GET|HEAD|OPTIONS|POST|PUT|PATCH|DELETE|TRACE|CONNECT)\b/g;
const HTTP_ASKING = /^(?:get|head|options)$/i;
/** A parameter of this name, or values that only HTTP has, are of HTTP: `get` and `put` alone are of any store. */
const HTTP_NAME = /method|verb|http/i;
const HTTP_ONLY = /^(?:POST|PATCH|HEAD|OPTIONS|[A-Z]+)$/;
/** `build_failed`, `created`: what happened, not what is to be done. */
const PAST = /ed$/;
const NAMES_CHOICES =
  /\b(?:one of|either|any of|options? (?:are|is|include)|values? (?:are|is)|actions?:|operations?:|modes?:|can be|may be|must be|supported|supports|allowed|valid|possible|choose|available)\b|\w+\s*\|\s*\w+|["'`]\w+["'`]\s*(?:,|\/|or)\s*["'`]\w+/i;
const LONGEST_CHOICES = 300;

/** What a parameter lets be chosen: `enum`, `const`, or what `anyOf` and `oneOf` name one by one. */
export function choicesOf(property: Readonly<Record<string, unknown>>): string[] {
  const items = property['items'];
  const alternatives = [property, ...few(property['anyOf']), ...few(property['oneOf']), items].filter(
    isRecord,
  );
  const found = alternatives.flatMap((each) => [each['const'], ...few(each['enum'])]);
  return found.filter((value) => typeof value === 'string');
}

/** What a text says that may be chosen: `one of get, update, delete`. */
export function choicesIn(text: string): string[] {
  return NAMES_CHOICES.test(text)
    ? (text.slice(0, LONGEST_CHOICES).match(/[\p{L}_-]{2,30}/gu) ?? []).slice(0, MOST_VALUES)
    : [];
}

/** Any method of HTTP is any call; undefined when not that is chosen. */
export function requestOf(name: string, values: readonly string[]): Evidence | undefined {
  if (!areMethods(name, values) || values.every((value) => HTTP_ASKING.test(value))) return undefined;
  return { category: 'execute', because: `any HTTP ${quotedWord(name)}` };
}

function areMethods(name: string, values: readonly string[]): boolean {
  if (values.length < 2 || !values.every((value) => HTTP_METHOD.test(value))) return false;
  return HTTP_NAME.test(name) || values.some((value) => HTTP_ONLY.test(value));
}

/** A method of HTTP that is not listed: it may be any, unless the text names only those that ask. */
export function freeRequest(name: string, text: string): Evidence | undefined {
  const named = text.match(HTTP_METHODS) ?? [];
  if (named.length > 0) return requestOf(name, named);
  if (text !== '' && !/\bHTTP\b/i.test(text)) return undefined;
  return { category: 'execute', because: `any HTTP ${quotedWord(name)}` };
}

/** The worst operation that can be chosen. */
export function operationOf(name: string, values: readonly string[]): Evidence | undefined {
  if (areMethods(name, values)) return undefined;
  let found: { category: Category; value: string } | undefined;
  for (const value of values) {
    const category = categoryOf(value);
    if (category && (!found || isWorse(category, found.category))) found = { category, value };
  }
  return (
    found && { category: found.category, because: `${quotedWord(name)} may be ${quotedWord(found.value)}` }
  );
}

/** The values that run, destroy or pay, and those that are known to do no more than write. */
export function sortedByDanger(values: readonly string[]): { dangerous: string[]; mild: string[] } {
  const dangerous = values.filter((value) => isWorse(categoryOf(value) ?? 'read', 'write'));
  const mild = values.filter((value) => categoryOf(value) !== undefined && !dangerous.includes(value));
  return { dangerous, mild };
}

/** Whether a parameter of this name says what is to be done. */
export function isOperationName(name: string): boolean {
  return (
    /^(?:action|operation|op|method|mode|command|verb)$/i.test(name) ||
    /(?:_|-)(?:action|operation)$/i.test(name)
  );
}

function categoryOf(value: string): Category | undefined {
  const parts = splitIntoWords(value.slice(0, 60));
  if (PAST.test(parts.at(-1) ?? '')) return undefined;
  const verb = parts.map((part) => verbOf(part)).find((each) => each && each.kind !== 'vague');
  return verb?.category ?? glyphVerb(value)?.category;
}

/** Whether one of the values says that it reads: then they are what the tool does, and not what it looks for. */
export function offersReading(values: readonly string[]): boolean {
  return values.some((value) => categoryOf(value) === 'read');
}

function few(value: unknown): unknown[] {
  return Array.isArray(value) ? value.slice(0, MOST_VALUES) : [];
}
