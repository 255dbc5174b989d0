import { looksRandom } from './looks-random.js';
import { isSecretName } from './secret-name.js';

/** Options that programs are given a header field with. */
const HEADER_FLAG = /^(?:-H|--(?:[\w-]+-)?headers?)$/;
/** Header fields that are the same for everybody (RFC 9110); the value of any other may be a credential. */
const HARMLESS_FIELD =
  /^(?:accept(?:-[\w-]+)?|content-[\w-]+|user-agent|host|cache-control|connection|pragma|origin|referer|if-[\w-]+|range|date|expect|te|via|mcp-protocol-version|x-request-id|x-correlation-id|traceparent|x-github-api-version|anthropic-version)$/i;

/** `-p`, by custom a password, or a port, a path, a package. */
const PASSWORD_FLAG = /^-[pP]$/;
/** Letters that programs take a key, an authorization or a token by. */
const KEY_FLAG = /^-[kKatTswW]$/;

export function isHeaderFlag(flag: string): boolean {
  return HEADER_FLAG.test(flag);
}

/** Whether the value of such a header field is shown. */
export function isHarmlessField(name: string): boolean {
  return HARMLESS_FIELD.test(name.trim());
}

/** Whether what comes after this option is secret by its name: `--db.password`. */
export function isSecretFlag(flag: string): boolean {
  return /^--?[\w.-]{1,64}$/.test(flag) && flag.length > 2 && isSecretName(flag.replace(/^-+/, ''));
}

/** Whether what comes after this option is ever withheld, whatever it looks like. `-u` and `--user` come before a name and a password. */
export function mayTakeSecret(flag: string): boolean {
  return (
    isHeaderFlag(flag) ||
    isSecretFlag(flag) ||
    PASSWORD_FLAG.test(flag) ||
    KEY_FLAG.test(flag) ||
    flag === '-u' ||
    flag === '--user'
  );
}

/**
 * Whether what comes after an option of one letter is a password or key, as far as that can be seen.
 * @param isSure the program is one that takes a password so
 */
export function isShortSecret(flag: string, value: string, isSure = false): boolean {
  if (isPlain(value)) return false;
  return (
    PASSWORD_FLAG.test(flag) || (KEY_FLAG.test(flag) && (isSure ? /^-[aw]$/.test(flag) : looksSecret(value)))
  );
}

/** Ports, paths, packages, options and references, which `-p` and `-k` are mostly used for. */
const PLAIN =
  /^(?:\d[\d.:,-]*(?:\/(?:tcp|udp))?|-.*|\.{1,2}|[~.]?\.?[/\\].*|[A-Za-z]:\\.*|[\w.-]+\/[\w./-]+|@[\w.-]+\/.*|[\w.-]+@[\w.^~-]+|[\w.-]+=.*|\$\{?\w+\}?|%\w+%|<.*>|)$/;

function isPlain(value: string): boolean {
  return PLAIN.test(value);
}

/** Not a word or a name such as `my-image-2`. */
export function looksSecret(value: string): boolean {
  if (/^[a-z]+(?:[-_.][a-z]+)*[-_.]?\d{0,3}$/i.test(value)) return false;
  return (
    (value.length >= 6 && /\d/.test(value) && /[A-Za-z]/.test(value) && /^[\w+=.~!@#$%^*-]+$/.test(value)) ||
    looksRandom(value)
  );
}
