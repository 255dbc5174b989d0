import { isRecord } from '../../../json/is-record.js';
import { splitIntoWords } from '../../../text/split-words.js';
import { type Category, isWorse } from '../../category.js';
import { type Evidence, quotedWord } from '../evidence.js';
import { verbOf } from '../vocabulary/verbs.js';

export const MOST_VALUES = 40;
const HTTP_METHOD = /^(?:get|head|options|post|put|patch|delete|trace|connect)$/i;
const HTTP_METHODS = /\b(?:GET|HEAD|OPTIONS|POST|PUT|PATCH|DELETE|TRACE|CONNECT)\b/g;
const HTTP_ASKING = /^(?:get|head|options)$/i;
/** `build_failed`, `created`: what happened, not what is to be done. */
const PAST = /ed$/;

/** What a parameter lets be chosen: `enum`, or what `anyOf` and `oneOf` name one by one. */
export function choicesOf(property: Readonly<Record<string, unknown>>): string[] {
  const alternatives = [...few(property['anyOf']), ...few(property['oneOf'])].filter(isRecord);
  const found = alternatives.flatMap((each) => [each['const'], ...few(each['enum'])]);
  return [...few(property['enum']), ...found].filter((value) => typeof value === 'string');
}

/** Any method of HTTP is any call; undefined when not that is chosen. */
export function requestOf(name: string, values: readonly string[]): Evidence | undefined {
  const any = values.length > 1 && values.every((value) => HTTP_METHOD.test(value));
  if (!any || values.every((value) => HTTP_ASKING.test(value))) return undefined;
  return { category: 'execute', because: `any HTTP ${quotedWord(name)}` };
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
  if (values.length > 1 && values.every((value) => HTTP_METHOD.test(value))) return undefined;
  let found: { category: Category; value: string } | undefined;
  for (const value of values) {
    const parts = splitIntoWords(value.slice(0, 60));
    if (PAST.test(parts.at(-1) ?? '')) continue;
    const verb = parts.map((part) => verbOf(part)).find((each) => each && each.kind !== 'vague');
    if (verb && (!found || isWorse(verb.category, found.category)))
      found = { category: verb.category, value };
  }
  return (
    found && { category: found.category, because: `${quotedWord(name)} may be ${quotedWord(found.value)}` }
  );
}

function few(value: unknown): unknown[] {
  return Array.isArray(value) ? value.slice(0, MOST_VALUES) : [];
}
