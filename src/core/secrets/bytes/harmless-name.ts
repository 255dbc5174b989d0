import { IN_NAME, IN_OPTION, IN_WORD } from './byte-classes.js';
import { traitsOf } from './word-table.js';
import {
  AS_ASSIGNED,
  AS_NAME,
  AS_OPTION,
  BEFORE_PASSWORD,
  HIDES_ASSIGNED,
  HIDES_NEXT,
  MAY_SIGN,
  NAMED_BY_ANOTHER,
  NAMES_ANOTHER,
  NAMES_SECRET,
  NEEDS_WORDS,
} from './word-traits.js';

const SPACE = 0x20;
const QUOTE = 0x22;
const AMPERSAND = 0x26;
const APOSTROPHE = 0x27;
const OPEN_BRACKET = 0x28;
const DASH = 0x2d;
const SLASH = 0x2f;
const COLON = 0x3a;
const EQUALS = 0x3d;
const GREATER_THAN = 0x3e;
const QUESTION_MARK = 0x3f;
const AT_SIGN = 0x40;
const BACKSLASH = 0x5c;
const CLOSE_SQUARE = 0x5d;
const GRAVE = 0x60;
const LOWER_P = 0x70;
const LOWER_T = 0x74;

/** What was found is no secret for sure. */
const UNSURE = -1;

/**
 * What `=`, `:` or `@` at a place of a string says: -1 where a secret may stand behind it, else whether the name before it names another
 * member or is named by one, as bits. Both in one text are for `assignedSpans` to judge.
 * @param first where the string begins, behind its quote
 */
export function traitsBefore(bytes: Uint8Array, first: number, at: number): number {
  const sign = bytes[at];
  const next = bytes[at + 1];
  if (sign === AT_SIGN) return next === LOWER_T && bytes[at + 2] === 0x63 ? UNSURE : 0;
  if (sign === COLON && next === SLASH && bytes[at + 2] === SLASH)
    return isWithoutUser(bytes, at + 3) ? 0 : UNSURE;
  if (sign === EQUALS && next === DASH && isOption(bytes, at + 1)) return UNSURE;
  const before = at === first ? 0 : (bytes[at - 1] as number);
  // `!`, and `:` to `>` but for `;`, which come before the second sign of an operator.
  if (before === 0x21 || (before >= COLON && before <= GREATER_THAN && before !== 0x3b)) return 0;
  if (sign === COLON && next === COLON) return 0;
  const end = endOfName(bytes, first, at);
  return end < first ? end : traitsOfName(bytes, first, end);
}

/** Where the name before an operator ends, without its quote; -1 where that is not sure. */
function endOfName(bytes: Uint8Array, first: number, at: number): number {
  let end = withoutBlanks(bytes, first, at);
  if (end > first && (bytes[end - 1] === QUESTION_MARK || bytes[end - 1] === 0x21)) end--;
  if (end > first && bytes[end - 1] === CLOSE_SQUARE) end--;
  if (end === first) return end;
  const quote = bytes[end - 1];
  if (quote !== QUOTE && quote !== APOSTROPHE && quote !== GRAVE) return end;
  end -= quote === QUOTE ? 2 : 1;
  return end > first && bytes[end - 1] === BACKSLASH ? UNSURE : end;
}

function traitsOfName(bytes: Uint8Array, first: number, end: number): number {
  const start = startOfName(bytes, first, end);
  if (start === end) return 0;
  if (start < 0) return UNSURE;
  const traits = traitsOf(bytes, start, end, AS_ASSIGNED);
  if ((traits & HIDES_ASSIGNED) !== 0) return UNSURE;
  const before = start === first ? 0 : bytes[start - 1];
  if ((traits & MAY_SIGN) !== 0 && (before === QUESTION_MARK || before === AMPERSAND)) return UNSURE;
  if ((traits & NEEDS_WORDS) !== 0 && !isHarmlessPhrase(bytes, first, start, end)) return UNSURE;
  return traits & (NAMES_ANOTHER | NAMED_BY_ANOTHER);
}

