import { readConfigFile } from './config-file.js';
import type { ConfigMachine, UnreadPlace } from './config-places.js';
import { entriesIn } from './entries/entry.js';
import { filesAt } from './expand-places.js';
import { jsonc } from './formats/jsonc.js';
import type { KnownClient } from './known-clients.js';

/** Something that is there, holds servers, and is not changed by us. */
export interface UnreadConfig extends UnreadPlace {
  client: KnownClient;
  /** What its servers are called, where that can be read. */
  names: readonly string[];
}

/** What these clients have beside their configs. What several of them read is the first one's. */
export function findUnread(clients: readonly KnownClient[], machine: ConfigMachine): UnreadConfig[] {
  const found = new Map<string, UnreadConfig>();
  for (const client of clients)
    for (const place of client.unread?.(machine) ?? [])
      for (const file of filesAt(place.file)) {
        const names = found.has(file) ? undefined : namesAt({ ...place, file });
        if (names !== undefined) found.set(file, { ...place, file, client, names });
      }
  return [...found.values()];
}

/** Undefined where there is nothing. What cannot be read may hold servers. */
function namesAt({ file, mentions, servers }: UnreadPlace): string[] | undefined {
  try {
    const read = readConfigFile(file);
    if (read === undefined || (mentions !== undefined && !read.text.includes(mentions))) return undefined;
    if (servers === undefined) return [];
    const names = entriesIn(jsonc.read(read.text), servers).map(({ name }) => name);
    return mentions === undefined || names.length > 0 ? names : undefined;
  } catch {
    return [];
  }
}
