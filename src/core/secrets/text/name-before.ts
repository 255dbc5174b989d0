/** A name that something is assigned to in a text. */
export interface AssignedName {
  name: string;
  /** The same with the words before it, where it is none without them: `API key`. */
  phrase: string;
  start: number;
  /** Whether the name is in quotes of its own. */
  quoted: boolean;
}

/** What is around a name. */
export interface Surroundings {
  /** Whether nothing but indentation and the like comes before it on its line. */
  atLineStart: boolean;
  /** The quote that the name and its value are in together, such as in `-H 'Cookie: a=b'`, with the backslashes before it. */
  within: string | undefined;
}

/** A longer word is the end of some base64, not a name. Characters. */
const LONGEST_NAME = 64;
/** Blanks between a name and what assigns. Characters; aligned tables are not wider. */
const MOST_BLANKS = 256;
/** Characters of a line that are looked at to say that a name begins it. */
const LONGEST_LEAD = 64;
/** What may be before a name at the start of a line: indentation, a list's dash, a comment's sign, a keyword of a shell or language. */
const LEAD =
  /(?:^|[\r\n]|\\n)[ \t]*(?:[-*+#>]{1,3}[ \t]+|\/\/[ \t]*|\d{1,3}[.)][ \t]+)?(?:(?:export|set|setx|env|arg|declare|local|readonly|const|let|var|val|public|private|static|final|string)[ \t]+){0,3}(?:\$env:|\$)?\\*["'`]?$/i;
/** Words that only together with those before them are names: `API key`, `mot de passe`. */
const NEEDS_MORE =
  /^(?:keys?|phrase|code|codes|number|words?|pin|passe|acceso|privada|secreta|segreta|secrete|privee|secrète|privée|المرور|khẩu)$/i;

/** Whether such a name is one only together with the words before it. */
export function needsWordsBefore(name: string): boolean {
  return NEEDS_MORE.test(name);
}

/** The name that ends before this place, where something assigns to it; undefined when there is none. */
export function nameBefore(text: string, at: number): AssignedName | undefined {
  let end = backOver(text, at, isBlank, MOST_BLANKS);
  if (text.charAt(end - 1) === '?' || text.charAt(end - 1) === '!') end--;
  if (text.charAt(end - 1) === ']') end--;
  const closing = backOver(text, end, isQuote, 1);
  const bare = closing === end ? end : backOver(text, closing, isBackslash, 16);
  const wordStart = backOver(text, bare, isNameCharacter, LONGEST_NAME);
  if (wordStart === bare || bare - wordStart >= LONGEST_NAME) return undefined;
  const written = text.slice(wordStart, bare);
  const name = written.startsWith('-') ? written.replace(/^-+/, '') : written;
  const words = needsWordsBefore(name) ? wordsBefore(text, wordStart) : '';
  const start = wordStart - words.length;
  return { name, phrase: words + name, start, quoted: closing !== end };
}

/** The word before this place, with blanks or a bracket that opens between; undefined where there is nothing between. */
export function wordBefore(text: string, at: number): string | undefined {
  const gapEnd = backOver(text, at, isBackslash, 16);
  let end = backOver(text, gapEnd, isBlank, 8);
  if (text.charCodeAt(end - 1) === 0x28) end--;
  if (end === gapEnd) return undefined;
  const start = backOver(text, end, isNameCharacter, LONGEST_NAME);
  return start === end ? undefined : text.slice(start, end);
}

/** What is around a name that was found. */
export function surroundings(text: string, { start, quoted }: AssignedName): Surroundings {
  const before = text.slice(Math.max(0, start - LONGEST_LEAD), start);
  const within = quoted ? undefined : /\\*["'`]$/.exec(before)?.[0];
  const isLead = start <= LONGEST_LEAD || /[\r\n]|\\n/.test(before);
  return { within, atLineStart: within !== undefined || (isLead && LEAD.test(before)) };
}

function wordsBefore(text: string, end: number): string {
  const lead = text.slice(Math.max(0, end - LONGEST_NAME), end);
  return /(?:[\p{L}\p{M}\w]+[ \t]){1,2}$/u.exec(lead)?.[0] ?? '';
}

function backOver(text: string, from: number, is: (code: number) => boolean, most: number): number {
  let at = from;
  while (at > 0 && from - at < most && is(text.charCodeAt(at - 1))) at--;
  return at;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

function isQuote(code: number): boolean {
  return code === 0x22 || code === 0x27 || code === 0x60;
}

function isBackslash(code: number): boolean {
  return code === 0x5c;
}

/** Letters, digits, `_`, `.`, `-`, `$`, and letters of other scripts. */
function isNameCharacter(code: number): boolean {
  if (code > 0x7f)
    return (
      code > 0xbf &&
      !(code >= 0x2000 && code <= 0x206f) &&
      !(code >= 0x3000 && code <= 0x3004) &&
      code !== 0xff1a &&
      code !== 0xff1d
    );
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x30 && code <= 0x39) ||
    code === 0x5f ||
    code === 0x2d ||
    code === 0x2e ||
    code === 0x24
  );
}
