import { type ReadFile, readConfigFile } from './config-file.js';
import type { ConfigMachine, ConfigPlace } from './config-places.js';
import { filesAt } from './expand-places.js';
import { ConfigError, type Syntax } from './formats/config-text.js';
import { jsonc } from './formats/jsonc.js';
import { toml } from './formats/toml.js';
import type { KnownClient } from './known-clients.js';

/** A config file that is there. */
export interface FoundConfig extends ReadFile {
  client: KnownClient;
  place: ConfigPlace;
  syntax: Syntax;
}

/** A config file that is there and cannot be used. */
export interface BrokenConfig {
  client: KnownClient;
  file: string;
  error: ConfigError;
}

/** The config files of these clients. One that several of them read is the first one's. */
export function findConfigs(
  clients: readonly KnownClient[],
  machine: ConfigMachine,
): { found: FoundConfig[]; broken: BrokenConfig[] } {
  const found: FoundConfig[] = [];
  const broken: BrokenConfig[] = [];
  for (const client of clients)
    for (const place of placesOf(client, machine)) {
      const config = readOrExplain(client, place);
      if (config === undefined) continue;
      if ('error' in config) broken.push(config);
      else if (!found.some((each) => isSame(each, config))) found.push(config);
    }
  return { found, broken };
}

/** The places of a client, with what fits in place of each `*`. */
function placesOf(client: KnownClient, machine: ConfigMachine): ConfigPlace[] {
  return client.places(machine).flatMap((place) => filesAt(place.file).map((file) => ({ ...place, file })));
}

/** Undefined where there is no such file. */
function readOrExplain(client: KnownClient, place: ConfigPlace): FoundConfig | BrokenConfig | undefined {
  try {
    const file = readConfigFile(place.file);
    return file && { ...file, client, place, syntax: place.format === 'toml' ? toml : jsonc };
  } catch (error) {
    if (error instanceof ConfigError) return { client, file: place.file, error };
    throw error;
  }
}

function isSame(one: FoundConfig, other: FoundConfig): boolean {
  return one.real === other.real && JSON.stringify(one.place.servers) === JSON.stringify(other.place.servers);
}

/** A file that says nothing of servers is no business of ours, whatever else is wrong with it. Names may be written with escapes. */
export function mentionsServers({ text, place }: FoundConfig): boolean {
  if (/\\u/i.test(text)) return true;
  return place.servers.some(({ keys }) => keys.every((key) => key === '*' || text.includes(key)));
}
