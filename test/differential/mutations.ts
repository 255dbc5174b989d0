import { withMeta } from './cases.js';
import { BAD, ESCAPES, NUMBERS, ODD, spellings, WORDS } from './odd.js';
import { membersOf, type Token, textOf, tokensOf } from './tokens.js';

/** Chooses from a list; what it returns depends on the seed alone. */
export type Choose = <T>(from: readonly T[]) => T;

/** Makes another line of one; `others` are lines to take parts from. */
export type Mutation = (line: string, choose: Choose, others: readonly string[]) => string;

const BYTES = Array.from({ length: 8 }, (_, bit) => 1 << bit);

/** Ways to change a line that mostly leave JSON behind, so that the policy has to judge what it says. */
export const GENTLE: Readonly<Record<string, Mutation>> = {
  'inserts an escape in a string': (line, choose) =>
    onToken(line, choose, 'string', (text) => insideAt(text, choose, choose(ESCAPES))),
  'inserts odd bytes in a string': (line, choose) =>
    onToken(line, choose, 'string', (text) => insideAt(text, choose, choose(ODD))),
  'spells a string otherwise': (line, choose) =>
    onToken(line, choose, 'string', (text) => respell(text, choose)),
  'writes a letter in escapes': (line, choose) =>
    onToken(line, choose, 'string', (text) => escapeLetter(text, choose)),
  'takes another word': (line, choose) => onToken(line, choose, 'string', () => `"${choose(WORDS)}"`),
  'takes another number': (line, choose) => onToken(line, choose, 'number', () => choose(NUMBERS)),
  'takes a number for a string': (line, choose) => onToken(line, choose, 'string', () => choose(NUMBERS)),
  'doubles a member under another key': (line, choose) =>
    doubleMember(line, choose, (key) =>
      choose([respell(key, choose), insideAt(key, choose, choose(ESCAPES)), escapeLetter(key, choose)]),
    ),
  'swaps two members': swapMembers,
  'brings in a member of another line': (line, choose, others) => {
    const foreign = tokensOf(choose(others));
    const spans = membersOf(foreign);
    if (spans.length === 0) return line;
    const { start, end } = choose(spans);
    const text = textOf(foreign.slice(start, end));
    return onToken(line, choose, 'open', (open) => (open === '{' ? `{${text},` : open));
  },
  'puts a line into a string': (line, choose, others) =>
    onToken(line, choose, 'string', () => JSON.stringify(choose(others))),
  'nests a value': (line, choose) => {
    const depth = choose([1, 2, 60, 250, 300, 2000]);
    return onToken(line, choose, 'string', (text) => '['.repeat(depth) + text + ']'.repeat(depth));
  },
  'adds the _meta of 2026-07-28': withMeta,
  'puts blanks between tokens': (line, choose) =>
    onToken(
      line,
      choose,
      choose(['open', 'colon', 'comma'] as const),
      (text) => text + choose([' ', '\t', ' \t  ']),
    ),
};

/** Ways that mostly break it. */
export const ROUGH: Readonly<Record<string, Mutation>> = {
  'flips a bit': (line, choose) =>
    replaceAt(line, choose, (byte) => String.fromCharCode(byte.charCodeAt(0) ^ choose(BYTES))),
  'inserts odd bytes anywhere': (line, choose) => insertAt(line, choose, choose([...ODD, ...BAD])),
  'inserts odd bytes between tokens': (line, choose) =>
    onToken(line, choose, undefined, (text) => text + choose([...ODD, ...BAD])),
  'surrounds a token with line ends': (line, choose) =>
    onToken(line, choose, undefined, (text) => `${choose(ODD)}${text}${choose(ODD)}`),
  'inserts odd bytes at the ends': (line, choose) => choose([choose(ODD) + line, line + choose(ODD)]),
  'doubles a member': (line, choose) => doubleMember(line, choose, (key) => key),
  'drops a token': (line, choose) => onToken(line, choose, undefined, () => ''),
  'doubles a token': (line, choose) => onToken(line, choose, undefined, (text) => text + text),
  'cuts the line': (line, choose) => line.slice(0, choose(positions(line))),
  'joins two lines': (line, choose, others) =>
    choose([line, '']) + choose(['', ' ', ',', '\0', ...ODD]) + choose(others),
  'puts a line in the place of a value': (line, choose, others) =>
    onToken(line, choose, choose(['string', 'number'] as const), () => choose(others)),
  'hides a line between line ends': (line, choose) => {
    const end = choose(ODD);
    return `{"jsonrpc":"2.0","id":7,"method":"ping","params":{"x":${end}${line}${choose([end, '\r'])}}}`;
  },
  'wraps the line': (line, choose) =>
    choose([`[${line}]`, `{"params":${line}}`, `[[${line}],7]`, `"${line}"`, `(${line})`, `data: ${line}`]),
};

