import type { Case } from './cases.js';
import { NUMBERS, ODD, PATHS, spellings } from './odd.js';
import { membersOf, type Token, textOf, tokensOf } from './tokens.js';

/** Calls that the policy denies, as an honest client writes them. */
export const DENIED = [
  call('{"name":"delete_broker","arguments":{"text":"x"}}'),
  call('{"name":"create_charge","arguments":{"amount":500}}'),
  call('{"name":"list","arguments":{"path":"/etc/passwd"}}'),
  call('{"name":"read_note","arguments":{"text":"secret"}}'),
];

export const ALLOWED = [
  call('{"name":"list","arguments":{"path":"/tmp/a","text":"delete_broker"}}'),
  call('{"name":"create_charge","arguments":{"amount":50,"text":"x"}}'),
  '{"jsonrpc":"2.0","id":7,"method":"ping","params":{"name":"delete_broker","arguments":{"path":"/etc"}}}',
];

/** What stands beside a member that is written oddly, for the reader that does not see that one. */
const HARMLESS: Readonly<Record<string, string>> = {
  jsonrpc: '"jsonrpc":"2.0"',
  id: '"id":7',
  method: '"method":"ping"',
  params: '"params":{"name":"list","arguments":{}}',
  name: '"name":"list"',
  arguments: '"arguments":{}',
  amount: '"amount":5',
  path: '"path":"/tmp"',
  text: '"text":"y"',
};

/** Each part of each denied call in every odd way, one at a time. No chance is involved. */
export function respelled(): Case[] {
  return [...DENIED.flatMap(members), ...DENIED.flatMap(hidden), ...paths(), ...amounts()];
}

function members(line: string): Case[] {
  const tokens = tokensOf(line);
  return membersOf(tokens).flatMap(({ start, end }) => {
    const [key, ...rest] = tokens.slice(start, end);
    const name = key?.text.slice(1, -1) ?? '';
    const value = textOf(rest).slice(1);
    const put = (what: string, text: string): Case => ({
      name: `${what} of ${name}`,
      lines: [textOf(tokens.slice(0, start)) + text + textOf(tokens.slice(end))],
    });
    const harmless = HARMLESS[name] ?? '"x":0';
    const keys = [name, ...spellings(name)].flatMap((spelled) => {
      const member = `"${spelled}":${value}`;
      const lookalikes = [`${member},${harmless}`, `${harmless},${member}`];
      return [...(spelled === name ? [] : [member]), ...lookalikes].map((text) => put('key', text));
    });
    return [...keys, ...valuesFor(value).map((other) => put('value', `"${name}":${other}`))];
  });
}

/** A value in other shapes, and a text in other spellings. */
function valuesFor(value: string): string[] {
  const shapes = [`[${value}]`, `[[${value}]]`, `{"0":${value}}`, JSON.stringify(value), byPosition(value)];
  const texts = value.startsWith('"') ? spellings(value.slice(1, -1)).map((text) => `"${text}"`) : [];
  return [...shapes, ...texts];
}

/** The values of an object in a list, with what they hold in lists too. */
function byPosition(value: string): string {
  const tokens = tokensOf(value);
  const isKey = (at: number) => tokens[at]?.kind === 'string' && tokens[at + 1]?.kind === 'colon';
  const kept = tokens.filter(({ kind }, at) => kind !== 'colon' && !isKey(at));
  const inLists: Readonly<Record<string, string>> = { '{': '[', '}': ']' };
  return kept.map(({ text }: Token) => inLists[text] ?? text).join('');
}

/** A denied call behind, before or inside of a harmless line. */
function hidden(line: string): Case[] {
  const ping = '{"jsonrpc":"2.0","id":7,"method":"ping"}';
  const open = '{"jsonrpc":"2.0","id":7,"method":"ping","params":{"x":';
  const lines = ['', ' ', ',', ...ODD].flatMap((odd) => [
    `${ping}${odd}${line}`,
    `${line}${odd}${ping}`,
    `${open}${odd}${line}${odd}}}`,
    `${open}"${odd}${line}${odd}"}}`,
    `${odd}${line}${odd}`,
  ]);
  const wrapped = [`[${line}]`, `[[${line}]]`, `[${ping},${line}]`, JSON.stringify(line), byPosition(line)];
  return [...lines, ...wrapped].map((text) => ({ name: 'a call that is hidden', lines: [text] }));
}

function paths(): Case[] {
  return PATHS.map((path) => ({
    name: 'a path',
    lines: [call(`{"name":"list","arguments":{"path":"${path}"}}`)],
  }));
}

function amounts(): Case[] {
  return NUMBERS.map((amount) => ({
    name: 'an amount',
    lines: [call(`{"name":"create_charge","arguments":{"amount":${amount}}}`)],
  }));
}

function call(params: string): string {
  return `{"jsonrpc":"2.0","id":7,"method":"tools/call","params":${params}}`;
}
