import path from 'node:path';
import { innermost, wrapStateOf } from '../../clients/entries/command-words.js';
import { entriesIn, entryStart, isDisabled, type ServerEntry } from '../../clients/entries/entry.js';
import { entryFolder, textIn } from '../../clients/entries/entry-folder.js';
import { type FoundConfig, findConfigs, mentionsServers } from '../../clients/find-configs.js';
import { memberOf } from '../../clients/formats/config-text.js';
import { quote } from '../../core/text/quote.js';
import { visible } from '../../core/text/visible.js';
import { serverId } from '../../core/tools/server-id.js';
import { displayPath, placePath } from '../../platform/display-path.js';
import { UserError } from '../../platform/user-error.js';
import { chosenClients } from './chosen-clients.js';
import { configMachine } from './config-machine.js';
import { type EntryOptions, type EntryPolicy, entryOptions } from './entry-policy.js';
import { idAdvice, type PlacedEntry, placedEntry } from './ids/id-advice.js';
import { commandOfUrl, idInFront, namedCommand } from './ids/named-command.js';

/** A server in the config of an MCP client. */
export interface FoundServer {
  /** As its client calls it. */
  name: string;
  id: string;
  /** The command that starts it, without policy-wrap, and its arguments. */
  words: readonly string[];
  /** What its client adds to the environment. */
  env: Readonly<Record<string, string>>;
  /** The client, for people. */
  client: string;
  /** The client, as `--client` names it. */
  clientName: string;
  /** policy-wrap is in front of it. */
  wrapped: boolean;
  /** What its client names as its policy, where it is wrapped. */
  policy: EntryPolicy;
  /** Its command as it is in the config. */
  entry: PlacedEntry;
  /** Where its client starts it. */
  folder: string;
  /** The same where the entry says so, undefined where it leaves that to its client. */
  cwd: string | undefined;
  /** It is in a file of the project: whoever wrote that chose what is started. */
  ofProject: boolean;
}

const isFirst = ({ id }: FoundServer, index: number, all: readonly FoundServer[]) =>
  all.findIndex((other) => other.id === id) === index;

/** The servers of these MCP clients or all, one for each id, and in a sentence each why one is left out. */
export function foundServers(clients?: readonly string[]): { servers: FoundServer[]; left: string[] } {
  const { servers, left } = configuredServers(clients);
  for (const { id, name, client, clientName, words, entry } of servers.filter(
    (server, index) => !isFirst(server, index, servers),
  )) {
    const first = servers.find((other) => other.id === id);
    if (first?.words.join('\0') !== words.join('\0'))
      left.push(
        `${quote(name)} of ${client} is left out: policies take it for ${quote(first?.name ?? id)} of ${first?.client}, since both are ${quote(id)} to them, so the same entries apply; give it an id of its own with --server ${idAdvice(entry, name === id ? `${name}-${clientName}` : name)}`,
      );
  }
  return { servers: servers.filter(isFirst), left: [...new Set(left.map(visible))] };
}

/**
 * All of them, the user's own first, and why others cannot be started here.
 * @throws {UserError} when a client is not known
 */
export function configuredServers(clients?: readonly string[]): { servers: FoundServer[]; left: string[] } {
  const { found, broken } = findConfigs(chosenClients(clients), configMachine());
  const servers: FoundServer[] = [];
  const left = broken.map(
    ({ client, file, error }) =>
      `the config of ${client.title} cannot be read: ${displayPath(file)}: ${error.message}`,
  );
  for (const config of found.filter(mentionsServers))
    for (const entry of entriesOf(config, left)) {
      const server = serverOf(entry, config);
      if (typeof server === 'string')
        left.push(`${quote(entry.name)} of ${config.client.title} is left out: ${server}`);
      else servers.push(server);
    }
  // The user's own come first, so that a project takes the place of none of them.
  servers.sort((one, other) => Number(one.ofProject) - Number(other.ofProject));
  return { servers, left };
}

function entriesOf({ syntax, text, place, client }: FoundConfig, left: string[]): ServerEntry[] {
  try {
    return entriesIn(syntax.read(text), place.servers);
  } catch (error) {
    left.push(
      `the config of ${client.title} cannot be read: ${displayPath(place.file)}: ${(error as Error).message}`,
    );
    return [];
  }
}

