/** What a byte is for those who look through a string as it is written in JSON. */
export const UNSURE = 0;
/** Tokens, paths and words are made of this and the next two. */
export const LETTER = 1;
/** Behind these a token may begin. */
export const JOINT = 2;
/** The same, and something has to be looked at: `=`, `:`, `@`. */
export const SIGN = 3;
export const BLANK = 4;
export const PLAIN = 5;
export const QUOTE = 6;
export const BACKSLASH = 7;
export const APOSTROPHE = 8;
export const LESS_THAN = 9;
/** Part of a character beyond ASCII. */
export const WIDE = 10;

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';

function marked(...marks: [characters: string, mark: number][]): Uint8Array {
  const table = new Uint8Array(256);
  for (const [characters, mark] of marks)
    for (const character of characters) table[character.charCodeAt(0)] = mark;
  return table;
}

export const CLASSES = marked(
  [`${LETTERS}${DIGITS}_`, LETTER],
  ['%.~+/-', JOINT],
  ['=:@', SIGN],
  [' ', BLANK],
  ['!#$&()*,;>?[]^`{|}', PLAIN],
  ['"', QUOTE],
  ['\\', BACKSLASH],
  ["'", APOSTROPHE],
  ['<', LESS_THAN],
).fill(WIDE, 0x80);

/** 1 for what names are made of. */
export const IN_NAME = marked([`${LETTERS}${DIGITS}_.-$`, 1]);
/** 1 for what words are made of. */
export const IN_WORD = marked([`${LETTERS}${DIGITS}_`, 1]);
/** 1 for what options are made of, and 2 for what one may begin with after its dashes. */
export const IN_OPTION = marked([`${DIGITS}_.-`, 1], [LETTERS, 2]);
/** 1 for what names of elements are made of, and 2 for what one may begin with. */
export const IN_ELEMENT = marked([`${DIGITS}.:-`, 1], [`${LETTERS}_`, 2]);
export const HEX_DIGITS = marked([`${DIGITS}abcdefABCDEF`, 1]);
