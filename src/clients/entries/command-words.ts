import { serverIdentity } from '../../core/tools/server-id.js';
import { SUB_COMMANDS } from '../../platform/outer-npx.js';

/** How the words of a command stand to policy-wrap. */
export type WrapState =
  /** A server, without policy-wrap. */
  | 'bare'
  /** policy-wrap is in front of a server. */
  | 'wrapped'
  /** policy-wrap is somewhere within another command. */
  | 'inside'
  /** policy-wrap itself, with no server after it. */
  | 'itself'
  /** policy-wrap in front of a server, without the `--` between them: it takes the server for a command of its own. */
  | 'unseparated';

/** Options of `run` that take the next word. */
const OWN_VALUED = /^(?:-c|--(?:config|preset|mode|server|via))$/;

const OWN_NAME = /^(?:.*[\\/])?policy-wrap(?:@[^\\/]*|\.(?:[cm]?js|cmd|exe|bat|ps1))?$/i;

/** Says where policy-wrap is in a command, however it is started. */
export function wrapStateOf(words: readonly string[]): WrapState {
  const [command = '', ...args] = words;
  const { id, behind } = serverIdentity(command, args);
  if (id === 'policy-wrap' && !behind) {
    if (serverStart(words) !== undefined) return 'wrapped';
    return unseparated(words) === undefined ? 'itself' : 'unseparated';
  }
  const named = words.findIndex((word) => OWN_NAME.test(word));
  const follows = named >= 0 && words.indexOf('--', named) > named;
  return follows || words.some((word) => /\bpolicy-wrap\b.*\s--\s/s.test(word)) ? 'inside' : 'bare';
}

/** Where the server's own command begins in a wrapped one. */
function serverStart(words: readonly string[]): number | undefined {
  const own = ownPlace(words);
  const end = words.indexOf('--', own);
  return own < 0 || end < 0 || end + 1 >= words.length ? undefined : end + 1;
}

/** Where the command of a server begins that no `--` is in front of. */
export function unseparated(words: readonly string[]): number | undefined {
  let at = words.findLastIndex((word) => OWN_NAME.test(word)) + 1;
  while (words[at]?.startsWith('-')) at += OWN_VALUED.test(words[at] ?? '') ? 2 : 1;
  const word = words[at];
  return word === undefined || SUB_COMMANDS.includes(word) || words.includes('--', at) ? undefined : at;
}

/** Where policy-wrap is named, with its options after it: a package may be named before, and a sub-command is not an option. */
function ownPlace(words: readonly string[]): number {
  return words.findIndex((word, index) => OWN_NAME.test(word) && words[index + 1]?.startsWith('-'));
}

/** The options of each policy-wrap that is in front of a server, the first first. */
export function everyOwnOptions(words: readonly string[]): string[][] {
  const every: string[][] = [];
  for (let rest = words; wrapStateOf(rest) === 'wrapped'; rest = rest.slice(serverStart(rest)))
    every.push(ownOptions(rest));
  return every;
}

/** After all policy-wraps, where several are in front of each other. */
export function innermost(words: readonly string[]): number {
  let from = 0;
  while (wrapStateOf(words.slice(from)) === 'wrapped') from += serverStart(words.slice(from)) ?? 0;
  return from;
}

/** The words that start policy-wrap and its options, and how many words that is with `--`; of the first where there are several. */
export function ownHead(words: readonly string[]): { runner: string[]; options: string[]; length: number } {
  const own = ownPlace(words);
  const end = words.indexOf('--', own);
  return { runner: words.slice(0, own + 1), options: words.slice(own + 1, end), length: end + 1 };
}

/** The options of policy-wrap in a wrapped command. */
export function ownOptions(words: readonly string[]): string[] {
  const own = ownPlace(words);
  return words.slice(own + 1, words.indexOf('--', own));
}

/** The words of a command line: separated by spaces, and what is in quotes is one. */
export function splitWords(line: string): string[] {
  const words = line.match(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g) ?? [];
  return words.map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'));
}
