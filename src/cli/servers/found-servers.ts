import path from 'node:path';
import { innermost, ownOptions, wrapStateOf } from '../../clients/entries/command-words.js';
import { entriesIn, entryStart, isDisabled, type ServerEntry } from '../../clients/entries/entry.js';
import { type FoundConfig, findConfigs, mentionsServers } from '../../clients/find-configs.js';
import { memberOf } from '../../clients/formats/config-text.js';
import { KNOWN_CLIENTS } from '../../clients/known-clients.js';
import { quote } from '../../core/text/quote.js';
import { visible } from '../../core/text/visible.js';
import { serverId } from '../../core/tools/server-id.js';
import { displayPath, placePath } from '../../platform/display-path.js';
import { configMachine } from './config-machine.js';

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
  /** It is in a file of the project: whoever wrote that chose what is started. */
  ofProject: boolean;
}

const isFirst = ({ id }: FoundServer, index: number, all: readonly FoundServer[]) =>
  all.findIndex((other) => other.id === id) === index;

/** The servers of all MCP clients, one for each id, and in a sentence each why one is left out. */
export function foundServers(): { servers: FoundServer[]; left: string[] } {
  const { servers, left } = configuredServers();
  for (const { id, name, client, words } of servers.filter(
    (server, index) => !isFirst(server, index, servers),
  )) {
    const first = servers.find((other) => other.id === id);
    if (first?.words.join('\0') !== words.join('\0'))
      left.push(
        `${quote(name)} of ${client} is left out: as ${quote(first?.name ?? id)} it would be ${quote(id)} to policies; name its command after \`--\`, with --server`,
      );
  }
  return { servers: servers.filter(isFirst), left: [...new Set(left.map(visible))] };
}

/** All of them, the user's own first, and why others cannot be started here. */
export function configuredServers(): { servers: FoundServer[]; left: string[] } {
  const { found, broken } = findConfigs(KNOWN_CLIENTS, configMachine());
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
function serverOf(entry: ServerEntry, { client, place }: FoundConfig): FoundServer | string {
  if (isDisabled(entry)) return 'it is disabled there';
  if (entry.within !== undefined && !isHere(entry.within))
    return `it is only for the folder ${placePath(entry.within)}; run this there, or name its command after \`--\``;
  const start = entryStart(entry);
  if (start.kind === 'odd') return start.reason;
  if (start.kind === 'url')
    return 'it is given by URL, so there is no command to start; after install, name its command after `--`';
  const wrapState = wrapStateOf(start.words);
  if (wrapState === 'inside' || wrapState === 'itself') return 'it contains policy-wrap in an unusual place';
  const words = start.words.slice(innermost(start.words));
  const env = environmentOf(entry);
  if (typeof env === 'string') return env;
  const filled = [...words, ...Object.values(env)].find((word) => FILLED_IN.test(word));
  if (filled !== undefined)
    return 'its client fills in parts of its command or environment; name the command yourself after `--`';
  const other = otherStart(entry);
  if (other !== undefined)
    return `its client starts it with '${other}', which init does not do; name the command yourself after \`--\``;
  if (words.some((word) => /^mcp-remote(?:@|$)/.test(word)))
    return 'it connects to a URL, which may ask you to sign in; name its command yourself after `--`';
  const [command = '', ...args] = words;
  return {
    name: entry.name,
    id: optionIn(ownOptions(start.words), '--server') ?? serverId(command, args),
    words,
    env,
    client: client.title,
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

/** Keys of entries that change how a server is started: where, by what, or with which other variables. */
const OTHER_STARTS = [
  'cwd',
  'workingDirectory',
  'working_directory',
  'envFile',
  'env_file',
  'env_vars',
  'shell',
];

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

function optionIn(words: readonly string[], name: string): string | undefined {
  const at = words.indexOf(name);
  return at < 0 ? words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1) : words[at + 1];
}
