import { isJson } from '../../json/scan.js';
import { fold } from '../../text/fold.js';

/** A part of a text; `end` exclusive. UTF-16 code units. */
export interface Extent {
  start: number;
  end: number;
}

/** One member of an object, as it is written: a key may be there several times. */
export interface OutlineMember {
  key: string;
  value: Extent;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const SPACE = 0x20;
const TAB = 0x09;

/** What is in an object or array, as far as that can be found; `complete` says whether its end was reached. */
interface Outline<Part> {
  parts: Part[];
  complete: boolean;
}

/**
 * The members of an object, also where a value inside is not JSON. For JSON they are exact; for anything else they are what quotes
 * and brackets say. Takes no stack, however deep the text is.
 */
export function outlineObject(text: string, start: number): Outline<OutlineMember> {
  const parts: OutlineMember[] = [];
  if (text.charCodeAt(start) !== OPEN_BRACE) return { parts, complete: false };
  let at = afterBlanks(text, start + 1);
  if (text.charCodeAt(at) === CLOSE_BRACE) return { parts, complete: true };
  for (;;) {
    const keyEnd = text.charCodeAt(at) === QUOTE ? endOfString(text, at) : -1;
    const colon = keyEnd < 0 ? -1 : afterBlanks(text, keyEnd);
    if (text.charCodeAt(colon) !== COLON) return { parts, complete: false };
    const valueStart = afterBlanks(text, colon + 1);
    const valueEnd = endOfValue(text, valueStart);
    if (valueEnd < 0) return { parts, complete: false };
    parts.push({ key: textOf(text.slice(at, keyEnd)), value: { start: valueStart, end: valueEnd } });
    at = afterBlanks(text, valueEnd);
    if (text.charCodeAt(at) === CLOSE_BRACE) return { parts, complete: true };
    if (text.charCodeAt(at) !== COMMA) return { parts, complete: false };
    at = afterBlanks(text, at + 1);
  }
}

/** The elements of an array, in the same way. */
export function outlineArray(text: string, start: number): Outline<Extent> {
  const elements: Extent[] = [];
  if (text.charCodeAt(start) !== OPEN_BRACKET) return { parts: elements, complete: false };
  let at = afterBlanks(text, start + 1);
  if (text.charCodeAt(at) === CLOSE_BRACKET) return { parts: elements, complete: true };
  for (;;) {
    const end = endOfValue(text, at);
    if (end < 0) return { parts: elements, complete: false };
    elements.push({ start: at, end });
    at = afterBlanks(text, end);
    if (text.charCodeAt(at) === CLOSE_BRACKET) return { parts: elements, complete: true };
    if (text.charCodeAt(at) !== COMMA) return { parts: elements, complete: false };
    at = afterBlanks(text, at + 1);
  }
}

/** Whether some client takes the key for this one, which is in lower case. Half a surrogate pair is dropped by some readers. */
export function isLike(key: string, wanted: string): boolean {
  return key === wanted || fold(key.replace(HALF_PAIRS, '')) === wanted;
}

/** Halves of surrogate pairs that stand alone. */
export const HALF_PAIRS = /\p{Cs}/gu;

/** The value of a string with its quotes. What no JSON parser takes is read as it stands. */
export function textOf(written: string): string {
  const isPlain = PLAIN.test(written) || !isJson(written);
  return isPlain ? written.slice(1, -1) : (JSON.parse(written) as string);
}

/** A string that stands for itself. */
const PLAIN = /^"[ !#-[\]-\uffff]*"$/;

function afterBlanks(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); code === SPACE || code === TAB; code = text.charCodeAt(at)) at++;
  return at;
}

/** -1 where the text ends before the value does, or where there is none. */
function endOfValue(text: string, start: number): number {
  const first = text.charCodeAt(start);
  if (first === QUOTE) return endOfString(text, start);
  if (first === OPEN_BRACE || first === OPEN_BRACKET) return endOfContainer(text, start);
  WORD.lastIndex = start;
  return WORD.test(text) ? WORD.lastIndex : -1;
}

/** Numbers, literals, and what some writers put in their place, such as NaN and -Infinity. */
const WORD = /[\w+.-]+/y;
const MARK = /["[\]{}]/g;

function endOfContainer(text: string, start: number): number {
  let depth = 0;
  MARK.lastIndex = start;
  for (let found = MARK.exec(text); found !== null; found = MARK.exec(text)) {
    const [mark] = found;
    if (mark === '"') {
      const end = endOfString(text, found.index);
      if (end < 0) return -1;
      MARK.lastIndex = end;
    } else if (mark === '{' || mark === '[') depth++;
    else if (--depth === 0) return found.index + 1;
  }
  return -1;
}

/** After the first quote with an even number of backslashes before it. */
function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(quote - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return quote + 1;
  }
  return -1;
}
