import path from 'node:path';
import { counted } from '../../core/text/plural.js';
import { visible } from '../../core/text/visible.js';
import { EXIT, UserError } from '../../platform/user-error.js';
import type { EntryPolicy } from '../servers/entry-policy.js';
import type { FoundServer } from '../servers/found-servers.js';
import { choiceOf, namedServers, ownServers } from '../servers/named-server.js';
import { serverStart } from '../servers/read-tools.js';
import type { ServerChoice } from '../servers/server-choice.js';
import { safeJson } from '../terminal/json-text.js';
import { printNote } from '../terminal/output.js';
import { bold, dim, paintAction } from '../terminal/paint.js';
import { wrapped } from '../terminal/text-width.js';
import type { CheckResult } from './check-result.js';
import { flawOfContainer } from './container-command.js';
import { entryChecks, isFolder } from './entry-check.js';
import { commandCheck } from './find-command.js';
import { policyChecks } from './policy-checks.js';
import { serverChecks } from './server-checks.js';

export interface DoctorOptions extends ServerChoice, EntryPolicy {
  json?: boolean;
}

const OLDEST_NODE = 20;
/** policy-wrap gives a server 10 s after it was told to end. Milliseconds. */
const UNTIL_SERVER_ENDS = 12_000;

/**
 * Starts a server through policy-wrap as a client would, and says what works.
 * @param name of a server in a client's config; without it and without a command, all of them
 */
export async function doctor(name: string | undefined, options: DoctorOptions): Promise<number> {
  if (options.command.length > 0) {
    if (name !== undefined)
      throw new UserError(`'${visible(name)}' and a command name two servers`, 'leave out one of the two');
    return examineOne(options);
  }
  if (name !== undefined) {
    const named = namedServers(name, options.client);
    if (named.length === 1) return examineOne({ ...options, ...choiceOf(named[0], options) }, named[0]);
    requireNoId(options);
    return examineAll(named, [], options);
  }
  const { servers, left } = ownServers(options.client);
  if (servers.length === 0) {
    for (const sentence of left) printNote(sentence);
    // Says that a command is missing.
    return examineOne(options);
  }
  requireNoId(options);
  return examineAll(servers, left, options);
}

/** @throws {UserError} */
function requireNoId({ server }: DoctorOptions): void {
  if (server !== undefined)
    throw new UserError(
      '--server is for one server',
      'name one server, or one client with --client, or write its command after `--`',
    );
}

/** @param found the entry that it is, where it is one of a client's config */
async function examineOne(options: DoctorOptions, found?: FoundServer): Promise<number> {
  const checks = await checksOf(options, found);
  const code = exitCode(checks);
  if (options.json)
    process.stdout.write(
      `${safeJson({ server: serverStart(options).id, works: code === EXIT.fine, checks }, 2)}\n`,
    );
  else process.stdout.write(`\n${verdict(checks)}\n`);
  return code;
}

/** One after the other: together they would be slower than they are for a client. The worst exit code is ours. */
async function examineAll(
  servers: readonly FoundServer[],
  left: readonly string[],
  options: DoctorOptions,
): Promise<number> {
  const results: { server: string; works: boolean; code: number; checks: CheckResult[] }[] = [];
  const explained = new Set<string>();
  for (const server of servers) {
    if (!options.json)
      process.stdout.write(
        `${bold(visible(server.name))} ${dim(`(${server.client}, ${visible(server.id)})`)}\n`,
      );
    const checks = await checksOf({ ...options, ...choiceOf(server, options) }, server, explained);
    const code = exitCode(checks);
    results.push({ server: server.id, works: code === EXIT.fine, code, checks });
    if (!options.json) process.stdout.write(`${verdict(checks)}\n\n`);
  }
  for (const sentence of left) printNote(sentence);
  if (options.json)
    process.stdout.write(`${safeJson({ servers: results.map(({ code: _, ...result }) => result) }, 2)}\n`);
  else {
    const working = results.filter(({ works }) => works).length;
    process.stdout.write(
      `${working} of ${counted(results.length, 'server')} work${working === 1 ? 's' : ''}.\n`,
    );
  }
  const codes = results.map(({ code }) => code);
  return [EXIT.invalidPolicy, EXIT.failed, EXIT.no].find((code) => codes.includes(code)) ?? EXIT.fine;
}

