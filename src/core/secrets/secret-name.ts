import type { JsonValue } from '../json/value.js';
import { isInexact } from '../json/value.js';
import { splitIntoWords } from '../text/split-words.js';

/** Whoever reads the value of such a name can act as somebody, or pay. */
const SECRET = new Set(
  (
    'password passwords passwd pwd pw passphrase passcode secret secrets token credential credentials creds ' +
    'auth authorization bearer cookie cookies session jwt otp totp csrf xsrf mnemonic cvv cvc ssn ' +
    'apikey apikeys accesskey secretkey privatekey signingkey apitoken authtoken accesstoken refreshtoken idtoken ' +
    'clientsecret sessionid sessionkey sessiontoken sessid phpsessid jsessionid csrftoken'
  ).split(' '),
);
/** Some people write without any separator: `dbpassword`, `PGPASSWORD`. */
const SECRET_ENDING = /(?:password|passwd|passphrase|apikey)$/;
/** Keys that open something; a `key` alone is more often that of a map or of a table. */
const OPENING = new Set(
  'api access private secret signing encryption decryption master account shared ssh ssl tls auth license'.split(
    ' ',
  ),
);
/** Word pairs that are secret together. */
const SECRET_PAIRS = new Set([
  'seed phrase',
  'recovery phrase',
  'recovery code',
  'card number',
  'security code',
]);
/** A name that ends so is about a secret and does not hold it: `token_type`, `password_length`, `secret_name`. */
const DESCRIBING = new Set(
  (
    'type types mode method kind scheme provider url uri endpoint host domain path file filename folder dir directory ' +
    'name names arn enabled required policy length size count counts limit limits max min used usage budget cost ' +
    'expiry expires expiration ttl timeout duration in at region version format algorithm status state'
  ).split(' '),
);
/** Tokens of this kind are counted: `max_tokens`, `input_token_count`. */
const COUNTED = new Set(
  'max min maximum minimum num number total count input output prompt completion reasoning thinking cached context per'.split(
    ' ',
  ),
);

/** Whether what is under this name is kept out of logs. Judged by whole words: `tokens_used` is none, `apiToken` is one. */
export function isSecretName(name: string, value?: JsonValue): boolean {
  const parts = splitIntoWords(name);
  const last = parts.at(-1) ?? '';
  if (DESCRIBING.has(last)) return false;
  return last === 'pass' || parts.some((part, index) => isSecretWord(part, index, parts, value));
}

function isSecretWord(part: string, index: number, parts: readonly string[], value?: JsonValue): boolean {
  if (part === 'token' || part === 'tokens') {
    if (parts.some((other) => COUNTED.has(other))) return false;
    return part === 'token' || !isNumber(value);
  }
  const before = parts[index - 1] ?? '';
  if (part === 'key' || part === 'keys') return OPENING.has(before);
  return SECRET.has(part) || SECRET_ENDING.test(part) || SECRET_PAIRS.has(`${before} ${part}`);
}

function isNumber(value: JsonValue | undefined): boolean {
  return typeof value === 'number' || typeof value === 'bigint' || (value !== undefined && isInexact(value));
}
