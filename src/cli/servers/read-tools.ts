import { quote } from '../../core/text/quote.js';
import { serverId } from '../../core/tools/server-id.js';
import { UserError } from '../../platform/user-error.js';
import { readServer } from '../../servers/read-server.js';
import { readSavedList } from '../../servers/saved-list.js';
import type { ServerTools } from '../../servers/server-tools.js';
import { printNote } from '../terminal/output.js';
import type { ServerChoice } from './server-choice.js';

/** Seconds. */
const LONGEST_TIMEOUT = 3_600;
/** How long a person at a terminal sees nothing. */
const QUIET_MS = 1_500;

/**
 * The tools of the server that the command line names, or of a saved list.
 * @param told the programs that a person was told to wait for already: of several servers of npx it is said once
 * @throws {UserError}
 */
export async function readTools(choice: ServerChoice, told = new Set<string>()): Promise<ServerTools> {
  const { tools, server } = choice;
  if (tools !== undefined) {
    if (choice.command.length > 0)
      throw new UserError('--tools cannot be combined with a command', 'leave out one of the two');
    return readSavedList(tools, server);
  }
  const { command, args, id, timeout } = serverStart(choice, '; or name a saved list with --tools');
  const env = { ...process.env, ...choice.env };
  const waits = setTimeout(() => tellOfWaiting(command, told), QUIET_MS);
  return readServer({ command, args, timeout, env, ...(choice.cwd && { cwd: choice.cwd }) }, id).finally(() =>
    clearTimeout(waits),
  );
}

/** Says at a terminal that a slow server is waited for: npx and uvx may have to fetch it first. */
function tellOfWaiting(command: string, told: Set<string>): void {
  if (told.has(command)) return;
  told.add(command);
  if (process.stderr.isTTY) printNote(`${quote(command)} is started; waiting for its answer`);
}

/**
 * How the server is started that the command line names. `instead` is what may be written in place of a command.
 * @throws {UserError} when it names none
 */
export function serverStart({ command: words, server, timeout = '60' }: ServerChoice, instead = '') {
  const [command, ...args] = words;
  if (command === undefined)
    throw new UserError(
      'no server command was given',
      `write it after \`--\`, such as: -- npx -y some-mcp-server; or name a server of your clients${instead}`,
    );
  const seconds = Number(timeout);
  if (!(seconds > 0 && seconds <= LONGEST_TIMEOUT))
    throw new UserError(
      `'${timeout}' is not a number of seconds`,
      `write a number up to ${LONGEST_TIMEOUT}, such as --timeout 120`,
    );
  return { command, args, id: server ?? serverId(command, args), timeout: seconds * 1_000 };
}
