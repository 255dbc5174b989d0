import path from 'node:path';
import type { ConfigPlace } from '../config-places.js';
import { memberOf } from '../formats/config-text.js';
import type { KnownClient } from '../known-clients.js';
import type { ServerEntry } from './entry.js';

/** Where the client starts the server, as far as that can be told. */
export function entryFolder(
  entry: ServerEntry,
  { client, place }: { client: KnownClient; place: ConfigPlace },
): string {
  const base =
    place.project ?? entry.within ?? (client.startsHere ? process.cwd() : path.parse(process.cwd()).root);
  const own = textIn(entry, 'cwd');
  return own === undefined || own.includes('${') ? base : path.resolve(base, own);
}

/** The text that is below these keys of an entry. */
export function textIn({ node }: ServerEntry, ...keys: readonly string[]): string | undefined {
  let found = node;
  for (const key of keys) {
    const value = found.kind === 'map' ? memberOf(found, key)?.value : undefined;
    if (value === undefined) return undefined;
    found = value;
  }
  return found.kind === 'text' ? found.value : undefined;
}
