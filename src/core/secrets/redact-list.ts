import type { JsonValue } from '../json/value.js';
import { isHeaderFlag, isSecretFlag, isShortSecret } from './names/secret-flag.js';
import { isSecretName } from './names/secret-name.js';
import { fieldValue } from './text/flag-span.js';
import { redactSecrets } from './text/redact-secrets.js';
import { REDACTED } from './text/spans.js';

/** A list without secrets: words of a command, where a secret follows its option, and pairs of a name and its value. */
export function redactList(list: readonly JsonValue[], redact: (value: JsonValue) => JsonValue): JsonValue[] {
  let packages: ((index: number) => boolean) | undefined;
  const namesPackage = (index: number) => {
    packages ??= packagePlaces(list);
    return packages(index);
  };
  return list.map((each, index) => {
    const before = list[index - 1];
    if (typeof before !== 'string') return redact(each);
    if (isPair(list) && isSecretName(before)) return withheld(each);
    if (!before.startsWith('-')) return redact(each);
    if (typeof each !== 'string') return isSecretFlag(before) ? withheld(each) : redact(each);
    return redactSecrets(wordAfter(before, each, () => namesPackage(index)));
  });
}

function isPair(list: readonly JsonValue[]): boolean {
  return list.length === 2 && list.every((each) => typeof each === 'string');
}

function wordAfter(flag: string, word: string, namesPackage: () => boolean): string {
  if (isReference(word)) return word;
  if (isHeaderFlag(flag)) return withoutFieldValue(word);
  if (isSecretFlag(flag)) return word.startsWith('--') ? word : REDACTED;
  if (flag === '-u' || flag === '--user') return withoutPassword(word);
  if (!isShortSecret(flag, word)) return word;
  return flag === '-p' && /^[a-z][a-z0-9._-]*$/.test(word) && namesPackage() ? word : REDACTED;
}

const RUNS_PACKAGES = /^(?:-y|--yes|(?:.*[/\\])?(?:npx|npm|pnpm|bunx|uvx|cargo|mkdir)(?:\.cmd)?)$/;

/**
 * `npx -y -p typescript tsc`: before a package is named, `-p` names one. The list is looked through once, however many `-p` it has.
 * @returns whether the word at an index, after `-p`, may be a package
 */
function packagePlaces(list: readonly JsonValue[]): (index: number) => boolean {
  const runs = list.findIndex((each) => typeof each === 'string' && RUNS_PACKAGES.test(each));
  const named = list.findIndex(
    (each, index) => index > 0 && typeof each === 'string' && !each.startsWith('-'),
  );
  return (index) => runs >= 0 && runs < index - 1 && (named < 0 || named >= index - 1);
}

/** `name:password` of curl and its like. */
function withoutPassword(word: string): string {
  return /^\d+:\d+$/.test(word) ? word : word.replace(/^([^:/]+:)(?!\/\/).+$/s, `$1${REDACTED}`);
}

/** `X-Key: …` without what comes after the colon. */
export function withoutFieldValue(field: string): string {
  const value = fieldValue(field);
  return value === undefined ? field : field.slice(0, value.start) + REDACTED + field.slice(value.end);
}

function isReference(word: string): boolean {
  return /^\$\{[^}]{1,128}\}$|^\$[A-Za-z_]\w*$/.test(word);
}

function withheld(value: JsonValue): JsonValue {
  return value === null || typeof value === 'boolean' ? value : REDACTED;
}
