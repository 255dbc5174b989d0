import { existsSync } from 'node:fs';
import { sharedIds } from '../../clients/entries/identity.js';
import { filesAt } from '../../clients/expand-places.js';
import { findConfigs, mentionsServers } from '../../clients/find-configs.js';
import { findUnread, type UnreadConfig } from '../../clients/find-unread.js';
import type { KnownClient } from '../../clients/known-clients.js';
import { visible } from '../../core/text/visible.js';
import { placePath } from '../../platform/display-path.js';
import { asTyped } from '../../platform/outer-npx.js';
import { EXIT } from '../../platform/user-error.js';
import { chosenClients } from '../servers/chosen-clients.js';
import { safeWords } from '../servers/command-text.js';
import { configMachine } from '../servers/config-machine.js';
import { folded } from '../terminal/folded.js';
import { safeJson } from '../terminal/json-text.js';
import { printNote } from '../terminal/output.js';
import { dim } from '../terminal/paint.js';
import { type Outlook, outlookOf, outlookText } from './outlook.js';
import { fileNotes, unreadJson } from './plan-text.js';
import { policyTexts } from './policy-text.js';
import { type ServerState, statesIn } from './server-state.js';
import {
  type ConfigState,
  clientText,
  givenUpLines,
  sharedText,
  troubleText,
  unreadText,
} from './status-text.js';

export interface StatusOptions {
  client?: readonly string[];
  places?: boolean;
  json?: boolean;
}

/** Shows every client and its servers. */
export async function status({ client, places, json }: StatusOptions): Promise<number> {
  const clients = chosenClients(client);
  if (places) return showPlaces(clients, json === true);
  const states = await clientStates(clients);
  const unread = findUnread(clients, configMachine());
  const servers = states.flatMap((each) => each.servers);
  const outlook = await outlookOf(servers);
  if (json) process.stdout.write(`${safeJson(statusJson(states, unread, outlook), 2)}\n`);
  else {
    if (states.length === 0) printNote('no config of a known MCP client with servers in it was found');
    process.stdout.write(statusText(states, unread, outlook));
  }
  if (states.some(({ problem }) => problem !== undefined)) return EXIT.failed;
  if (servers.some(({ policy }) => policy && 'problem' in policy)) return EXIT.invalidPolicy;
  return servers.some(({ problem }) => problem?.sure) ? EXIT.failed : EXIT.fine;
}

function statusText(
  states: readonly ConfigState[],
  unread: readonly UnreadConfig[],
  outlook: Outlook,
): string {
  const servers = states.flatMap((each) => each.servers);
  const trouble = [...troubleText(states), ...givenUpLines(states), ...sharedText(sharedIn(states))];
  return [
    ...states.map((each) => `${clientText(each)}`),
    ...unreadText(unread),
    ...policyTexts(servers),
    ...(trouble.length > 0 ? [`${trouble.join('\n')}\n`] : []),
    [
      ...outlookText(outlook).map((line) => folded(asTyped(line), 0)),
      dim(asTyped('where it was looked: policy-wrap status --places')),
      '',
    ].join('\n'),
  ].join('\n');
}

/** All servers of the clients on this machine. */
export async function currentServers(): Promise<ServerState[]> {
  return (await clientStates(chosenClients(undefined))).flatMap(({ servers }) => servers);
}

function sharedIn(states: readonly ConfigState[]) {
  return sharedIds(
    states.flatMap(({ client, title, servers }) =>
      servers.map(({ name, identity, written }) => ({ name, client, title, identity, written })),
    ),
  );
}

async function clientStates(clients: readonly KnownClient[]): Promise<ConfigState[]> {
  const { found, broken } = findConfigs(clients, configMachine());
  const states: ConfigState[] = broken.map(({ client, file, error }) => ({
    client: client.name,
    title: client.title,
    file,
    servers: [],
    notes: [],
    problem: error.sentence,
  }));
  for (const config of found.filter(mentionsServers)) {
    const { client, place } = config;
    const read = await statesIn(config);
    const state = { client: client.name, title: client.title, file: place.file };
    if (typeof read === 'string') states.push({ ...state, servers: [], notes: [], problem: read });
    else if (read.length > 0) states.push({ ...state, servers: read, notes: fileNotes(config) });
  }
  return states;
}

/** Every place that is known: those that are read, and those that are looked at and not changed. */
function showPlaces(clients: readonly KnownClient[], json: boolean): number {
  const machine = configMachine();
  const all = clients.map((client) => ({
    client,
    read: client.places(machine).map(({ file }) => file),
    unread: (client.unread?.(machine) ?? []).map(({ file }) => file),
  }));
  if (json) {
    const places = all.map(({ client, read, unread }) => ({ client: client.name, read, unread }));
    process.stdout.write(`${safeJson({ places }, 2)}\n`);
    return EXIT.fine;
  }
  const line = (file: string, more: string) => {
    const there = filesAt(file).some((each) => existsSync(each));
    return `  ${there ? '' : dim('not there  ')}${visible(placePath(file))}${more}\n`;
  };
  for (const { client, read, unread } of all)
    process.stdout.write(
      [
        `${client.title}\n`,
        ...[...new Set(read)].map((file) => line(file, '')),
        ...[...new Set(unread)].map((file) => line(file, dim('  listed, not changed'))),
        '\n',
      ].join(''),
    );
  return EXIT.fine;
}

function statusJson(
  states: readonly ConfigState[],
  unread: readonly UnreadConfig[],
  outlook: Outlook,
): unknown {
  const shared = sharedIn(states);
  return {
    clients: states.map(clientJson),
    ...(unread.length > 0 ? { unread: unread.map(unreadJson) } : {}),
    ...(shared.length > 0 ? { sharedIds: shared.map(sharedJson) } : {}),
    ...outlook,
  };
}

function sharedJson({ id, servers }: ReturnType<typeof sharedIn>[number]): unknown {
  return { id, names: servers.map(({ name, title }) => `${name} (${title})`) };
}

function clientJson({ client, file, servers, notes, problem }: ConfigState): unknown {
  return {
    client,
    file,
    ...(notes.length > 0 ? { notes } : {}),
    ...(problem === undefined ? {} : { problem }),
    servers: servers.map(
      ({ words, within, identity: _, installs: __, written: ___, problem: start, ...server }) => ({
        ...server,
        ...(start === undefined ? {} : { problem: start.reason }),
        ...(within === undefined ? {} : { project: within }),
        command: safeWords(words),
      }),
    ),
  };
}
