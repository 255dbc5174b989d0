const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** A key, and what is written of it and its value. */
type Member = readonly [string, string];

/** More members are rarer than it would pay to sort them so. */
const MOST_MEMBERS = 16;
/** What has one spelling: words, and integers that every number type holds. */
const PLAIN_WORD = /^(?:true|false|null|0|-?[1-9]\d{0,14})$/;

/**
 * The one spelling of a proved JSON object that is flat and plain, as most arguments are: values are strings without escapes,
 * integers, true, false and null, and nothing is between them. The same as `speltText` with the numbers of a policy, in a
 * fifth of the time. Undefined for all others.
 */
export function flatSpelling(text: string): string | undefined {
  if (text.charCodeAt(0) !== OPEN_OBJECT || text.includes('\\')) return undefined;
  const members: Member[] = [];
  let at = 1;
  while (text.charCodeAt(at) === QUOTE) {
    const colon = text.indexOf('"', at + 1) + 1;
    const key = text.slice(at + 1, colon - 1);
    const end = text.charCodeAt(colon) === COLON ? endOfPlainWord(text, colon + 1) : -1;
    if (end < 0 || members.length === MOST_MEMBERS) return undefined;
    members.push([key, text.slice(at, end)]);
    if (text.charCodeAt(end) !== COMMA) return text.length === end + 1 ? spelling(members) : undefined;
    at = end + 1;
  }
  return text === '{}' ? text : undefined;
}

/** Where a string, or a word that has one spelling, ends; -1 where it is another value. */
function endOfPlainWord(text: string, start: number): number {
  if (text.charCodeAt(start) === QUOTE) return text.indexOf('"', start + 1) + 1;
  let at = start;
  for (let code = text.charCodeAt(at); code > 0 && code !== COMMA && code !== CLOSE_OBJECT; )
    code = text.charCodeAt(++at);
  return PLAIN_WORD.test(text.slice(start, at)) ? at : -1;
}

function spelling(members: Member[]): string {
  members.sort(([one], [other]) => (one < other ? -1 : 1));
  let text = '';
  for (const [, member] of members) text += text === '' ? member : `,${member}`;
  return `{${text}}`;
}
