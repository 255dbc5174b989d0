import { suggest } from '../../core/text/did-you-mean.js';
import { quote } from '../../core/text/quote.js';
import { visible } from '../../core/text/visible.js';
import { UserError } from '../../platform/user-error.js';
import { commandText } from './command-text.js';
import type { EntryPolicy } from './entry-policy.js';
import { configuredServers, type FoundServer } from './found-servers.js';
import type { ServerChoice } from './server-choice.js';

/**
 * The server that a client's config has under this name, or that policies know by it. What a project names is not started by name: a
 * folder that was cloned does not choose what a well-known name means.
 * @param clients only these, by their names
 * @throws {UserError} where there is none, or several differ
 */
export function namedServer(name: string, clients?: readonly string[]): FoundServer {
  const { servers, left } = configuredServers(clients);
  const fitting = servers.filter((each) => each.name === name || each.id === name);
  const [first, ...others] = fitting.filter(({ ofProject }) => !ofProject);
  if (first === undefined) throw notFound(name, servers, left, fitting[0]);
  const other = others.find((each) => startOf(each) !== startOf(first));
  if (other === undefined) return first;
  const among = [...new Set([first, ...others].map(({ clientName }) => clientName))];
  throw new UserError(
    `${quote(name)} is started in one way by ${first.client} and in another by ${other.client}`,
    among.length > 1
      ? `say which with --client ${among[0]} (or ${among.slice(1).join(', ')})`
      : 'write its command after `--`',
  );
}

/** How a server of a client's config is started, and the policy that its client names. What the command line says has precedence. */
export function choiceOf(
  { words, env, id, policy }: FoundServer,
  { server, config }: { server?: string | undefined; config?: string | undefined },
): ServerChoice & EntryPolicy {
  return { command: words, env, server: server ?? id, ...(config === undefined ? policy : { config }) };
}

/** The servers of the user's own configs, for a command that looks at all of them, and why others are left out. */
export function ownServers(clients?: readonly string[]): { servers: FoundServer[]; left: string[] } {
  const { servers, left } = configuredServers(clients);
  const own = servers.filter(({ ofProject }) => !ofProject);
  for (const { name, client, words } of servers.filter(({ ofProject }) => ofProject))
    left.push(
      `${quote(name)} of ${client} is left out: its command is in a file of this project; if you trust it: -- ${commandText(words)}`,
    );
  const starts = own.map((each) => `${each.id} ${startOf(each)}`);
  return { servers: own.filter((_, index) => starts.indexOf(starts[index] ?? '') === index), left };
}

/** The same for two entries that are started in the same way, under the same policy. */
function startOf({ words, env, policy }: FoundServer): string {
  return JSON.stringify([words, Object.entries(env).sort(), policy]);
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
      `if you trust it, write its command after \`--\`: -- ${commandText(ofProject.words)}`,
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