function doubleMember(line: string, choose: Choose, keyOf: (key: string) => string): string {
  const tokens = tokensOf(line);
  const spans = membersOf(tokens);
  if (spans.length === 0) return line;
  const { start, end } = choose(spans);
  const [key, ...rest] = tokens.slice(start, end);
  const value = choose([textOf(rest), `:"${choose(WORDS)}"`, `:${choose(NUMBERS)}`, ':{}']);
  const lookalike = keyOf(key?.text ?? '""') + value;
  const before = choose([true, false]);
  return (
    textOf(tokens.slice(0, start)) +
    (before ? `${lookalike},` : '') +
    textOf(tokens.slice(start, end)) +
    (before ? '' : `,${lookalike}`) +
    textOf(tokens.slice(end))
  );
}

function swapMembers(line: string, choose: Choose): string {
  const tokens = tokensOf(line);
  const spans = membersOf(tokens);
  if (spans.length === 0) return line;
  const one = choose(spans);
  const apart = spans.filter(({ start, end }) => end <= one.start || start >= one.end);
  if (apart.length === 0) return line;
  const [first, second] = [one, choose(apart)].sort((left, right) => left.start - right.start);
  if (first === undefined || second === undefined) return line;
  return [
    tokens.slice(0, first.start),
    tokens.slice(second.start, second.end),
    tokens.slice(first.end, second.start),
    tokens.slice(first.start, first.end),
    tokens.slice(second.end),
  ]
    .map(textOf)
    .join('');
}

function respell(text: string, choose: Choose): string {
  return `"${choose(spellings(text.slice(1, -1)))}"`;
}

function escapeLetter(text: string, choose: Choose): string {
  return replaceAt(text, choose, (letter) => {
    if (!/[\w/ ]/.test(letter)) return letter;
    const digits = letter.charCodeAt(0).toString(16);
    return `\\u${choose([digits, digits.toUpperCase()]).padStart(4, '0')}`;
  });
}

function onToken(
  line: string,
  choose: Choose,
  kind: Token['kind'] | undefined,
  change: (text: string) => string,
): string {
  const tokens = tokensOf(line);
  const fitting = tokens.filter((token) => kind === undefined || token.kind === kind);
  if (fitting.length === 0) return line;
  const chosen = choose(fitting);
  return tokens.map((token) => (token === chosen ? change(token.text) : token.text)).join('');
}

/** Between the quotes, most often at one of their ends. */
function insideAt(text: string, choose: Choose, inserted: string): string {
  const at = choose([1, text.length - 1, choose(positions(text))]);
  return text.slice(0, at) + inserted + text.slice(at);
}

function insertAt(line: string, choose: Choose, inserted: string): string {
  const at = choose(positions(line));
  return line.slice(0, at) + inserted + line.slice(at);
}

function replaceAt(line: string, choose: Choose, change: (byte: string) => string): string {
  const at = choose(positions(line));
  return line.slice(0, at) + change(line[at] ?? ' ') + line.slice(at + 1);
}

function positions(line: string): number[] {
  return Array.from({ length: line.length + 1 }, (_, at) => at);
}