/** @param explained what was said of other servers already: of what works, it is said once */
async function checksOf(
  options: DoctorOptions,
  found: FoundServer | undefined,
  explained = new Set<string>(),
): Promise<CheckResult[]> {
  const checks: CheckResult[] = [];
  for await (const check of examine(serverStart(options), options, found)) {
    checks.push(check);
    if (!options.json) process.stdout.write(`${lineOf(briefer(check, explained))}\n`);
  }
  return checks;
}

function briefer(check: CheckResult, explained: Set<string>): CheckResult {
  const said = JSON.stringify([check.name, check.details]);
  if (check.status === 'works' && explained.has(said)) return { ...check, details: [] };
  explained.add(said);
  return check;
}

type Started = ReturnType<typeof serverStart>;

/** Nothing is started that cannot work: a command that is not there, or under a policy that is invalid. */
async function* examine(
  { command, args, id, timeout }: Started,
  { config: named, preset, mode, env: own }: DoctorOptions,
  entry: FoundServer | undefined,
): AsyncGenerator<CheckResult> {
  yield nodeCheck();
  const cwd = entry?.folder ?? process.cwd();
  const found = commandCheck(command, cwd);
  yield found;
  const flaw = flawOfContainer(command, args);
  if (flaw !== undefined) yield { name: 'launcher', status: 'note', text: flaw.text, details: [flaw.help] };
  // A path of the command line is one from here.
  const config = named === undefined ? undefined : path.resolve(named);
  const policy = await policyChecks({ server: id, config, preset, mode, cwd, shownFrom: process.cwd() });
  yield* policy;
  if (found.status === 'broken' || policy[0]?.status === 'broken') return;
  // policy-wrap ends the server when it is told to end; killed, it could not.
  const ending = { lastSignal: 'SIGTERM', patience: UNTIL_SERVER_ENDS } as const;
  if (entry !== undefined) {
    const checks = await entryChecks(entry, { timeout, ...(entry.wrapped && ending) });
    yield* checks;
    // What does not start by itself does not start behind policy-wrap; what is in front of it may be all that is wrong.
    if (checks[0]?.status === 'broken' && !entry.wrapped) return;
    if (!isFolder(cwd)) return;
  }
  const chosen = Object.entries({ config, preset, mode, server: id }).flatMap(([key, value]) =>
    value === undefined ? [] : [`--${key}`, value],
  );
  const choice = [...chosen, '--quiet'];
  const wrapped = [process.argv[1] ?? '', ...choice, '--', command, ...args];
  const env = { ...process.env, ...own };
  yield* serverChecks({ command: process.execPath, args: wrapped, env, cwd, timeout, ...ending }, command);
}

function nodeCheck(): CheckResult {
  const { node } = process.versions;
  const old = Number.parseInt(node, 10) < OLDEST_NODE;
  return { name: 'Node.js', status: old ? 'broken' : 'works', text: old ? `${node} is older than 20` : node };
}

const MARKS = { works: '✓', note: '!', broken: '✗' } as const;
const COLOURS = { works: 'allow', note: 'ask', broken: 'deny' } as const;

function lineOf({ name, status, text, details = [] }: CheckResult): string {
  const width = process.stdout.isTTY ? process.stdout.columns || 80 : undefined;
  const lines = (words: string, indent: string) =>
    (width === undefined ? [words] : wrapped(words, width - indent.length)).map((line) => `${indent}${line}`);
  const [first = '', ...more] = lines(`${name}: ${text}`, '  ');
  const heading = first.slice(2 + name.length);
  return [
    `${paintAction(COLOURS[status], MARKS[status])} ${bold(name)}${heading}`,
    ...more,
    ...details.flatMap((line) => lines(line, '    ')).map((line) => dim(line)),
  ].join('\n');
}

function verdict(checks: readonly CheckResult[]): string {
  const broken = checks.filter(({ status }) => status === 'broken').map(({ name }) => name);
  return broken.length === 0 ? 'It works.' : `It does not work: ${broken.join(', ')}.`;
}

function exitCode(checks: readonly CheckResult[]): number {
  const broken = (...names: string[]) =>
    checks.some(({ name, status }) => status === 'broken' && (names.length === 0 || names.includes(name)));
  if (broken('policy')) return EXIT.invalidPolicy;
  if (broken('command', 'entry', 'server', 'tools')) return EXIT.failed;
  return broken() ? EXIT.no : EXIT.fine;
}
