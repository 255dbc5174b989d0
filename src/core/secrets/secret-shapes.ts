import { isSecretName } from './secret-name.js';

/** What is shown in place of a secret. */
export const REDACTED = '[redacted]';

/** The forms that issuers give their secrets, so that they can be found. */
const SHAPES: readonly RegExp[] = [
  /-----BEGIN [^-\r\n]*-----[\s\S]*?(?:-----END [^-\r\n]*-----|$)/g,
  /(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])/g,
  /(?<![A-Za-z0-9])gh[pousr]_[A-Za-z0-9]{20,}/g,
  /(?<![A-Za-z0-9])github_pat_\w{20,}/g,
  /(?<![A-Za-z0-9])glpat-[\w-]{20,}/g,
  /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{30,}/g,
  /(?<![A-Za-z0-9])hf_[A-Za-z0-9]{30,}/g,
  /(?<![A-Za-z0-9])sk-(?=[\w-]*\d)[\w-]{16,}/g,
  /(?<![A-Za-z0-9])[sr]k_(?:live|test)_[A-Za-z0-9]{10,}/g,
  /(?<![A-Za-z0-9])whsec_[A-Za-z0-9+/=]{16,}/g,
  /(?<![A-Za-z0-9])xox[a-z]-[\w-]{10,}/g,
  /(?<![A-Za-z0-9])xapp-[\w-]{10,}/g,
  /(?<=hooks\.slack\.com\/services\/)[\w/]+/g,
  /(?<![A-Za-z0-9])AIza[\w-]{30,}/g,
  /(?<![A-Za-z0-9])ya29\.[\w-]{10,}/g,
  /(?<![A-Za-z0-9])SG\.[\w-]{16,}\.[\w-]{16,}/g,
  /(?<![A-Za-z0-9])eyJ[\w-]{8,}(?:\.[\w-]*){1,4}/g,
  /(?<=\bBearer\s{1,4})[\w.~+/=-]{8,}/gi,
  /(?<=:\/\/)[^\s/?#"'<>]+(?=@)/g,
];

/** Something of each of the forms above, or what assigns: most texts have none of it, and are looked at once instead of twenty times. */
const MAY_HOLD_SECRET =
  /[=:]|--|A[KSBC][IC]A|gh[pousr]_|github_pat_|glpat-|npm_|hf_|[sr]k[-_]|whsec_|xox|xapp-|hooks\.slack|AIza|ya29|SG\.|eyJ|bearer/i;

/** The text with every secret in it replaced that can be told by its form, or by the name it is assigned to. */
export function redactSecrets(text: string): string {
  if (!MAY_HOLD_SECRET.test(text)) return text;
  let rest = text;
  for (const shape of SHAPES) rest = rest.replace(shape, REDACTED);
  return redactAssigned(rest);
}

/** A name and what assigns to it: `name=`, `name: `, `"name":`, `name =>`, `--name `. Starts at the start of a name only: linear. */
const ASSIGNING =
  /(?<![\w.-])(?:--([A-Za-z][\w-]*)[ \t]+(?=[^-\s])|(?:--)?([A-Za-z_][\w.-]*)\\*["'`]?[ \t]{0,3}(?:=>|:=|=|:)[ \t]{0,3})/g;
/** A text in quotes (which may be escaped themselves, and may not end), or all up to a space, a quote or the next field. */
const VALUE = /(\\*["'`])([\s\S]*?)(?=\1|$)|()[^\s"'`&;]+/y;
/** Header fields whose value has spaces in it: RFC 9110 section 11.6.2, RFC 6265 section 4. */
const WHOLE_LINE = /(?:authorization|cookie)$/i;
const LINE = /(\\*["'`]?)[^\r\n"'`]+/y;

function redactAssigned(text: string): string {
  let result = '';
  let done = 0;
  for (const match of text.matchAll(ASSIGNING)) {
    const end = match.index + match[0].length;
    const name = match[1] ?? match[2] ?? '';
    if (match.index < done || !isSecretName(name)) continue;
    const form = WHOLE_LINE.test(name) ? LINE : VALUE;
    form.lastIndex = end;
    const value = form.exec(text);
    if (value === null) continue;
    result += text.slice(done, end) + (value[1] ?? '') + REDACTED;
    done = end + value[0].length;
  }
  return result + text.slice(done);
}
