import { innermost } from '../../../clients/entries/command-words.js';
import { entryStart, type ServerEntry } from '../../../clients/entries/entry.js';
import { identityOf } from '../../../clients/entries/identity.js';
import { serverOption } from '../../../clients/entries/own-words.js';
import type { FoundConfig } from '../../../clients/find-configs.js';
import { changeByInstall } from '../../../clients/plan.js';
import { serverId } from '../../../core/tools/server-id.js';
import { commandText } from '../command-text.js';

/** The id of a server once policy-wrap is in front of it; undefined where no command starts it. */
export function idInFront(entry: ServerEntry): string | undefined {
  const start = entryStart(entry);
  const identity = identityOf(entry);
  if (identity === undefined || (start.kind !== 'command' && start.kind !== 'list')) return undefined;
  // Where no id can be told from the command, install writes the name.
  return identity.unsure && innermost(start.words) === 0 ? entry.name : identity.id;
}

/** What to write for the server on a command line: without its id, what is written for it would apply to another. */
export function namedCommand(id: string, words: readonly string[]): string {
  const [command = '', ...args] = words;
  const option = serverId(command, args) === id ? [] : serverOption(id);
  return commandText([...option, '--', ...words]);
}

/** The command by which install would have a server by URL started; or why there is none that can be typed. */
export function commandOfUrl(entry: ServerEntry, config: FoundConfig): string {
  const change = changeByInstall(entry, config, { words: ['policy-wrap'], named: true });
  if (change.kind === 'skipped') return change.reason;
  const words = change.words.slice(innermost(change.words));
  // Their values are in variables that install writes into the entry.
  if (words.includes('--header')) return 'its headers are for its client alone';
  return `to have it read, write ${namedCommand(entry.name, words)}`;
}