/** Why not, where it cannot be started here. */
function serverOf(entry: ServerEntry, config: FoundConfig): FoundServer | string {
  const { client, place } = config;
  if (isDisabled(entry)) return 'it is disabled there';
  if (entry.within !== undefined && !isHere(entry.within))
    return `it is only for the folder ${placePath(entry.within)}; run this there, or name its command after \`--\``;
  const start = entryStart(entry);
  if (start.kind === 'odd') return start.reason;
  if (start.kind === 'url')
    return `it is given by URL, so there is no command to start; ${commandOfUrl(entry, config)}`;
  const wrapState = wrapStateOf(start.words);
  if (wrapState === 'inside' || wrapState === 'itself') return 'it contains policy-wrap in an unusual place';
  const words = start.words.slice(innermost(start.words));
  const [command = '', ...args] = words;
  const id = idInFront(entry) ?? serverId(command, args);
  const yourself = `to have it read all the same, write ${namedCommand(id, words)}`;
  const env = environmentOf(entry);
  if (typeof env === 'string') return env;
  const cwd = textIn(entry, 'cwd');
  const filled = [...words, ...Object.values(env), cwd ?? ''].find((word) => FILLED_IN.test(word));
  if (filled !== undefined)
    return `its client fills in parts of its command, folder or environment; fill them in yourself: ${namedCommand(id, words)}`;
  const other = otherStart(entry);
  if (other !== undefined) return `its client starts it with '${other}', which init does not do; ${yourself}`;
  if (words.some((word) => /^mcp-remote(?:@|$)/.test(word)))
    return `it connects to a URL, which may ask you to sign in; ${yourself}`;
  const folder = entryFolder(entry, config);
  const own = optionsOf(start.words, env, folder);
  if (typeof own === 'string') return own;
  return {
    name: entry.name,
    id: own.server ?? id,
    words,
    env,
    wrapped: wrapState === 'wrapped',
    policy: own.policy,
    client: client.title,
    clientName: client.name,
    entry: placedEntry(config, entry.list, start.words),
    folder,
    cwd: cwd === undefined ? undefined : folder,
    // What is for one folder in the user's own file was put there by the user.
    ofProject: place.project !== undefined,
  };
}

function isHere(folder: string): boolean {
  const below = path.relative(folder, process.cwd());
  return !path.isAbsolute(below) && below.split(path.sep)[0] !== '..';
}

/**
 * What clients put something else for: `${X}` (most), `$X` (Gemini CLI, Qwen Code), `{env:X}` and `{file:X}` (opencode), `%X%` (cmd).
 * A text that only looks so is left out too: a server that starts otherwise than for its client may do anything.
 */
const FILLED_IN = /\$\{|\$[A-Za-z_]|\{(?:env|file|input):|%[A-Za-z_]\w*%/;

/** Keys of entries that change how a server is started: where (but for `cwd`), by what, or with which other variables. */
const OTHER_STARTS = ['workingDirectory', 'working_directory', 'envFile', 'env_file', 'env_vars', 'shell'];

function otherStart({ node }: ServerEntry): string | undefined {
  if (node.kind !== 'map') return undefined;
  return OTHER_STARTS.find((key) => {
    const value = memberOf(node, key)?.value;
    return (
      value !== undefined && !(value.kind === 'other' && (value.value === null || value.value === false))
    );
  });
}

/** Why not, where a value is none that a variable can have. */
function environmentOf({ node }: ServerEntry): Record<string, string> | string {
  const named = node.kind === 'map' ? (memberOf(node, 'env') ?? memberOf(node, 'environment')) : undefined;
  const env = named?.value;
  if (env === undefined || (env.kind === 'other' && env.value === null)) return {};
  if (env.kind !== 'map') return `its '${named?.key}' is not an object`;
  const values: Record<string, string> = {};
  for (const { key, value } of env.members) {
    if (value.kind !== 'text') return `'${key}' in its '${named?.key}' is not a string`;
    values[key] = value.value;
  }
  return values;
}

/** Why not, where policy-wrap would not understand what is before `--`. */
function optionsOf(
  words: readonly string[],
  env: Readonly<Record<string, string>>,
  folder: string,
): EntryOptions | string {
  if (innermost(words) === 0) return { server: undefined, policy: {} };
  try {
    return entryOptions(words, env, folder);
  } catch (error) {
    if (error instanceof UserError) return `policy-wrap would not start it: ${error.message}`;
    throw error;
  }
}