/** Where a name begins that ends here; -1 where that is not sure. */
function startOfName(bytes: Uint8Array, first: number, end: number): number {
  let start = end;
  while (start > first && IN_NAME[bytes[start - 1] as number] === 1) start--;
  if (start === first) return start;
  const before = bytes[start - 1] as number;
  if (before >= 0x80) return UNSURE;
  // The letter of an escape is none of the name.
  return before === BACKSLASH && start < end && isEscape(bytes, first, start - 1) ? start + 1 : start;
}

/** Whether the backslash at a place begins an escape, and does not end one. */
function isEscape(bytes: Uint8Array, first: number, at: number): boolean {
  let before = at;
  while (before > first && bytes[before - 1] === BACKSLASH) before--;
  return (at - before) % 2 === 0;
}

/** Where spaces and escaped tabs before a place begin. */
function withoutBlanks(bytes: Uint8Array, first: number, at: number): number {
  let end = at;
  while (end > first)
    if (bytes[end - 1] === SPACE) end--;
    else if (isTab(bytes, first, end)) end -= 2;
    else break;
  return end;
}

function isTab(bytes: Uint8Array, first: number, end: number): boolean {
  return (
    bytes[end - 1] === LOWER_T &&
    end - 2 >= first &&
    bytes[end - 2] === BACKSLASH &&
    isEscape(bytes, first, end - 2)
  );
}

/** Whether nothing secret is assigned to a name with the one or two words before it. */
function isHarmlessPhrase(bytes: Uint8Array, first: number, name: number, end: number): boolean {
  if (isTab(bytes, first, name)) return false;
  let start = name;
  for (let count = 0; count < 2 && start > first && bytes[start - 1] === SPACE; count++) {
    let word = start - 1;
    while (word > first && IN_WORD[bytes[word - 1] as number] === 1) word--;
    const before = word === first ? 0 : (bytes[word - 1] as number);
    if (before >= 0x80 || before === BACKSLASH) return false;
    if (word === start - 1) break;
    start = word;
  }
  return start === name || (traitsOf(bytes, start, end, AS_ASSIGNED) & HIDES_ASSIGNED) === 0;
}

/** Whether there is surely no `user@` in the link whose `://` ends here. */
function isWithoutUser(bytes: Uint8Array, start: number): boolean {
  for (let at = start; at < bytes.length; at++)
    switch (bytes[at]) {
      case AT_SIGN:
        return false;
      case SPACE:
      case QUOTE:
      case 0x23:
      case APOSTROPHE:
      case SLASH:
      case 0x3c:
      case GREATER_THAN:
      case QUESTION_MARK:
      case BACKSLASH:
        return true;
      default:
    }
  return false;
}

/** Whether nothing before the quote at a place says that there is a secret behind it: SQL, and calls of functions. */
export function isHarmlessQuote(bytes: Uint8Array, first: number, at: number): boolean {
  if (at > first && bytes[at - 1] === BACKSLASH) return false;
  let end = withoutBlanks(bytes, first, at);
  if (end > first && bytes[end - 1] === OPEN_BRACKET) end--;
  if (end === at || end === first) return true;
  const start = startOfName(bytes, first, end);
  if (start === end) return true;
  return start > 0 && (traitsOf(bytes, start, end, AS_NAME) & (NAMES_SECRET | BEFORE_PASSWORD)) === 0;
}

/** Whether an option may begin with the dash at a place. */
function isOption(bytes: Uint8Array, at: number): boolean {
  return IN_OPTION[bytes[bytes[at + 1] === DASH ? at + 2 : at + 1] as number] === 2;
}

/** Whether there is no option at a dash, or nothing secret comes after it. */
export function isHarmlessOption(bytes: Uint8Array, at: number): boolean {
  if (!isOption(bytes, at)) return true;
  let end = at + 2;
  while ((IN_OPTION[bytes[end] as number] as number) > 0) end++;
  if (bytes[at + 1] === LOWER_P && end > at + 2) return false;
  const next = bytes[end];
  const isFollowed = next === SPACE || next === BACKSLASH || next === APOSTROPHE || next === GRAVE;
  return !isFollowed || (traitsOf(bytes, at, end, AS_OPTION) & HIDES_NEXT) === 0;
}
