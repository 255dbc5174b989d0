import { suggest } from '../../core/text/did-you-mean.js';
import { quote } from '../../core/text/quote.js';
import { visible } from '../../core/text/visible.js';
import { placePath } from '../../platform/display-path.js';
import { UserError } from '../../platform/user-error.js';
import { printNote } from '../terminal/output.js';
import type { EntryPolicy } from './entry-policy.js';
import { configuredServers, type FoundServer } from './found-servers.js';
import { namedCommand } from './ids/named-command.js';
import type { ServerChoice } from './server-choice.js';

/**
 * The server that a client's config has under this name, or that policies know by it. What a project names is not started by name: a
 * folder that was cloned does not choose what a well-known name means. Of several that differ in nothing but what their clients add
 * to the environment, it is the first, and a note says so: they are the same program, under the same policy.
 * @param clients only these, by their names
 * @throws {UserError} where there is none, or several differ
 */
export function namedServer(name: string, clients?: readonly string[]): FoundServer {
  const [first, ...others] = namedServers(name, clients);
  const other = others.find((each) => programOf(each) !== programOf(first));
  if (other !== undefined)
    throw new UserError(
      `${quote(name)} is started in one way by ${first.client} and in another by ${other.client}`,
      wayToChoose(first, others) ?? 'write its command after `--`',
    );
  const [unlike] = others;
  if (unlike !== undefined) {
    const choose = wayToChoose(first, others);
    printNote(
      `${quote(name)} is started as ${placeOf(first)} says; ${placeOf(unlike)} has it with other values in its environment (${visible(differing(first, unlike).join(', '))})${choose === undefined ? '' : `: ${choose}`}`,
    );
  }
  return first;
}

/**
 * All that are started differently and have this name, of which the first is there.
 * @param clients only these, by their names
 * @throws {UserError} where there is none
 */
export function namedServers(
  name: string,
  clients?: readonly string[],
): [FoundServer, ...(readonly FoundServer[])] {
  const { servers, left } = configuredServers(clients);
  const fitting = servers.filter((each) => each.name === name || each.id === name);
  const [first, ...others] = distinct(fitting.filter(({ ofProject }) => !ofProject));
  if (first === undefined) throw notFound(name, servers, left, fitting[0]);
  return [first, ...others];
}

/** Undefined where they are all of one client. */
function wayToChoose(first: FoundServer, others: readonly FoundServer[]): string | undefined {
  const [one, ...more] = new Set([first, ...others].map(({ clientName }) => clientName));
  return more.length === 0 ? undefined : `say which with --client ${one} (or ${more.join(', ')})`;
}

function placeOf({ client, entry }: FoundServer): string {
  return `${client} (${visible(placePath(entry.file))})`;
}

/** The names of the variables in which two differ; what they hold is not for a terminal. */
function differing({ env: one }: FoundServer, { env: other }: FoundServer): string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((key) => one[key] !== other[key]);
}

/** How a server of a client's config is started, and the policy that its client names. What the command line says has precedence. */
export function choiceOf(
  { words, env, cwd, id, policy }: FoundServer,
  { server, config }: { server?: string | undefined; config?: string | undefined },
): ServerChoice & EntryPolicy {
  return { command: words, env, cwd, server: server ?? id, ...(config === undefined ? policy : { config }) };
}

/** The servers of the user's own configs, for a command that looks at all of them, and why others are left out. */
export function ownServers(clients?: readonly string[]): { servers: FoundServer[]; left: string[] } {
  const { servers, left } = configuredServers(clients);
  const own = servers.filter(({ ofProject }) => !ofProject);
  for (const { name, client, id, words } of servers.filter(({ ofProject }) => ofProject))
    left.push(
      `${quote(name)} of ${client} is left out: its command is in a file of this project; if you trust it: ${namedCommand(id, words)}`,
    );
  return { servers: distinct(own), left };
}

/** One of those that are the same for two entries. */
function distinct(servers: readonly FoundServer[]): FoundServer[] {
  return [
    ...new Map([...servers].reverse().map((each) => [`${each.id} ${startOf(each)}`, each])).values(),
  ].reverse();
}

/** The same for two entries that are started in the same way, under the same policy. */
function startOf({ words, env, cwd, policy }: FoundServer): string {
  return JSON.stringify([words, Object.entries(env).sort(), cwd, policy]);
}

/** The same for two that may differ in what is added to their environment alone. */
function programOf(server: FoundServer): string {
  return startOf({ ...server, env: {} });
}

function notFound(
  name: string,
  servers: readonly FoundServer[],
  left: readonly string[],
  ofProject: FoundServer | undefined,
): UserError {
  if (ofProject !== undefined)
    return new UserError(
      `the command of ${quote(name)} is in a file of this project, and nothing of a project is started by its name`,
      `if you trust it, write its command after \`--\`: ${namedCommand(ofProject.id, ofProject.words)}`,
    );
  const why = left.find((sentence) => sentence.startsWith(`${quote(name)} `));
  if (why !== undefined) return new UserError(why, 'write its command after `--`');
  const own = [...new Set(servers.filter(({ ofProject }) => !ofProject).map((each) => each.name))];
  const close = suggest(name, own);
  const known = own.length === 0 ? '' : `; your clients have ${visible(own.slice(0, 20).join(', '))}`;
  return new UserError(
    `no MCP client has a server called ${quote(name)}`,
    close === undefined
      ? `write the server's command after \`--\`, such as: -- npx -y some-mcp-server${known}`
      : `did you mean ${quote(close)}?`,
  );
}
