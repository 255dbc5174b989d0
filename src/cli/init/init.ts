import { existsSync } from 'node:fs';
import { USUAL_CHOICES } from '../../core/authoring/draft/draft.js';
import { draftTools, isNamable } from '../../core/authoring/draft/draft-tools.js';
import { lookalikesAmong } from '../../core/shown/lookalike-names.js';
import { quote } from '../../core/text/quote.js';
import { visible } from '../../core/text/visible.js';
import { displayPath } from '../../platform/display-path.js';
import { EXIT, UserError } from '../../platform/user-error.js';
import type { ServerTools } from '../../servers/server-tools.js';
import { briefly } from '../servers/briefly.js';
import { commandText } from '../servers/command-text.js';
import type { FoundServer } from '../servers/found-servers.js';
import { namedServer } from '../servers/named-server.js';
import { readTools } from '../servers/read-tools.js';
import type { ServerChoice } from '../servers/server-choice.js';
import { printNote } from '../terminal/output.js';
import type { InitQuestions } from './chosen-servers.js';
import { chosenServers } from './chosen-servers.js';
import {
  type Destination,
  destinationOf,
  knownServers,
  type ReadPolicy,
  readExisting,
  userDestination,
} from './destination.js';
import { type ExistingState, existingStateOf } from './existing.js';
import { writeLockBeside } from './lock-beside.js';
import { foundSummary, nextSteps, toolsSummary } from './next-steps.js';
import { addToPolicy, writeNew } from './write.js';

/** More are in the policy that is written, and in what inspect says. */
const MOST_LOOKALIKES = 8;

export interface InitOptions extends ServerChoice {
  config?: string;
  yes?: boolean;
  update?: boolean;
}

/**
 * Writes a policy for the tools of a server, or adds them to the one that is there.
 * @param names of servers in clients' configs; without them, a command and a list, all of those
 */
export async function init(names: readonly string[], options: InitOptions): Promise<number> {
  if (options.command.length === 0 && options.tools === undefined) return initFound(names, options);
  if (names.length > 0)
    throw new UserError(
      `${names.map(quote).join(', ')} and ${options.tools === undefined ? 'a command' : '--tools'} name several servers`,
      'leave out one of the two',
    );
  const questions = await questionsFor(options);
  const destination = await whereTo(options, questions);
  const locked = await initOne(destination, { ...options, questions });
  if (locked !== undefined) printNote(locked);
  await nextSteps(destination, options.command, options.server);
  return EXIT.fine;
}

/** Writes a policy for the servers that MCP clients have in their configs. One that cannot be read does not keep the others back. */
async function initFound(names: readonly string[], options: InitOptions): Promise<number> {
  if (options.server !== undefined && names.length !== 1)
    throw new UserError('--server is for one server', 'name the server, or write its command after `--`');
  const questions = await questionsFor(options);
  const servers =
    names.length > 0
      ? [...new Set(names)].map((name) => namedServer(name, options.client))
      : await chosenServers(questions, options, await knownServers(options.config));
  const destination = await whereTo(options, questions, servers);
  // They share one lock, so what is said of it is mostly the same.
  const lockNotes = new Set<string>();
  const told = new Set<string>();
  const failed: string[] = [];
  for (const server of servers) {
    const { words: command, env, cwd, id, name } = server;
    const isNew = !existsSync(destination.file);
    try {
      printNote(`${quote(name)} of ${server.client} is started: ${commandText(command)}`);
      const asked = isNew ? questions : undefined;
      const locked = await initOne(destination, {
        ...options,
        command,
        env,
        cwd,
        server: options.server ?? id,
        update: true,
        questions: asked,
        told,
      });
      if (locked !== undefined) lockNotes.add(locked);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      failed.push(name);
      printNote(`${quote(name)} is left out: ${briefly(error)}`);
    }
  }
  for (const each of lockNotes) printNote(each);
  if (failed.length < servers.length) await nextSteps(destination, []);
  printNote(foundSummary(destination.file, servers.length, failed));
  return failed.length > 0 ? EXIT.failed : EXIT.fine;
}

/**
 * Reads one server and writes what it needs.
 * @returns what is to be told of the lock
 */
