import { EXIT } from '../../platform/user-error.js';
import { serverStart } from '../servers/read-tools.js';
import type { ServerChoice } from '../servers/server-choice.js';
import { safeJson } from '../terminal/json-text.js';
import { bold, dim, paintAction } from '../terminal/paint.js';
import { wrapped } from '../terminal/text-width.js';
import type { CheckResult } from './check-result.js';
import { flawOfContainer } from './container-command.js';
import { commandCheck } from './find-command.js';
import { policyChecks } from './policy-checks.js';
import { serverChecks } from './server-checks.js';

export interface DoctorOptions extends ServerChoice {
  config?: string;
  json?: boolean;
}

const OLDEST_NODE = 20;
/** policy-wrap gives a server 10 s after it was told to end. Milliseconds. */
const UNTIL_SERVER_ENDS = 12_000;

/** Starts a server through policy-wrap as a client would, and says what works. */
export async function doctor(options: DoctorOptions): Promise<number> {
  const start = serverStart(options);
  const show = options.json ? () => {} : (check: CheckResult) => process.stdout.write(`${lineOf(check)}\n`);
  const checks: CheckResult[] = [];
  for await (const check of examine(start, options)) {
    checks.push(check);
    show(check);
  }
  const code = exitCode(checks);
  if (options.json)
    process.stdout.write(`${safeJson({ server: start.id, works: code === EXIT.fine, checks }, 2)}\n`);
  else process.stdout.write(`\n${verdict(checks)}\n`);
  return code;
}

type Started = ReturnType<typeof serverStart>;

/** Nothing is started that cannot work: a command that is not there, or under a policy that is invalid. */
async function* examine(
  { command, args, id, timeout }: Started,
  { config }: DoctorOptions,
): AsyncGenerator<CheckResult> {
  yield nodeCheck();
  const found = commandCheck(command);
  yield found;
  const flaw = flawOfContainer(command, args);
  if (flaw !== undefined) yield { name: 'launcher', status: 'note', text: flaw.text, details: [flaw.help] };
  const policy = await policyChecks(id, config);
  yield* policy;
  if (found.status === 'broken' || policy[0]?.status === 'broken') return;
  const choice = [...(config === undefined ? [] : ['--config', config]), '--server', id, '--quiet'];
  const wrapped = [process.argv[1] ?? '', ...choice, '--', command, ...args];
  // policy-wrap ends the server when it is told to end; killed, it could not.
  const ending = { lastSignal: 'SIGTERM', patience: UNTIL_SERVER_ENDS } as const;
  yield* serverChecks({ command: process.execPath, args: wrapped, timeout, ...ending }, command);
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
  if (broken('command', 'server', 'tools')) return EXIT.failed;
  return broken() ? EXIT.no : EXIT.fine;
}
