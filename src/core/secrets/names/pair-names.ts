import { isSecretName } from './secret-name.js';

/** Members of a record that say what another member of it is: `{"name": "DB_PASSWORD", "value": "…"}`. */
const NAMES =
  /(?:^|[_.-]|(?<=[a-z]))(?:name|key|k|id|field|variable|var|header|param|parameter|property|attribute|attr|option|setting|env|label|element|selector|locator)$/i;
/** Those that hold what the name is of. */
const VALUES = /(?:^|[_.-]|(?<=[a-z]))(?:value|values|val|v)$/i;
/** These hold all sorts of things: only what is surely secret. */
const TEXTS = /(?:^|[_.-]|(?<=[a-z]))(?:text|content|data|input)$/i;
const SURELY = /pass|pwd|secret|token|api.?key|private|credential|pin|otp|cvv|cvc|card/i;
/** These say what sort of thing a record is: `<input type="password" value="…">`, `{"kind": "api_key", "data": "…"}`. */
const KIND = /^(?:type|kind)$/i;
const KIND_OF_SECRET =
  /^(?:pass(?:word|phrase|wd|code)?|pwd|secret|credentials?|private.?key|(?:api.?)?key|(?:[a-z]{1,16}.?)?token)$/i;
/** A name, not a sentence. Characters. */
const LONGEST_NAME = 100;

/** Whether a member of this key names what another member holds. */
export function namesAnother(key: string): boolean {
  return NAMES.test(key) || KIND.test(key);
}

/** Whether a member of this key may hold what another member names. */
export function isNamedByAnother(key: string): boolean {
  return roleOfMember(key) !== undefined;
}

/** A key that stands for all that hold the same as this one does; undefined where it holds nothing that another member names. */
export function roleOfMember(key: string): 'value' | 'text' | undefined {
  if (VALUES.test(key)) return 'value';
  return TEXTS.test(key) ? 'text' : undefined;
}

/** Whether what is under a key is secret, since another member says so. */
export function isSecretPair(nameKey: string, name: string, valueKey: string): boolean {
  if (name.length > LONGEST_NAME) return false;
  if (KIND.test(nameKey)) return KIND_OF_SECRET.test(name) && (VALUES.test(valueKey) || TEXTS.test(valueKey));
  if (!isSecretName(name)) return false;
  return VALUES.test(valueKey) || (TEXTS.test(valueKey) && SURELY.test(name));
}
