import { findConfigs, mentionsServers } from '../../clients/find-configs.js';
import { visible } from '../../core/text/visible.js';
import { displayPath } from '../../platform/display-path.js';
import { EXIT } from '../../platform/user-error.js';
import { printNote } from '../terminal/output.js';
import { bold, dim, paintState } from '../terminal/paint.js';
import { table } from '../terminal/table.js';
import { chosenClients, configMachine } from './choice.js';
import { commandText, safeWords } from './plan-text.js';
import { policyTexts } from './policy-text.js';
import { type ServerState, statesIn } from './server-state.js';

export interface StatusOptions {
  client?: readonly string[];
  json?: boolean;
}

/** The config of a client and its servers; or why they cannot be told. */
interface ClientState {
  client: string;
  title: string;
  file: string;
  servers: readonly ServerState[];
  problem?: string;
}

/** Shows every client and its servers. */
export async function status({ client, json }: StatusOptions): Promise<number> {
  const states = await clientStates(client);
  if (json) process.stdout.write(`${JSON.stringify({ clients: states.map(jsonOf) }, null, 2)}\n`);
  else if (states.length > 0)
    process.stdout.write(
      [...states.map(textOf), ...policyTexts(states.flatMap(({ servers }) => servers))].join('\n'),
    );
  else printNote('no config of a known MCP client with servers in it was found');
  if (states.some(({ problem }) => problem !== undefined)) return EXIT.failed;
  const policies = states.flatMap(({ servers }) => servers.map(({ policy }) => policy));
  return policies.some((policy) => policy && 'problem' in policy) ? EXIT.invalidPolicy : EXIT.fine;
}

async function clientStates(names: readonly string[] | undefined): Promise<ClientState[]> {
  const { found, broken } = findConfigs(chosenClients(names), configMachine());
  const states: ClientState[] = broken.map(({ client, file, error }) => ({
    client: client.name,
    title: client.title,
    file,
    servers: [],
    problem: error.sentence,
  }));
  for (const config of found.filter(mentionsServers)) {
    const { client, place } = config;
    const read = await statesIn(config);
    const state = { client: client.name, title: client.title, file: place.file };
    if (typeof read === 'string') states.push({ ...state, servers: [], problem: read });
    else if (read.length > 0) states.push({ ...state, servers: read });
  }
  return states;
}

function textOf({ title, file, servers, problem }: ClientState): string {
  const head = `${bold(title)}  ${visible(displayPath(file))}\n`;
  if (problem !== undefined) return `${head}  cannot be used: ${visible(problem)}\n`;
  const rows = servers.map((server) => [
    nameOf(server),
    paintState(server.state, server.state),
    sourcesOf(server),
    server.reason === undefined ? commandText(server.words) : dim(visible(server.reason)),
  ]);
  return `${head}${table(['server', '', 'policy', 'command'].map(dim), rows)}\n`;
}

function nameOf({ name, within, disabled }: ServerState): string {
  const where = within === undefined ? '' : dim(` in ${visible(displayPath(within))}`);
  return `${visible(name)}${where}${disabled ? dim(' (disabled)') : ''}`;
}

function sourcesOf({ policy }: ServerState): string {
  if (policy === undefined) return '';
  return 'problem' in policy
    ? 'cannot be used, see below'
    : visible(policy.layers.map(({ source }) => source).join(' and '));
}

function jsonOf({ client, file, servers, problem }: ClientState): unknown {
  return {
    client,
    file,
    ...(problem === undefined ? {} : { problem }),
    servers: servers.map(({ words, within, ...server }) => ({
      ...server,
      ...(within === undefined ? {} : { project: within }),
      command: safeWords(words),
    })),
  };
}
