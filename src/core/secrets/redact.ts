import type { JsonValue } from '../json/value.js';
import { isSecretName } from './secret-name.js';
import { REDACTED, redactSecrets } from './secret-shapes.js';

/** The value without what must not be written down: secrets by their name or their form. */
export function redact(value: JsonValue): JsonValue {
  if (typeof value === 'string') return redactSecrets(value);
  if (Array.isArray(value))
    return value.map((each, index) => (follows(value[index - 1]) ? withheld(each) : redact(each)));
  return value instanceof Map ? redactMembers(value) : value;
}

function redactMembers(members: Map<string, JsonValue>): Map<string, JsonValue> {
  const named = nameIn(members);
  const redacted = new Map<string, JsonValue>();
  for (const [key, value] of members) {
    const secret =
      isSecretName(key, value) ||
      OF_A_RETRY.has(key) ||
      (VALUE_KEY.test(key) && named !== undefined && isSecretName(named, value));
    redacted.set(freeKey(redactSecrets(key), redacted), secret ? withheld(value) : redact(value));
  }
  return redacted;
}

/** Two keys that are secret become two keys: what is under one must not take the place of the other. */
function freeKey(key: string, taken: ReadonlyMap<string, JsonValue>): string {
  if (!taken.has(key)) return key;
  return `${key} (${taken.size})`;
}

/** `["--password", "…"]` and `["X-Api-Key", "…"]`: a secret follows its name. */
function follows(before: JsonValue | undefined): boolean {
  return typeof before === 'string' && /^[\w-]{1,64}$/.test(before) && isSecretName(before);
}

/** What a person has answered to a server, and what the server has put down for itself (MCP 2026-07-28, patterns/mrtr). */
const OF_A_RETRY: ReadonlySet<string> = new Set(['inputResponses', 'requestState']);

const NAME_KEY = /^(?:name|key|field|variable|header|parameter_?(?:key|name))$/i;
const VALUE_KEY = /^(?:value|val|new_?value|parameter_?value)$/i;

/** Lists of variables, headers and cookies: `{"name": "DB_PASSWORD", "value": "…"}`. */
function nameIn(members: Map<string, JsonValue>): string | undefined {
  const name = [...members].find(([key]) => NAME_KEY.test(key))?.[1];
  return typeof name === 'string' ? name : undefined;
}

/** That something is absent, on or off gives nothing away. */
function withheld(value: JsonValue): JsonValue {
  return value === null || typeof value === 'boolean' ? value : REDACTED;
}
