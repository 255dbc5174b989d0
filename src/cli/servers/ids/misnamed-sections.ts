import { entriesIn, entryStart, type ServerEntry } from '../../../clients/entries/entry.js';
import { type FoundConfig, findConfigs, mentionsServers } from '../../../clients/find-configs.js';
import { KNOWN_CLIENTS } from '../../../clients/known-clients.js';
import {
  type ClientSection,
  type ClientServer,
  clientSections,
} from '../../../core/authoring/lint/names/client-sections.js';
import type { ExtendsChain } from '../../../core/policy/document/chain.js';
import { configMachine } from '../config-machine.js';
import { idAdvice, placedEntry } from './id-advice.js';
import { idInFront } from './named-command.js';

/** Warns of sections that are written under the name of a server in the config of a client here. */
export function misnamedSections(chains: readonly ExtendsChain[]): ClientSection[] {
  const hasSections = chains.flat().some(({ document }) => Object.keys(document.servers ?? {}).length > 0);
  return hasSections ? clientSections(chains, clientServers()) : [];
}

/** All servers that commands start, also those that nothing else can be told of. What cannot be read has none. */
function clientServers(): ClientServer[] {
  const { found } = findConfigs(KNOWN_CLIENTS, configMachine());
  return found
    .filter(mentionsServers)
    .flatMap((config) => entriesOf(config).flatMap((entry) => clientServer(entry, config) ?? []));
}

function entriesOf({ syntax, text, place }: FoundConfig): ServerEntry[] {
  try {
    return entriesIn(syntax.read(text), place.servers);
  } catch {
    return [];
  }
}

function clientServer(entry: ServerEntry, config: FoundConfig): ClientServer | undefined {
  const start = entryStart(entry);
  const id = idInFront(entry);
  if (id === undefined || (start.kind !== 'command' && start.kind !== 'list')) return undefined;
  return {
    name: entry.name,
    id,
    client: config.client.title,
    advice: (wanted) => idAdvice(placedEntry(config, entry.list, start.words), wanted),
  };
}
