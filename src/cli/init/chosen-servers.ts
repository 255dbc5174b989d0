import { quote } from '../../core/text/quote.js';
import { visible } from '../../core/text/visible.js';
import { UserError } from '../../platform/user-error.js';
import { commandText } from '../servers/command-text.js';
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
  { yes, update, client }: { yes?: boolean; update?: boolean; client?: readonly string[] | undefined },
  hasPolicy: (id: string) => boolean,
): Promise<FoundServer[]> {
  const { servers, left } = foundServers(client);
  const own = servers.filter(({ ofProject }) => !ofProject);
  if (questions && servers.length > 0) {
    tellLeft(left);
    return questions.askWhich(servers, hasPolicy);
  }
  if (!(yes || update)) throw noCommand(own);
  const ofProject = servers
    .filter((server) => server.ofProject)
    .map(
      ({ name, client, words }) =>
        `${quote(name)} of ${client} is left out: its command is in a file of this project, and nothing of a project is started unless you name it after \`--\`: -- ${commandText(words)}`,
    );
  tellLeft([...left, ...ofProject]);
  if (own.length === 0) throw noCommand(own);
  return own;
}

/** A policy has categories for whatever it does not name. */
function tellLeft(sentences: readonly string[]): void {
  for (const sentence of sentences) printNote(sentence);
  if (sentences.some((sentence) => sentence.includes(' is left out: ')))
    printNote('what is left out gets no entries of its own; categories judge its tools all the same');
}

function noCommand(own: readonly FoundServer[]): UserError {
  const names = own.map(({ name }) => visible(name)).join(', ');
  return new UserError(
    'no server command was given',
    `write it after \`--\`, such as: policy-wrap init -- npx -y some-mcp-server${own.length > 0 ? `; or take those of your MCP clients with --yes: ${names}` : ''}`,
  );
}
