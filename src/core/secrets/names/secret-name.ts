import type { JsonValue } from '../../json/value.js';
import { isInexact } from '../../json/value.js';
import { normalForm } from '../../text/fold.js';
import { splitIntoWords } from '../../text/split-words.js';

/** Whoever reads the value of such a name can act as somebody, or pay. */
const SECRET = new Set(
  (
    'password passwords passwd passwds pwd pw passphrase passphrases passcode passkey secret secrets token credential ' +
    'credentials creds cred auth authorization bearer cookie cookies session jwt otp totp csrf xsrf mnemonic ' +
    'cvv cvc ssn userpass userpwd ' +
    'apikey apikeys accesskey secretkey privatekey signingkey apitoken authtoken accesstoken refreshtoken idtoken ' +
    'clientsecret sessionid sessionkey sessiontoken sessid phpsessid jsessionid csrftoken'
  ).split(' '),
);
/** The same in the languages that most other names are written in, without accents. */
const ABROAD = new Set(
  (
    'passwort passworter kennwort losungswort geheimnis zugangsdaten contrasena contrasenas senha senhas palavrapasse ' +
    'motdepasse mdp jelszo haslo hasło heslo wachtwoord adgangskode losenord passord salasana sifre parola parool slaptazodis ' +
    'lozinka zaporka geslo segredo segreto geheim kupiasana пароль пароли секрет токен парола лозинка ' +
    '密码 密碼 口令 密钥 密鑰 令牌 秘密 パスワード パスワド 暗証番号 秘密鍵 비밀번호 암호 토큰 รหัสผ่าน كلمةالمرور סיסמה पासवर्ड'
  ).split(' '),
);
/** Some people write without any separator: `dbpassword`, `PGPASSWORD`. */
const SECRET_ENDING =
  /(?:password|passwd|passphrase|apikey|passwort|kennwort|secretkey|accesskey|authtoken|密码|密碼|密钥|パスワード|비밀번호)\d*$/;
/** Keys that open something; a `key` alone is more often that of a map or of a table. */
const OPENING = new Set(
  'api access private secret signing encryption decryption encrypt decrypt master account shared ssh ssl tls auth license service webhook hmac aes rsa gpg pgp'.split(
    ' ',
  ),
);
/** Word pairs that are secret together. */
const SECRET_PAIRS = new Set([
  'seed phrase',
  'seed words',
  'recovery phrase',
  'recovery code',
  'recovery codes',
  'recovery words',
  'backup code',
  'backup codes',
  'secret phrase',
  'card number',
  'security code',
  'verification code',
  'pin code',
  'card pin',
  'user pin',
  'mfa code',
  'pass word',
  'pass phrase',
  'pass code',
  'mot de passe',
  'palabra clave',
  'clave secreta',
  'clave privada',
  'clave acceso',
  'clave de acceso',
  'palavra passe',
  'chiave segreta',
  'cle secrete',
  'cle privee',
  'كلمة المرور',
  'mật khẩu',
  'client assertion',
  'connection string',
]);
/** A name that ends so is about a secret and does not hold it: `token_type`, `password_length`, `secret_name`. */
const DESCRIBING = new Set(
  (
    'type types mode method kind scheme provider url uri endpoint host domain path file filename folder dir directory ' +
    'name names arn enabled required policy length size count counts limit limits max min used usage budget cost ' +
    'expiry expires expiration ttl timeout duration in at region version format algorithm status state ' +
    'hint label description title prompt placeholder error message strength rotation manager store lasts lifetime calls handler factory'
  ).split(' '),
);
/** Tokens of this kind are counted, or are places in a list: `max_tokens`, `input_token_count`, `nextPageToken`. */
const HARMLESS_TOKENS = new Set(
  (
    'max min maximum minimum num number total count input output prompt completion reasoning thinking cached context per ' +
    'page next prev previous continuation cursor sync resume progress idempotency delta skip design css js syntax lexer cancellation'
  ).split(' '),
);
/** What begins with these is done to a secret: `create_api_key`. */
const ACTING = new Set('create list delete revoke rotate generate find count describe'.split(' '));

/** What people make up themselves: it may be any word, where tokens look like none. */
const MADE_UP =
  /pass|pw|secret|mnemonic|phrase|words|kennwort|geheim|contrase|clave|senha|haslo|heslo|wachtwoord|parola|sifre|[^\0-\x7f]/i;

/** Whether the value of a secret name may be an ordinary word. */
export function mayBeAWord(name: string): boolean {
  return MADE_UP.test(name);
}

/** Answers are kept, since the same few names come again in every text. */
const knownNames = new Map<string, boolean>();
/** The same where a number is under the name. */
const knownCounts = new Map<string, boolean>();
const MOST_KNOWN = 1_000;
/** A longer name is judged by its end. Characters. */
const LONGEST_NAME = 128;

/** Whether what is under this name is kept out of logs. Judged by whole words: `tokens_used` is none, `apiToken` is one. */
export function isSecretName(name: string, value?: JsonValue): boolean {
  const short = name.length > LONGEST_NAME ? name.slice(-LONGEST_NAME) : name;
  const isCount = isNumber(value);
  const known = isCount ? knownCounts : knownNames;
  const before = known.get(short);
  if (before !== undefined) return before;
  if (known.size >= MOST_KNOWN) known.clear();
  const answer = judge(short, isCount);
  known.set(short, answer);
  return answer;
}

function judge(name: string, isCount: boolean): boolean {
  const parts = splitIntoWords(name);
  const last = parts.at(-1) ?? '';
  if (DESCRIBING.has(last) || (parts.length > 2 && ACTING.has(parts[0] ?? ''))) return false;
  if (last === 'pass') return true;
  return parts.some((part, index) => isSecretWord(part, index, parts, isCount)) || isAbroad(parts);
}

function isSecretWord(part: string, index: number, parts: readonly string[], isCount: boolean): boolean {
  if (part === 'token' || part === 'tokens') {
    if (parts.some((other) => HARMLESS_TOKENS.has(other))) return false;
    return part === 'token' || !isCount;
  }
  const before = parts[index - 1] ?? '';
  if (part === 'key' || part === 'keys') return OPENING.has(before);
  return SECRET.has(part) || SECRET_ENDING.test(part) || SECRET_PAIRS.has(`${before} ${part}`);
}

const ASCII = /^[\0-\x7f]*$/;

/** Only what is not ASCII, or what few words of English look like. */
function isAbroad(parts: readonly string[]): boolean {
  // Normal forms take most of the time of a name, and leave ASCII as it is.
  const plain = ASCII.test(parts.join(''))
    ? parts
    : parts.map((part) => normalForm(normalForm(part, 'NFD').replace(/\p{M}/gu, ''), 'NFC'));
  const whole = plain.join(' ');
  return (
    plain.some((part) => ABROAD.has(part)) ||
    parts.some((part) => ABROAD.has(part)) ||
    ABROAD.has(plain.join('')) ||
    ABROAD.has(parts.join('')) ||
    SECRET_PAIRS.has(whole.split(' ').slice(-3).join(' ')) ||
    SECRET_PAIRS.has(parts.slice(-2).join(' '))
  );
}

function isNumber(value: JsonValue | undefined): boolean {
  return typeof value === 'number' || typeof value === 'bigint' || (value !== undefined && isInexact(value));
}
