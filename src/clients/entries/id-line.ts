import { ownHead, wrapStateOf } from './command-words.js';
import { optionsWithServer } from './own-words.js';

/** A command as a config has it. */
export interface WrittenCommand {
  /** The words that start the server, with policy-wrap where it is in front. */
  words: readonly string[];
  /** Command and arguments are one list. */
  list: boolean;
  /** The config is TOML, and not JSON. */
  toml: boolean;
}

/** The line of an entry that gives its server an id of its own; undefined where no policy-wrap is in front. */
export function lineWithId({ words, list, toml }: WrittenCommand, id: string): string | undefined {
  if (wrapStateOf(words) !== 'wrapped') return undefined;
  const { runner, options, length } = ownHead(words);
  const own = [...runner, ...optionsWithServer(options, id), '--', words[length] ?? ''];
  const written = (list ? own : own.slice(1)).map((word) => JSON.stringify(word));
  const items = [...written, ...(words.length > length + 1 ? ['…'] : [])].join(', ');
  const key = list ? 'command' : 'args';
  return toml ? `${key} = [${items}]` : `"${key}": [${items}]`;
}
