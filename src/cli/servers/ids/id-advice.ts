import { lineWithId, type WrittenCommand } from '../../../clients/entries/id-line.js';
import type { FoundConfig } from '../../../clients/find-configs.js';
import { visible } from '../../../core/text/visible.js';
import { placePath } from '../../../platform/display-path.js';

/** An entry in the config of a client, and where that is. */
export interface PlacedEntry extends WrittenCommand {
  file: string;
}

/** A command of a config, and where it is. */
export function placedEntry({ place }: FoundConfig, list: boolean, words: readonly string[]): PlacedEntry {
  return { file: place.file, words, list, toml: place.format === 'toml' };
}

/** Where an id is written, and how the line is then. It follows "with --server". */
export function idAdvice(entry: PlacedEntry, id: string): string {
  const line = lineWithId(entry, id);
  const file = visible(placePath(entry.file));
  if (line !== undefined) return `in ${file}: ${visible(line)}`;
  return `in ${file}, once policy-wrap install has put it in front: ${visible(`"--server", ${JSON.stringify(id)}`)} in its args before the "--"`;
}
