import { serverIdentity } from '../../core/tools/server-id.js';
import { memberOf } from '../formats/config-text.js';
import { innermost, ownOptions } from './command-words.js';
import { entryStart, type ServerEntry } from './entry.js';

/** What a server of a config is to policies. */
export interface EntryIdentity {
  id: string;
  /** Neither named nor told by the command: others that are started so have the same id. */
  unsure: boolean;
  /** How it is started, with its variables: two that are started alike are the same server. */
  start: string;
}

/** Undefined where no command starts it. */
export function identityOf(entry: ServerEntry): EntryIdentity | undefined {
  const start = entryStart(entry);
  if (start.kind !== 'command' && start.kind !== 'list') return undefined;
  const from = innermost(start.words);
  const [command = '', ...args] = start.words.slice(from);
  const { id, certain } = serverIdentity(command, args);
  const named = from === 0 ? undefined : serverNamed(ownOptions(start.words));
  return {
    id: named ?? id,
    unsure: named === undefined && !certain,
    start: JSON.stringify([command, ...args, variablesOf(entry)]),
  };
}

function serverNamed(options: readonly string[]): string | undefined {
  const at = options.lastIndexOf('--server');
  return at >= 0
    ? options[at + 1]
    : options.findLast((word) => word.startsWith('--server='))?.slice('--server='.length);
}

function variablesOf({ node }: ServerEntry): string[] {
  const value =
    node.kind === 'map' ? (memberOf(node, 'env') ?? memberOf(node, 'environment'))?.value : undefined;
  if (value?.kind !== 'map') return [];
  return value.members
    .map(({ key, value: text }) => `${key}=${text.kind === 'text' ? text.value : ''}`)
    .sort();
}

/** Servers that are started differently and have one id. */
export interface SharedId<Server> {
  id: string;
  /** One for each way to start it. */
  servers: readonly Server[];
}

/** The ids that several servers share, though they are not started alike. */
export function sharedIds<Server extends { identity: EntryIdentity | undefined }>(
  servers: readonly Server[],
): SharedId<Server>[] {
  const byId = new Map<string, Map<string, Server>>();
  for (const server of servers) {
    const { identity } = server;
    if (identity === undefined) continue;
    const group = byId.get(identity.id) ?? new Map<string, Server>();
    byId.set(identity.id, group);
    if (!group.has(identity.start)) group.set(identity.start, server);
  }
  return [...byId].flatMap(([id, group]) => (group.size > 1 ? [{ id, servers: [...group.values()] }] : []));
}
