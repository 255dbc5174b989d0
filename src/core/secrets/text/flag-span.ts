import {
  isHarmlessField,
  isHeaderFlag,
  isSecretFlag,
  isShortSecret,
  looksSecret,
} from '../names/secret-flag.js';
import type { SecretSpan } from './spans.js';
import { quotedSpan, spanInLine, valueSpan } from './value-span.js';

const FLAG = /--?[A-Za-z][\w.-]{0,63}/y;
/** Between an option and its value: blanks, or what is between two strings of a list. */
const GAP = /[ \t]{1,64}(?=[^-\s])|\\*["'`]\s{0,64},\s{0,64}(?=\\*["'`])/y;
/** An option may begin after these. */
const BOUNDARY = /[\s"'`[(,=]/;
/** Programs that take a password by `-p`, `-a` or `-w`, whatever it looks like. */
const TAKES_PASSWORD =
  /\b(?:sshpass|mysql\w*|mariadb\w*|mongo\w*|redis-cli|7za?|zip|unzip|rar|unrar|ldap\w+|sqlcmd|bcp|cf|az|oc|docker|podman|helm|rabbitmq\w*|smbclient|influx|cqlsh|cypher-shell|beeline|impala-shell|mosquitto_\w+)\b[^\n;|&]{0,160}$/;
/** Their `-p` has the password behind it without a blank. */
const ATTACHED = /\b(?:mysql\w*|mariadb\w*|7za?|rar)\b[^\n;|&]{0,160}$/;
/** How a shell reads the word that comes after an option. */
const OF_A_FLAG = { atLineStart: false, within: undefined, spaced: false, wholeLine: false, mayBeWord: true };
/** Characters before an option in which its program is looked for. */
const LONGEST_COMMAND = 200;

/** The secret that an option is given here; undefined when the option is given none. */
export function flagSpan(text: string, at: number): SecretSpan | undefined {
  if (at > 0 && !BOUNDARY.test(text.charAt(at - 1))) return undefined;
  FLAG.lastIndex = at;
  const flag = FLAG.exec(text)?.[0];
  if (flag === undefined) return undefined;
  const end = at + flag.length;
  if (/^-p./.test(flag)) return attached(text, at);
  GAP.lastIndex = end;
  const gap = GAP.exec(text)?.[0];
  if (gap === undefined) return undefined;
  const start = end + gap.length;
  if (isHeaderFlag(flag)) return fieldSpan(text, start);
  if (isSecretFlag(flag)) return valueSpan(text, start, { ...OF_A_FLAG, start: at });
  // What comes in lines of its own is no value of an option that may be anything.
  const value = spanInLine(text, start, { ...OF_A_FLAG, start: at });
  if (value === undefined) return undefined;
  const written = text.slice(value.start, value.end);
  if (flag === '-u' || flag === '--user') return passwordOf(written, value);
  if (flag.length !== 2) return undefined;
  const isSure = TAKES_PASSWORD.test(text.slice(Math.max(0, at - LONGEST_COMMAND), at));
  if (!isShortSecret(flag, written, isSure)) return undefined;
  return isSure || gap.includes(',') || looksSecret(written) ? value : undefined;
}

/** `curl -u name:password`. */
function passwordOf(written: string, { start, end }: SecretSpan): SecretSpan | undefined {
  const colon = written.indexOf(':');
  const plain = colon < 1 || /^\d+:\d+$/.test(written) || written.startsWith('//', colon + 1);
  return plain ? undefined : { start: start + colon + 1, end };
}

function attached(text: string, at: number): SecretSpan | undefined {
  if (!ATTACHED.test(text.slice(Math.max(0, at - LONGEST_COMMAND), at))) return undefined;
  return valueSpan(text, at + 2, { ...OF_A_FLAG, start: at });
}

/** The value of a header field that stands here, in quotes or not: `X-Key: …`. */
function fieldSpan(text: string, at: number): SecretSpan | undefined {
  const quoted = quotedSpan(text, at);
  const span = quoted ?? { start: at, end: at + (/^\S*/.exec(text.slice(at, at + 4_096))?.[0].length ?? 0) };
  const value = fieldValue(text.slice(span.start, span.end));
  return value && { start: span.start + value.start, end: span.start + value.end };
}

/** Where the value of a header field is, that is not shown. */
export function fieldValue(field: string): SecretSpan | undefined {
  const name = /^[\w-]{1,64}[ \t]{0,8}[:=][ \t]{0,8}/.exec(field)?.[0];
  if (name === undefined || name.length === field.length) return undefined;
  if (isHarmlessField(name.replace(/[ \t]*[:=][ \t]*$/, ''))) return undefined;
  const value = field.slice(name.length);
  return /^\$\{[^}]{1,128}\}$|^\$\w+$|^\[redacted\]$/.test(value)
    ? undefined
    : { start: name.length, end: field.length };
}
