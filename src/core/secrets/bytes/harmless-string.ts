import {
  APOSTROPHE,
  BACKSLASH,
  BLANK,
  CLASSES,
  JOINT,
  LESS_THAN,
  LETTER,
  PLAIN,
  QUOTE,
  SIGN,
  WIDE,
} from './byte-classes.js';
import { isHarmlessElement } from './harmless-element.js';
import { isHarmlessOption, isHarmlessQuote, traitsBefore } from './harmless-name.js';
import { isHarmlessRun } from './harmless-run.js';
import { NAMED_BY_ANOTHER, NAMES_ANOTHER } from './word-traits.js';

/** Of a longer string the log keeps less. Bytes as it is written, with its quotes; characters are never more. */
export const LONGEST_STRING = 1_002;
/** A token is never shorter. Bytes. */
const SHORTEST_TOKEN = 8;
const PAIR = NAMES_ANOTHER | NAMED_BY_ANOTHER;
const DASH = 0x2d;

/**
 * The end of a proved JSON string in which `redactSecrets` surely finds nothing, and which is short enough for the log and has no
 * line end in it as it is written; -1 for any other. Takes one pass; only runs of characters that tokens are made of are seen twice.
 * @param start of its quote
 * @param longest where others than those of the log are looked at. Bytes
 */
export function endOfHarmlessString(
  bytes: Uint8Array,
  start: number,
  end: number,
  longest = LONGEST_STRING,
): number {
  const limit = Math.min(end, start + longest);
  const first = start + 1;
  const classes = CLASSES;
  let wordEnd = first;
  let pair = 0;
  for (let at = first; at < limit; ) {
    switch (classes[bytes[at] as number]) {
      case LETTER:
      case JOINT:
      case SIGN: {
        const run = at;
        let hasJoint = false;
        for (;;) {
          let kind = classes[bytes[at] as number];
          while (kind === LETTER) kind = classes[bytes[++at] as number];
          if (kind === SIGN) {
            const traits = traitsBefore(bytes, first, at);
            if (traits < 0) return -1;
            pair |= traits;
          } else if (kind !== JOINT) break;
          hasJoint = true;
          at++;
        }
        if (bytes[run] === DASH && !isHarmlessOption(bytes, run)) return -1;
        if (at - run >= SHORTEST_TOKEN && !isHarmlessRun(bytes, run, at, wordEnd, hasJoint)) return -1;
        wordEnd = at;
        continue;
      }
      case BLANK:
        at++;
        continue;
      case PLAIN:
        break;
      case QUOTE:
        return pair === PAIR ? -1 : at + 1;
      case BACKSLASH:
        if (!isHarmlessEscape(bytes, first, at)) return -1;
        at += 2;
        // A tab is a blank.
        if (bytes[at - 1] !== 0x74) wordEnd = at;
        continue;
      case APOSTROPHE:
        if (!isHarmlessQuote(bytes, first, at)) return -1;
        break;
      case LESS_THAN:
        if (!isHarmlessElement(bytes, at)) return -1;
        break;
      case WIDE:
        if (!isHarmlessCharacter(bytes, at)) return -1;
        break;
      default:
        return -1;
    }
    at++;
    wordEnd = at;
  }
  return -1;
}

function isHarmlessEscape(bytes: Uint8Array, first: number, at: number): boolean {
  switch (bytes[at + 1]) {
    case 0x22:
      return isHarmlessQuote(bytes, first, at);
    case 0x5c:
    case 0x6e:
    case 0x72:
    case 0x74:
      return true;
    default:
      return false;
  }
}

/** Whether the character whose first byte is here neither ends a line nor assigns: not U+0085, U+2028, U+2029, U+FF1A, U+FF1D. */
function isHarmlessCharacter(bytes: Uint8Array, at: number): boolean {
  const second = bytes[at + 1];
  const third = bytes[at + 2];
  switch (bytes[at]) {
    case 0xc2:
      return second !== 0x85;
    case 0xe2:
      return second !== 0x80 || (third !== 0xa8 && third !== 0xa9);
    case 0xef:
      return second !== 0xbc || (third !== 0x9a && third !== 0x9d);
    default:
      return true;
  }
}
