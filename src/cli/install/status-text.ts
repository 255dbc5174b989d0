import type { SharedId } from '../../clients/entries/identity.js';
import type { UnreadConfig } from '../../clients/find-unread.js';
import { nameList } from '../../core/text/name-list.js';
import { visible } from '../../core/text/visible.js';
import { placePath } from '../../platform/display-path.js';
import { asTyped } from '../../platform/outer-npx.js';
import { commandText } from '../servers/command-text.js';
import { idAdvice, type PlacedEntry } from '../servers/ids/id-advice.js';
import { folded } from '../terminal/folded.js';
import { bold, dim, paintState, red, yellow } from '../terminal/paint.js';
import { table } from '../terminal/table.js';
import { widthOf } from '../terminal/text-width.js';
import { isLeft } from './outlook.js';
import { givenUpText } from './plan-text.js';
import type { ServerState } from './server-state.js';

/** The config of a client and its servers; or why they cannot be told. */
export interface ConfigState {
  client: string;
  title: string;
  file: string;
  servers: readonly ServerState[];
  /** What is to be known of the file as a whole. */
  notes: readonly string[];
  problem?: string;
}

/** A client with its servers, as a table, or below each other where a table is too wide for the terminal. */
export function clientText({ title, file, servers, notes, problem }: ConfigState): string {
  const head = `${bold(title)}  ${visible(placePath(file))}\n${notes.map((note) => `${folded(note, 2, yellow)}\n`).join('')}`;
  if (problem !== undefined) return `${head}${folded(`cannot be used: ${visible(problem)}`, 2)}\n`;
  const rows = servers.map((server) => [nameOf(server), stateOf(server), sourcesOf(server), saidOf(server)]);
  const shown = table(['server', '', 'policy', 'command'].map(dim), rows);
  const columns = process.stdout.columns || Number.POSITIVE_INFINITY;
  if (shown.split('\n').every((line) => widthOf(line) <= columns)) return `${head}${shown}\n`;
  return head + servers.map(serverText).join('');
}

function serverText(server: ServerState): string {
  const sources = sourcesOf(server);
  return [
    `  ${nameOf(server)}  ${stateOf(server)}`,
    ...(sources === '' ? [] : [folded(`policy: ${sources}`, 4)]),
    folded(saidOf(server), 4, server.reason === undefined ? undefined : dim),
    '',
  ].join('\n');
}

function saidOf({ reason, words }: ServerState): string {
  return reason === undefined ? commandText(words) : visible(reason);
}

/** Green only where nothing is known that keeps the server from starting. */
function stateOf({ state, problem }: ServerState): string {
  return problem === undefined ? paintState(state, state) : red(state);
}

function nameOf({ name, within, disabled }: ServerState): string {
  const where = within === undefined ? '' : dim(` in ${visible(placePath(within))}`);
  return `${visible(name)}${where}${disabled ? dim(' (disabled)') : ''}`;
}

function sourcesOf({ policy }: ServerState): string {
  if (policy === undefined) return '';
  return 'problem' in policy
    ? 'cannot be used, see below'
    : visible(policy.layers.map(({ source }) => source).join(' and '));
}

/** The servers that are wrapped, and whose options or variables take from the policies. */
export function givenUpLines(clients: readonly ConfigState[]): string[] {
  return clients.flatMap(({ title, servers }) =>
    servers.flatMap(({ name, givenUp = [] }) => {
      const text = givenUpText(givenUp);
      return text === undefined ? [] : [folded(`${visible(name)} (${title}): ${text}`, 0, yellow)];
    }),
  );
}

/** The servers that do not start, that policies cannot tell from others, or that stay without a policy. */
export function troubleText(clients: readonly ConfigState[]): string[] {
  return clients.flatMap(({ title, servers }) =>
    servers.flatMap((server) =>
      troubleOf(server).map(([text, paint]) =>
        folded(`${visible(server.name)} (${title}): ${text}`, 0, paint),
      ),
    ),
  );
}

function troubleOf(server: ServerState): [text: string, paint: (text: string) => string][] {
  const { problem, unsure, id = '', left = '', written, misnamed = [] } = server;
  const where = written === undefined ? '' : ` ${idAdvice(written, server.name)}`;
  const unnamed = `which server it is cannot be told from its command, so policies know it as '${visible(id)}', as all that are started so; name it with --server${where}`;
  return [
    ...(problem ? ([[asTyped(problem.reason), red]] as const) : []),
    ...(unsure ? ([[unnamed, yellow]] as const) : []),
    ...misnamed.map((text) => [visible(text), yellow] as const),
    ...(isLeft(server)
      ? ([[`install leaves it without policy-wrap: ${visible(left)}`, yellow]] as const)
      : []),
  ].map(([text, paint]) => [text, paint]);
}

/** One of the servers that share an id. */
export interface SharingServer {
  name: string;
  /** As `--client` names it. */
  client: string;
  title: string;
  /** Undefined where no command starts it. */
  written?: PlacedEntry | undefined;
}

/** Servers that policies cannot tell from each other, and how the lines look that would tell them apart. */
export function sharedText(shared: readonly SharedId<SharingServer>[]): string[] {
  return shared.map(({ id, servers }) => {
    const names = servers.map(({ name, title }) => visible(`${name} (${title})`));
    const text = `${eachOnce(names)} are ${names.length === 2 ? 'both' : 'all'} '${visible(id)}' to policies, so they share its section, its limits and its lock; give all but one an id of its own with --server:`;
    const used = new Set([id]);
    const advice = servers.slice(1).flatMap((server) => {
      const own = freeId(server, used);
      used.add(own);
      return server.written ? [`${visible(server.name)} ${idAdvice(server.written, own)}`] : [];
    });
    return [folded(text, 0, yellow), ...advice.map((line) => folded(line, 2))].join('\n');
  });
}

function eachOnce(names: readonly string[]): string {
  const shown = [...new Set(names)].map((name) => {
    const count = names.filter((each) => each === name).length;
    return count === 1 ? name : `${count} servers called ${name}`;
  });
  return nameList(shown);
}

/** Its name, which may be the id that is shared, or the name of another. */
function freeId({ name, client }: SharingServer, used: ReadonlySet<string>): string {
  for (const id of [name, `${name}-${client}`]) if (!used.has(id)) return id;
  let count = 2;
  while (used.has(`${name}-${client}-${count}`)) count++;
  return `${name}-${client}-${count}`;
}

/** What holds servers and is not changed, with the way round. */
export function unreadText(unread: readonly UnreadConfig[]): string[] {
  return unread.map(({ client, file, what, way, names }) =>
    [
      `${bold(client.title)}  ${visible(placePath(file))}`,
      folded(
        `not changed: it is ${what}${names.length > 0 ? `, with ${names.map(visible).join(', ')}` : ''}`,
        2,
      ),
      folded(way, 2),
      '',
    ].join('\n'),
  );
}
