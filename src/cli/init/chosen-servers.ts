import { quote } from '../../core/text/quote.js';
import { UserError } from '../../platform/user-error.js';
import { type FoundServer, foundServers } from '../servers/found-servers.js';
import { printNote } from '../terminal/output.js';

/** What asks, where there is somebody to ask. */
export type InitQuestions = typeof import('./questions.js') | undefined;

/**
 * The servers of the clients on this machine that a person chooses. Unasked, those of the user's own configs: a project that was cloned
 * does not choose what is started here.
 * @throws {UserError} where there is none, or nobody has said that they are meant
 */
export async function chosenServers(
  questions: InitQuestions,
  { yes, update }: { yes?: boolean; update?: boolean },
): Promise<FoundServer[]> {
  const { servers, left } = foundServers();
  const own = servers.filter(({ ofProject }) => !ofProject);
  if (questions && servers.length > 0) {
    for (const sentence of left) printNote(sentence);
    return questions.askWhich(servers);
  }
  if (!(yes || update)) throw noCommand(own);
  for (const sentence of left) printNote(sentence);
  if (own.length === 0) throw noCommand(own);
  for (const { id } of servers.filter(({ ofProject }) => ofProject))
    printNote(
      `${quote(id)} is left out: its command is in a file of this project, and nothing of a project is started unless you name it after \`--\``,
    );
  return own;
}

function noCommand(own: readonly FoundServer[]): UserError {
  const names = own.map(({ id }) => id).join(', ');
  return new UserError(
    'no server command was given',
    `write it after \`--\`, such as: policy-wrap init -- npx -y some-mcp-server${own.length > 0 ? `; or take those of your MCP clients with --yes: ${names}` : ''}`,
  );
}
