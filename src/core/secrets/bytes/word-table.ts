import { ALL_TRAITS, AS_NAME, traitsOfWord } from './word-traits.js';

/** Names are not longer; of a longer word nothing is known. Bytes. */
const LONGEST_WORD = 64;
/** Keys and names come from the agent, so what is kept of them is bounded: some 15 kB in all. */
const MOST_WORDS = 512;
const LETTERS = 8_192;
/** A power of two. */
const SLOTS = 1_024;
/** Of slots that are looked at for a word: then the table is begun anew. */
const MOST_PROBES = 16;
/** A longer one that names something comes new each time, as paths and ids do: it would push out what comes again. Bytes. */
const LONGEST_NAME = 24;
/** To judge a word takes a few microseconds. In arguments with more new ones, what is saved would be spent on them. */
const MOST_NEW_WORDS = 16;

/** Words that were judged, found by their bytes: the same few come again in every call. Made for the first word. */
interface Words {
  letters: Uint8Array;
  /** Where each word begins in `letters`; it ends where the next one begins. */
  starts: Uint16Array;
  traits: Uint16Array;
  /** In which roles each was judged, as bits. */
  roles: Uint8Array;
  /** 0, or one more than the number of a word. */
  slots: Uint16Array;
}

let words: Words | undefined;
let count = 0;
let newWords = 0;

/** Begins with other arguments. */
export function expectNewWords(): void {
  newWords = 0;
}

/**
 * The traits of the word between two places in a role; all of them where nothing is known of it, as of one with escapes or letters beyond ASCII.
 * 0.03 us for one that was judged before, without a string.
 */
export function traitsOf(bytes: Uint8Array, start: number, end: number, role: number): number {
  const length = end - start;
  if (length > LONGEST_WORD) return ALL_TRAITS;
  let hash = length;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte >= 0x80 || byte === 0x5c) return ALL_TRAITS;
    hash = (Math.imul(hash, 31) + byte) | 0;
  }
  words ??= emptyWords();
  const { slots } = words;
  let slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
  for (let probe = 0; probe < MOST_PROBES; probe++) {
    const index = (slots[slot] as number) - 1;
    if (index < 0) break;
    if (isWord(words, index, bytes, start, end)) {
      if (((words.roles[index] as number) & role) === 0) judge(words, index, textOf(bytes, start, end), role);
      return words.traits[index] as number;
    }
    slot = (slot + 1) & (SLOTS - 1);
  }
  return traitsOfNew(words, bytes, start, end, slot, role);
}

function emptyWords(): Words {
  return {
    letters: new Uint8Array(LETTERS),
    starts: new Uint16Array(MOST_WORDS + 1),
    traits: new Uint16Array(MOST_WORDS),
    roles: new Uint8Array(MOST_WORDS),
    slots: new Uint16Array(SLOTS),
  };
}

function isWord({ letters, starts }: Words, index: number, bytes: Uint8Array, start: number, end: number) {
  let other = starts[index] as number;
  if ((starts[index + 1] as number) - other !== end - start) return false;
  for (let at = start; at < end; at++, other++) if (letters[other] !== bytes[at]) return false;
  return true;
}

function textOf(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at] as number);
  return text;
}

/** Judges a word in one more role. */
function judge({ traits, roles }: Words, index: number, text: string, role: number): void {
  traits[index] = (traits[index] as number) | traitsOfWord(text, role);
  roles[index] = (roles[index] as number) | role;
}

/** Judges a word, and puts it in a slot where that is free. */
function traitsOfNew(
  known: Words,
  bytes: Uint8Array,
  start: number,
  end: number,
  slot: number,
  role: number,
): number {
  if (newWords === MOST_NEW_WORDS) return ALL_TRAITS;
  newWords++;
  const text = textOf(bytes, start, end);
  if (role === AS_NAME && end - start > LONGEST_NAME) return traitsOfWord(text, role);
  const { letters, starts, slots } = known;
  const place = starts[count] as number;
  if (slots[slot] !== 0 || count === MOST_WORDS || place + end - start > LETTERS) {
    slots.fill(0);
    count = 0;
    return traitsOfWord(text, role);
  }
  letters.set(bytes.subarray(start, end), place);
  known.traits[count] = 0;
  known.roles[count] = 0;
  judge(known, count, text, role);
  const traits = known.traits[count] as number;
  count++;
  starts[count] = place + end - start;
  slots[slot] = count;
  return traits;
}
