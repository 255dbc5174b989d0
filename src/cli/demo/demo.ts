import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { asTyped } from '../../platform/outer-npx.js';
import { EXIT } from '../../platform/user-error.js';
import type { McpClient, ServerStart } from '../../servers/mcp-client.js';
import { openSession } from '../../servers/read-server.js';
import { bold, cyan, dim, green, red, yellow } from '../terminal/paint.js';
import { table } from '../terminal/table.js';

export { serve } from '../../../examples/amazon-mq/stand-in.js';

/** A person at the keyboard is slower than this, and answers that come faster count as nobody's. Milliseconds. */
const PERSON = 500;
/** How long an answer may take, with a person in between. Milliseconds. */
const PATIENCE = 60_000;
/** Not the name of the server that it stands for, which has no `create_api_key`. */
const SERVER = 'amazon-mq-stand-in';
const REGION = { region: 'us-east-1' };

/**
 * Shows the main job on real parts: an MCP client starts policy-wrap, which starts the example server; what is printed is
 * what the client was answered and what the audit log then holds.
 */
export async function demo(): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'policy-wrap-demo-'));
  try {
    copyFileSync(path.join(__dirname, 'demo', 'policy-wrap.yaml'), path.join(folder, 'policy-wrap.yaml'));
    await play(folder);
    printLog(folder);
    printNext();
    return EXIT.fine;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function play(folder: string): Promise<void> {
  const program = process.argv[1] ?? '';
  const args = [program, '--server', SERVER, '--', process.execPath, program, 'example-server'];
  const place = { cwd: folder, env: homeIn(folder) };
  say(dim(`An MCP client starts: policy-wrap -- <a stand-in for the Amazon MQ server>`));
  const start = { ...place, command: process.execPath, args, timeout: PATIENCE, stderrShown: true };
  const asked = { ...start, client: { name: 'demo-agent', capabilities: { elicitation: {} } }, answer: ask };
  const { session: client } = await openSession(asked);
  await scenes(client);
  await client.close();
  scene(
    'Another client cannot ask its user: the call waits on a local page, and in every shell of the user.',
  );
  const { session: silent } = await openSession({
    ...start,
    client: { name: 'demo-agent-that-cannot-ask', capabilities: {} },
  });
  const answered = call(silent, 'reboot_broker', { ...REGION, BrokerId: 'b-billing' });
  await approveInShell(program, place, answered);
  await answered;
  await silent.close();
}

/** What a person does in a shell, while the call waits. */
async function approveInShell(
  program: string,
  place: { cwd: string; env: Record<string, string> },
  answered: Promise<void>,
): Promise<void> {
  let waits = true;
  void answered.then(() => {
    waits = false;
  });
  const shell = async (...args: string[]) =>
    (await promisify(execFile)(process.execPath, [program, ...args], place)).stdout;
  while (waits) {
    const { waiting } = JSON.parse(await shell('approvals', '--json')) as { waiting: { id: string }[] };
    const [call] = waiting;
    if (call === undefined) continue;
    say(yellow(`  ! the person opens the link, or types: policy-wrap approve ${call.id}`));
    return say(yellow(indent((await shell('approve', call.id)).trimEnd(), '  ! ')));
  }
}

const ask: NonNullable<ServerStart['answer']> = (method, { message }) =>
  method === 'elicitation/create' ? personSays(String(message)) : undefined;

async function personSays(message: string): Promise<Record<string, unknown>> {
  say(yellow(indent(message, '  ? ')));
  await new Promise((resolve) => setTimeout(resolve, PERSON));
  say(yellow('  ! the person answers: allow once'));
  return { action: 'accept', content: { decision: 'allow_once' } };
}

/** The user's own policy would judge too, and this shows the example's; the log is the demo's own. */
function homeIn(folder: string): Record<string, string> {
  const names = ['HOME', 'XDG_CONFIG_HOME', 'XDG_STATE_HOME', 'APPDATA', 'LOCALAPPDATA'];
  const { POLICY_WRAP_CONFIG: _, ...env } = process.env as Record<string, string>;
  return { ...env, ...Object.fromEntries(names.map((name) => [name, folder])) };
}

async function scenes(client: McpClient): Promise<void> {
  scene('Reading is allowed.');
  await call(client, 'describe_broker', { ...REGION, BrokerId: 'b-orders' });
  scene('create_api_key is allowed ten times a minute; the eleventh call learns how long to wait.');
  for (let count = 1; count <= 11; count++) await call(client, 'create_api_key', { api_id: `api-${count}` });
  scene('Deleting is denied, with the reason.');
  await call(client, 'delete_broker', { ...REGION, BrokerId: 'b-orders' });
  scene('Rebooting asks a person first, through the client.');
  await call(client, 'reboot_broker', { ...REGION, BrokerId: 'b-orders' });
  scene('promote is hidden: it is not in the tool list, and calling it anyway finds no such tool.');
  const tools = (await client.request('tools/list', {}))['tools'] as { name: string }[];
  say(
    `  ${tools.length} tools are listed; promote is ${tools.some(({ name }) => name === 'promote') ? red('among them') : green('not among them')}`,
  );
  await call(client, 'promote', { ...REGION, BrokerId: 'b-billing', Mode: 'FAILOVER' });
}

interface ToolResult {
  content: { type: string; text?: string }[];
  isError?: boolean;
}

async function call(client: McpClient, name: string, args: Record<string, unknown>): Promise<void> {
  say(`${cyan('  →')} ${bold(name)} ${dim(JSON.stringify(args))}`);
  try {
    const result = await client.request('tools/call', { name, arguments: args });
    const { content, isError } = result as unknown as ToolResult;
    const text = content.map((part) => part.text ?? `[${part.type}]`).join('\n');
    say(isError ? red(indent(text, '  ✗ ')) : green(indent(firstLine(text), '  ✓ ')));
  } catch (error) {
    say(red(indent((error as Error).message, '  ✗ ')));
  }
}

function printLog(folder: string): void {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.jsonl'),
  );
  const lines = files.flatMap((file) => readFileSync(path.join(folder, file), 'utf8').trimEnd().split('\n'));
  const records = lines.map((line) => JSON.parse(line) as LoggedCall);
  scene(
    `The audit log has a line of JSON for each of the ${records.length} calls. What it says of four of them:`,
  );
  const rows = ['describe_broker', 'delete_broker', 'reboot_broker', 'create_api_key'].flatMap((tool) => {
    const found = records.findLast((record) => record.tool === tool);
    return found
      ? [[found.time.slice(11, 19), found.tool, found.action, found.outcome, found.rule.pointer]]
      : [];
  });
  for (const line of table(['time', 'tool', 'action', 'outcome', 'rule'], rows).split('\n')) say(line);
}

interface LoggedCall {
  time: string;
  tool: string;
  action: string;
  outcome: string;
  rule: { pointer: string };
}

function printNext(): void {
  scene('To have the same for your own servers:');
  say(`  ${bold(asTyped('policy-wrap inspect -- <command>'))}  shows what the tools of a server can do`);
  say(`  ${bold(asTyped('policy-wrap install'))}  puts a policy in front of the servers of your MCP clients`);
}

function scene(title: string): void {
  say(`\n${bold(title)}`);
}

function indent(text: string, mark: string): string {
  return text
    .split('\n')
    .map((line, index) => `${index === 0 ? mark : ' '.repeat(mark.length)}${line}`)
    .join('\n');
}

/** Results of the example are JSON over many lines; one line of it tells enough. */
function firstLine(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 100 ? `${line.slice(0, 100)}…` : line;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
