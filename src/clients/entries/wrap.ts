import type { Splice } from '../formats/config-text.js';
import type { KnownClient } from '../known-clients.js';
import { ownHead, unseparated, wrapStateOf } from './command-words.js';
import { type EntryStart, entryStart, type ListMember, type ServerEntry, type TextMember } from './entry.js';
import type { EntryWriter } from './entry-writer.js';
import { identityOf } from './identity.js';
import { type NamedPolicy, type Runner, renewedWords, serverOption } from './own-words.js';
import { remoteServer } from './remote-server.js';

/** What is to be done with one entry. */
export type Change =
  | {
      kind: 'change';
      splices: readonly Splice[];
      /** How the server is started then; the URL alone where it is given by URL again. */
      words: readonly string[];
      notes: readonly string[];
      /** It is put back exactly as it was. */
      exact?: boolean;
      /** policy-wrap was in front of it before, and is started otherwise now. */
      renewed?: boolean;
    }
  /** It is as it is wanted already. */
  | { kind: 'kept'; words: readonly string[] }
  | { kind: 'skipped'; reason: string };

export interface WrapOptions {
  client: KnownClient;
  runner: Runner;
  policy: NamedPolicy;
  /** Clients that fill in variables differently read the file. */
  shared?: boolean;
}

/** How policy-wrap is put in front of a server. */
export function wrap(entry: ServerEntry, writing: EntryWriter, options: WrapOptions): Change {
  const start = entryStart(entry);
  if (start.kind === 'odd') return { kind: 'skipped', reason: start.reason };
  if (start.kind === 'url') return safeForCmd(wrapUrl(entry, start, writing, options));
  const { words } = start;
  switch (wrapStateOf(words)) {
    case 'wrapped':
      return safeForCmd(renewed(entry, start, writing, options));
    case 'inside':
      return { kind: 'skipped', reason: 'policy-wrap is inside its command already' };
    case 'itself':
      return { kind: 'skipped', reason: 'it is policy-wrap itself, without a server' };
    case 'unseparated':
      return separated(start, writing);
    default:
      return safeForCmd(wrapWords(entry, start, writing, options));
  }
}

type CommandStart = Extract<EntryStart, { kind: 'command' | 'list' }>;

function wrapWords(
  entry: ServerEntry,
  start: CommandStart,
  writing: EntryWriter,
  options: WrapOptions,
): Change {
  const unsure = identityOf(entry)?.unsure === true;
  const using = [...startWords(options), ...(unsure ? serverOption(entry.name) : [])];
  const splices =
    start.kind === 'list'
      ? [writing.prepend(start.command.value, literals(writing, [...using, '--']))]
      : wrapCommand(start, writing, using);
  const notes = unsure
    ? [
        'which server it is cannot be told from its command, so --server gives policies its name in this config',
      ]
    : [];
  return { kind: 'change', splices, words: [...using, '--', ...start.words], notes };
}

/** Only the words up to `--` change, where they are to be others. */
function renewed(
  entry: ServerEntry,
  start: CommandStart,
  writing: EntryWriter,
  { runner, policy }: WrapOptions,
): Change {
  const { words } = start;
  const head = ownHead(words);
  const own = renewedWords(head, runner, policy);
  const using = [...own, ...(identityOf(entry)?.unsure === true ? serverOption(entry.name) : [])];
  if (JSON.stringify(using) === JSON.stringify(words.slice(0, head.length - 1)))
    return { kind: 'kept', words };
  const raw = literals(writing, [...using, '--']);
  const [program = '', ...rest] = raw;
  const { command } = start;
  const splices =
    start.kind === 'list'
      ? [writing.replaceFirst(start.command.value, head.length, raw)]
      : [
          { start: command.value.start, end: command.value.end, text: program },
          ...(start.args ? [writing.replaceFirst(start.args.value, head.length - 1, rest)] : []),
        ];
  const notes = ['it is wrapped already; only the way in which policy-wrap is started changes'];
  return {
    kind: 'change',
    splices,
    words: [...using, '--', ...words.slice(head.length)],
    notes,
    renewed: true,
  };
}

/** The `add` of some clients takes the `--` for its own. */
function separated(start: CommandStart, writing: EntryWriter): Change {
  const at = unseparated(start.words) ?? 0;
  const list = start.kind === 'list' ? start.command.value : start.args?.value;
  const item = list?.items[start.kind === 'list' ? at : at - 1];
  if (list === undefined || item === undefined)
    return { kind: 'skipped', reason: 'it is policy-wrap itself' };
  const words = [...start.words.slice(0, at), '--', ...start.words.slice(at)];
  const notes = ['the `--` in front of its command was missing, so it did not start'];
  return { kind: 'change', splices: [writing.insertBefore(list, item, writing.literal('--'))], words, notes };
}

function startWords({ runner, policy }: WrapOptions): string[] {
  const file = policy === 'as it is' ? undefined : policy.file;
  return [...runner.words, ...(file === undefined ? [] : ['--config', file])];
}

/** The command's own text moves into the arguments as it is written. */
function wrapCommand(
  { command, args }: { command: TextMember; args: ListMember | undefined },
  writing: EntryWriter,
  [program = '', ...rest]: readonly string[],
): Splice[] {
  const front = [...literals(writing, [...rest, '--']), writing.at(command.value)];
  const { start, end } = command.value;
  return [
    { start, end, text: writing.literal(program) },
    args === undefined
      ? writing.after(command, writing.member(command, 'args', writing.list(front)))
      : writing.prepend(args.value, front),
  ];
}

/** policy-wrap speaks to processes only, so mcp-remote is between it and the URL. */
function wrapUrl(
  entry: ServerEntry,
  { url, type }: { url: TextMember; type: TextMember | undefined },
  writing: EntryWriter,
  options: WrapOptions,
): Change {
  const remote = remoteServer(entry, { url, type }, options, writing);
  if (typeof remote === 'string') return { kind: 'skipped', reason: remote };
  const own = [...startWords(options), ...serverOption(entry.name), '--'];
  const raw = [...literals(writing, own), ...remote.raw];
  const [program = '', ...args] = raw;
  const written = entry.list
    ? writing.member(url, 'command', writing.list(raw))
    : `${writing.member(url, 'command', program)}${writing.glue(url)}${writing.member(url, 'args', writing.list(args))}`;
  if (url.whole === undefined)
    return { kind: 'skipped', reason: `'${url.key}' is written in an unusual way` };
  return {
    kind: 'change',
    splices: [{ ...url.whole, text: written }, ...remote.splices],
    words: [...own, ...remote.words],
    notes: remote.notes,
  };
}

function literals(writing: EntryWriter, words: readonly string[]): string[] {
  return words.map((word) => writing.literal(word));
}

/** cmd.exe reads the command line once more, and would take these for its own. */
function safeForCmd(change: Change): Change {
  if (change.kind !== 'change' || !/^(?:.*[\\/])?cmd(?:\.exe)?$/i.test(change.words[0] ?? '')) return change;
  if (!change.words.some((word) => /[&|<>^%"\r\n]/.test(word))) return change;
  const reason =
    'its command has characters that cmd.exe would change; say --using "node C:\\…\\policy-wrap.js"';
  return { kind: 'skipped', reason };
}
