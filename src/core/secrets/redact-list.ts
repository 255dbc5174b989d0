import type { JsonValue } from '../json/value.js';
import { isHeaderFlag, isSecretFlag, isShortSecret } from './names/secret-flag.js';
import { isSecretName } from './names/secret-name.js';
import { fieldValue } from './text/flag-span.js';
import { redactSecrets } from './text/redact-secrets.js';
import { REDACTED } from './text/spans.js';

/** A list without secrets: words of a command, where a secret follows its option, and pairs of a name and its value. */
export function redactList(list: readonly JsonValue[], redact: (value: JsonValue) => JsonValue): JsonValue[] {
  return list.map((each, index) => {
    const before = list[index - 1];
    if (typeof before !== 'string') return redact(each);
    if (isPair(list) && isSecretName(before)) return withheld(each);
    if (!before.startsWith('-')) return redact(each);
    if (typeof each !== 'string') return isSecretFlag(before) ? withheld(each) : redact(each);
    return redactSecrets(wordAfter(before, each, list, index));
  });
}

function isPair(list: readonly JsonValue[]): boolean {
  return list.length === 2 && list.every((each) => typeof each === 'string');
}

function wordAfter(flag: string, word: string, list: readonly JsonValue[], index: number): string {
  if (isReference(word)) return word;
  if (isHeaderFlag(flag)) return withoutFieldValue(word);
  if (isSecretFlag(flag)) return word.startsWith('--') ? word : REDACTED;
  if (flag === '-u' || flag === '--user') return withoutPassword(word);
  return isShortSecret(flag, word) && !isPackage(flag, word, list, index) ? REDACTED : word;
}

/** `npx -y -p typescript tsc`: before a package is named, `-p` names one. */
function isPackage(flag: string, word: string, list: readonly JsonValue[], index: number): boolean {
  const before = list.slice(0, index - 1);
  const runs = before.some((each) =>
    /^(?:-y|--yes|(?:.*[/\\])?(?:npx|npm|pnpm|bunx|uvx|cargo|mkdir)(?:\.cmd)?)$/.test(String(each)),
  );
  const named = before.slice(1).some((each) => typeof each === 'string' && !each.startsWith('-'));
  return flag === '-p' && runs && !named && /^[a-z][a-z0-9._-]*$/.test(word);
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
