import type { Splice } from '../formats/config-text.js';
import type { KnownClient } from '../known-clients.js';
import { wrapStateOf } from './command-words.js';
import { entryStart, type ListMember, type ServerEntry, type TextMember } from './entry.js';
import type { EntryWriter } from './entry-writer.js';
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
    }
  /** It is as it is wanted already. */
  | { kind: 'kept'; words: readonly string[] }
  | { kind: 'skipped'; reason: string };

export interface WrapOptions {
  client: KnownClient;
  /** The words that start policy-wrap, up to `--`. */
  using: readonly string[];
}

/** How policy-wrap is put in front of a server. */
export function wrap(entry: ServerEntry, writing: EntryWriter, options: WrapOptions): Change {
  const start = entryStart(entry);
  if (start.kind === 'odd') return { kind: 'skipped', reason: start.reason };
  if (start.kind === 'url') return wrapUrl(entry, start, writing, options);
  const { words } = start;
  switch (wrapStateOf(words)) {
    case 'wrapped':
      return { kind: 'kept', words };
    case 'inside':
      return { kind: 'skipped', reason: 'policy-wrap is inside its command already' };
    case 'itself':
      return { kind: 'skipped', reason: 'it is policy-wrap itself, without a server' };
  }
  const unsafe = unsafeForCmd(options.using, [...options.using, ...words]);
  if (unsafe) return unsafe;
  const wrapped = [...options.using, '--', ...words];
  const splices =
    start.kind === 'list'
      ? [writing.prepend(start.command.value, literals(writing, [...options.using, '--']))]
      : wrapCommand(start, writing, options.using);
  return { kind: 'change', splices, words: wrapped, notes: [] };
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
  { client, using }: WrapOptions,
): Change {
  const remote = remoteServer(entry, { url, type }, client, writing);
  if (typeof remote === 'string') return { kind: 'skipped', reason: remote };
  const id = entry.name.startsWith('-') ? [`--server=${entry.name}`] : ['--server', entry.name];
  const own = [...using, ...id, '--'];
  const unsafe = unsafeForCmd(using, [...using, ...id, ...remote.words]);
  if (unsafe) return unsafe;
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
function unsafeForCmd(using: readonly string[], words: readonly string[]): Change | undefined {
  if (!/^(?:.*[\\/])?cmd(?:\.exe)?$/i.test(using[0] ?? '')) return undefined;
  if (!words.some((word) => /[&|<>^%"\r\n]/.test(word))) return undefined;
  const reason =
    'its command has characters that cmd.exe would change; say --using "node C:\\…\\policy-wrap.js"';
  return { kind: 'skipped', reason };
}