async function initOne(
  destination: Destination,
  options: InitOptions & { questions: InitQuestions; told?: Set<string> },
): Promise<string | undefined> {
  const existing = await readExisting(destination.file, process.cwd());
  const serverTools = await readTools(options, options.told);
  checkId(serverTools.id);
  for (const warning of serverTools.warnings) printNote(visible(warning));
  const lookalikes = new Set(lookalikesAmong(serverTools.tools.map(({ name }) => name)).values());
  for (const odd of [...lookalikes].slice(0, MOST_LOOKALIKES))
    printNote(visible(`${odd} Look at it with policy-wrap inspect before it is used.`));
  const told =
    existing === undefined
      ? await create(destination, serverTools, options.questions)
      : await change(destination, existing, serverTools, options);
  printNote(told);
  return writeLockBeside(destination.file, serverTools);
}

/** Nobody is asked who has said what they want, or is not there. */
async function questionsFor({ yes, update }: InitOptions): Promise<InitQuestions> {
  if (yes || update || !process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  const { canAsk } = await import('../terminal/ask.js');
  return canAsk() ? import('./questions.js') : undefined;
}

/** Servers of the clients are used everywhere, so the policy for all of them is the user's own. */
async function whereTo(
  { config }: InitOptions,
  questions: InitQuestions,
  servers: readonly FoundServer[] = [],
): Promise<Destination> {
  const project = await destinationOf(config, process.cwd());
  const user = userDestination();
  if (project.where === 'named') return project;
  const ofUser = servers.some(({ ofProject }) => !ofProject);
  if (ofUser && (questions === undefined || existsSync(user.file))) return user;
  if (questions === undefined || (existsSync(project.file) && !ofUser)) return project;
  return (await questions.askWhere(project, user, ofUser)) === 'user' ? user : project;
}

async function create(
  { file }: Destination,
  serverTools: ServerTools,
  questions: InitQuestions,
  before?: Uint8Array,
): Promise<string> {
  const choices = (await questions?.askHowStrict(serverTools.tools)) ?? USUAL_CHOICES;
  const kept = await writeNew(file, serverTools, choices, before);
  const old = kept === undefined ? '' : `; the old one is ${displayPath(kept)}`;
  return `wrote ${displayPath(file)}: ${toolsSummary(serverTools.tools)} of ${quote(serverTools.id)}${old}`;
}

async function change(
  destination: Destination,
  existing: ReadPolicy,
  serverTools: ServerTools,
  { update, questions }: InitOptions & { questions: InitQuestions },
): Promise<string> {
  const { file } = destination;
  const name = displayPath(file);
  const server = quote(serverTools.id);
  const state = existingStateOf(existing, serverTools.id, serverTools.tools);
  const count = draftTools(state.fresh).groups.flatMap(({ tools }) => tools).length;
  if (state.known && count === 0 && (update || questions)) {
    tellGone(state);
    return `nothing is new: ${name} names every tool of ${server}`;
  }
  const news = `${toolsSummary(state.fresh)} of ${server}`;
  const wish = (await questions?.askWhatNow(file, news)) ?? (state.known && !update ? 'leave' : 'add');
  if (wish === 'anew') return create(destination, serverTools, questions, existing.bytes);
  if (wish === 'leave' && questions) throw new UserError('nothing is written');
  if (wish === 'leave')
    throw new UserError(
      `${name} has a section for ${server} already`,
      'add --update to add the tools that are new and keep the rest',
    );
  await addToPolicy(file, existing, serverTools, state);
  tellGone(state);
  return `added to ${name}: ${news}`;
}

function tellGone({ gone }: ExistingState): void {
  if (gone.length === 0) return;
  const [is, entry] = gone.length === 1 ? ['is', 'its entry stays'] : ['are', 'their entries stay'];
  printNote(`${gone.map(quote).join(', ')} ${is} not listed any more; ${entry}`);
}

/** A section is found by its key, which must mean this server and no other. */
function checkId(id: string): void {
  if (id === '')
    throw new UserError('the list does not name its server', 'name the server, such as --server my-server');
  if (!isNamable(id))
    throw new UserError(`${quote(id)} cannot be the key of a server`, 'give it another with --server');
}
