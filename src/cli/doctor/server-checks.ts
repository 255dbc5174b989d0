import { missingVariables } from '../../core/authoring/report/missing-variables.js';
import { redactSecrets } from '../../core/secrets/text/redact-secrets.js';
import { counted } from '../../core/text/plural.js';
import { visible } from '../../core/text/visible.js';
import { AnswerError, type ServerStart } from '../../servers/mcp-client.js';
import { beganModern, listTools, openSession, speaksModern } from '../../servers/read-server.js';
import { ServerToolsError } from '../../servers/server-tools.js';
import { tellingLines } from '../../servers/telling-lines.js';
import { toolsOf } from '../../servers/tool-list.js';
import { shortened } from '../terminal/text-width.js';
import type { CheckResult } from './check-result.js';
import { knownCause } from './known-causes.js';
import { strayNotes } from './stray-notes.js';

/** Clients wait for 30 to 60 s, and start several servers at once. Milliseconds. */
const SLOW = 10_000;
/** All pages together may take so many times as long as one answer. */
const ROUNDS = 3;
const LINES_SHOWN = 10;
const LONGEST_LINE = 300;

/**
 * Starts the server through policy-wrap, as a client would.
 * @param command as the user calls it
 */
export async function* serverChecks(start: ServerStart, command: string): AsyncGenerator<CheckResult> {
  const began = performance.now();
  const opened = await openSession(start).catch((error: unknown) => error);
  if (!isOpened(opened)) return yield* brokenChecks('server', opened, { start, command, stderr: '' });
  const { session, greeting } = opened;
  const lateness = listingDeadline(start);
  try {
    yield readyCheck(greeting, Math.round(performance.now() - began));
    const { protocolVersion } = greeting;
    yield protocolCheck(protocolVersion, beganModern(greeting) || (await speaksModern(start)));
    const listed = await Promise.race([listTools(session, greeting), lateness.late]).catch(
      (error: unknown) => error,
    );
    const { stderr } = session;
    if (!isListed(listed)) return yield* brokenChecks('tools', listed, { start, command, stderr });
    yield toolsCheck(listed);
    yield* strayChecks(session.stderr);
    yield* environmentChecks(stderr);
  } finally {
    lateness.stop();
    await session.close();
  }
}

type Opened = Awaited<ReturnType<typeof openSession>>;
type Listed = Awaited<ReturnType<typeof listTools>>;

/** Whether a session was opened, where it may be an error. */
export function isOpened(opened: unknown): opened is Opened {
  return typeof opened === 'object' && opened !== null && 'session' in opened;
}

function isListed(listed: unknown): listed is Listed {
  return typeof listed === 'object' && listed !== null && 'elements' in listed;
}

/** Why it does not go on, in the server's words where it has said something. */
export function brokenChecks(
  name: string,
  error: unknown,
  { start, command, stderr }: { start: ServerStart; command: string; stderr: string },
): CheckResult[] {
  const answer = error instanceof AnswerError;
  if (!answer && !(error instanceof ServerToolsError)) throw error;
  const message = answer
    ? `'${command}' answered tools/list with an error: ${error.message} (${error.errorCode})`
    : error.message;
  const { wrote, rest: written } = strayNotes((answer ? '' : error.stderr) || stderr);
  const [stray] = wrote;
  const said = linesOf(written);
  const failure = shortened(visible(inOwnWords(message, start.command, command)), LONGEST_LINE);
  const text = stray ? `${failure}; on stdout it wrote ${stray.said}` : failure;
  const cause = knownCause(written);
  const known = cause ? [`${cause.text}; ${cause.help}`] : answer || said.length > 0 ? [] : [error.help];
  const help = stray ? [stray.help, ...(cause ? known : [])] : known;
  const details = [...help, ...(said.length > 0 ? ['it said:', ...said.map((line) => `  ${line}`)] : [])];
  return [{ name, status: 'broken', text, details }, ...environmentChecks(`${message}\n${written}`)];
}

/** What was spoken to is policy-wrap, and the user has started another command. */
function inOwnWords(message: string, wrapper: string, command: string): string {
  return message
    .replace(`'${wrapper}'`, () => `'${command}'`)
    .replace(
      / answered [\w/]+ with an error: The server ended \((.+?)\) before it answered\. \(-32603\)$/,
      ' ended with $1 before it had answered',
    );
}

function readyCheck({ name, version }: Opened['greeting'], took: number): CheckResult {
  const called = shortened(visible([name, version].filter(Boolean).join(' ')), LONGEST_LINE);
  const slow = ['a client may not wait that long; is something downloaded each time?'];
  return {
    name: 'server',
    status: took > SLOW ? 'note' : 'works',
    text: `${called || 'it'} was ready after ${took} ms`,
    ...(took > SLOW && { details: slow }),
  };
}

const MODERN = '2026-07-28';

function protocolCheck(version: string, modern: boolean): CheckResult {
  const text = `${visible(version) || 'no version of it'} was agreed on`;
  const also = version === MODERN ? ', the only one it speaks' : modern ? `; it also speaks ${MODERN}` : '';
  return { name: 'protocol', status: 'works', text: `${text}${also}` };
}

function toolsCheck({ elements, pages, warnings }: Listed): CheckResult {
  const { tools, warnings: odd } = toolsOf(elements);
  const all = [...warnings, ...odd].map((warning) => shortened(visible(warning), LONGEST_LINE));
  const count = counted(tools.length, 'tool');
  return {
    name: 'tools',
    status: all.length > 0 ? 'note' : 'works',
    text: `${count}${pages > 1 ? ` on ${pages} pages` : ''}, as the policy shows them`,
    ...(all.length > 0 && { details: all.slice(0, LINES_SHOWN) }),
  };
}

/** Clients pass over what is not a message, and some of them end the server for it. */
function strayChecks(stderr: string): CheckResult[] {
  const { wrote } = strayNotes(stderr);
  if (wrote.length === 0) return [];
  const details = wrote.flatMap(({ said, help }) => [said, `help: ${help}`]);
  return [
    {
      name: 'stdout',
      status: 'note',
      text: 'the server also writes what is not messages on stdout',
      details,
    },
  ];
}

/** Names only: what a variable holds is nobody's business here. */
function environmentChecks(said: string): CheckResult[] {
  const names = missingVariables(said);
  if (names.length === 0) return [];
  const shown = names.map((name) => `${name} (${process.env[name] ? 'set' : 'not set'} here)`);
  return [
    {
      name: 'environment',
      status: 'note',
      text: `the server complains about ${shown.join(', ')}`,
      details: ['set what it needs in `env` of the client that starts it, or in this shell'],
    },
  ];
}

/** What tells most of what it said. A secret may go over several lines. */
function linesOf(stderr: string): string[] {
  return tellingLines(redactSecrets(stderr), LINES_SHOWN)
    .map((line) => shortened(visible(line.trimEnd()), LONGEST_LINE))
    .filter(Boolean);
}

/** A server that lists pages slowly and without end. */
export function listingDeadline({ command, timeout }: ServerStart): { late: Promise<never>; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const message = `'${command}' was still listing tools after ${(ROUNDS * timeout) / 1_000} s`;
    timer = setTimeout(() => reject(new ServerToolsError(message, 'does the list end?')), ROUNDS * timeout);
  });
  // Nobody may be waiting for it any more.
  late.catch(() => {});
  return { late, stop: () => clearTimeout(timer) };
}
