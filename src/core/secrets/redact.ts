import type { JsonValue } from '../json/value.js';
import { isNamedByAnother, isSecretPair, namesAnother, roleOfMember } from './names/pair-names.js';
import { isHarmlessField } from './names/secret-flag.js';
import { isSecretName } from './names/secret-name.js';
import { redactList, withoutFieldValue } from './redact-list.js';
import { redactSecrets } from './text/redact-secrets.js';
import { REDACTED } from './text/spans.js';

/** The value without what must not be written down: secrets by their name or their form. */
export function redact(value: JsonValue): JsonValue {
  if (typeof value === 'string') return redactSecrets(value);
  if (Array.isArray(value)) return redactList(value, redact);
  return value instanceof Map ? redactMembers(value) : value;
}

function redactMembers(members: Map<string, JsonValue>): Map<string, JsonValue> {
  const isSecretBeside = secretValues(namesIn(members));
  const redacted = new Map<string, JsonValue>();
  for (const [key, value] of members)
    redacted.set(freeKey(redactedKey(key), redacted), redactMember(key, value, isSecretBeside));
  return redacted;
}

function redactMember(
  key: string,
  value: JsonValue,
  isSecretBeside: (kind: 'value' | 'text') => boolean,
): JsonValue {
  if (isSecretName(key, value) || OF_A_RETRY.has(key)) return withheld(value);
  if (HEADERS.test(key)) return redactFields(value);
  const kind = roleOfMember(key);
  return kind !== undefined && isSecretBeside(kind) ? withheld(value) : redact(value);
}

/** Whether a member of this key is written down under it, and its value is looked at as it would be anywhere else, but for pairs. */
export function isPlainKey(key: string, value?: JsonValue): boolean {
  const isNamed = isSecretName(key, value) || OF_A_RETRY.has(key) || HEADERS.test(key);
  return !isNamed && redactedKey(key) === key;
}

/** Whether one of the names says that a value of this kind is secret. All are looked at once, however many values stand beside them. */
function secretValues(names: readonly [string, string][]): (kind: 'value' | 'text') => boolean {
  const known = new Map<string, boolean>();
  return (kind) => {
    const answer = known.get(kind) ?? names.some(([nameKey, name]) => isSecretPair(nameKey, name, kind));
    known.set(kind, answer);
    return answer;
  };
}

/** Most keys come again in every call. */
const knownKeys = new Map<string, string>();
const MOST_KEYS = 1_000;
const LONGEST_KEY = 64;

/** A key without secrets. Found again in a tenth of the time. */
function redactedKey(key: string): string {
  if (key.length > LONGEST_KEY) return redactSecrets(key);
  const before = knownKeys.get(key);
  if (before !== undefined) return before;
  if (knownKeys.size >= MOST_KEYS) knownKeys.clear();
  const redacted = redactSecrets(key);
  knownKeys.set(key, redacted);
  return redacted;
}

/** Two keys that are secret become two keys: what is under one must not take the place of the other. */
function freeKey(key: string, taken: ReadonlyMap<string, JsonValue>): string {
  return taken.has(key) ? `${key} (${taken.size})` : key;
}

/** What a person has answered to a server, and what the server has put down for itself (MCP 2026-07-28, patterns/mrtr). */
const OF_A_RETRY: ReadonlySet<string> = new Set(['inputResponses', 'requestState']);

/** Header fields of a request that a tool is to make. */
const HEADERS = /(?:^|[_-]|(?<=[a-z]))headers?$/i;

/** The value of any header field may be a credential; those that are the same for everybody are shown. */
function redactFields(value: JsonValue): JsonValue {
  if (value instanceof Map && !isRecord(value))
    return new Map(
      [...value].map(([name, each]) => [name, isHarmlessField(name) ? redact(each) : withheld(each)]),
    );
  if (Array.isArray(value)) return value.map((each) => redactField(each));
  return typeof value === 'string' ? redactSecrets(withoutFieldValue(value)) : redact(value);
}

function isRecord(members: ReadonlyMap<string, JsonValue>): boolean {
  return namesIn(members).length > 0 && [...members.keys()].some(isNamedByAnother);
}

/** One of a list of fields: `X-Key: …`, `["X-Key", "…"]`, `{"name": "X-Key", "value": "…"}`. */
function redactField(field: JsonValue): JsonValue {
  if (typeof field === 'string') return redactSecrets(withoutFieldValue(field));
  if (Array.isArray(field) && field.length === 2) {
    const [name = null, value = null] = field;
    return [
      redact(name),
      typeof name === 'string' && isHarmlessField(name) ? redact(value) : withheld(value),
    ];
  }
  if (!(field instanceof Map)) return redact(field);
  const [, name] = namesIn(field)[0] ?? [];
  if (name === undefined || isHarmlessField(name)) return redact(field);
  return new Map(
    [...field].map(([key, each]) => [key, isNamedByAnother(key) ? withheld(each) : redact(each)]),
  );
}

/** Members that say what another member is, such as `name`. */
function namesIn(members: ReadonlyMap<string, JsonValue>): [string, string][] {
  const names: [string, string][] = [];
  for (const [key, value] of members)
    if (typeof value === 'string' && namesAnother(key)) names.push([key, value]);
  return names;
}

/** That something is absent, on or off gives nothing away. */
function withheld(value: JsonValue): JsonValue {
  return value === null || typeof value === 'boolean' ? value : REDACTED;
}
