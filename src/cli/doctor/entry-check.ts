import { statSync } from 'node:fs';
import { counted } from '../../core/text/plural.js';
import { visible } from '../../core/text/visible.js';
import { placePath } from '../../platform/display-path.js';
import type { ServerStart } from '../../servers/mcp-client.js';
import { beganModern, listTools, openSession } from '../../servers/read-server.js';
import { toolsOf } from '../../servers/tool-list.js';
import { commandText } from '../servers/command-text.js';
import type { FoundServer } from '../servers/found-servers.js';
import type { CheckResult } from './check-result.js';
import { brokenChecks, isOpened, listingDeadline } from './server-checks.js';

const NAME = 'entry';

/**
 * Starts exactly what the entry in a client's config says, where its client would, with its environment added to ours: where
 * policy-wrap is in front, the one that is there.
 * @param rest how long an answer may take, and how what is started is ended
 */
export async function entryChecks(
  { entry: { words }, folder, env, client, wrapped }: FoundServer,
  rest: Pick<ServerStart, 'timeout' | 'lastSignal' | 'patience'>,
): Promise<CheckResult[]> {
  const written = `${commandText(words)}, in ${visible(placePath(folder))}`;
  const who = `as ${client} starts it, ${wrapped ? 'with' : 'without'} policy-wrap`;
  if (!isFolder(folder)) {
    const text = `${client} starts it in ${visible(placePath(folder))}, which is not a folder`;
    return [{ name: NAME, status: 'broken', text, details: [written] }];
  }
  const [command = '', ...args] = words;
  const start: ServerStart = { command, args, cwd: folder, env: { ...process.env, ...env }, ...rest };
  const began = performance.now();
  const opened = await openSession(start).catch((error: unknown) => error);
  if (!isOpened(opened)) return brokenEntry(opened, { start, who, written, stderr: '' });
  const { session, greeting } = opened;
  const took = Math.round(performance.now() - began);
  const deadline = listingDeadline(start);
  try {
    const { elements } = await Promise.race([listTools(session, greeting), deadline.late]);
    const asked = beganModern(greeting) ? 'server/discover' : 'initialize';
    const tools = counted(toolsOf(elements).tools.length, 'tool');
    const text = `${who}: ${asked} answered after ${took} ms, ${tools}`;
    return [{ name: NAME, status: 'works', text, details: [written] }];
  } catch (error) {
    return brokenEntry(error, { start, who, written, stderr: session.stderr });
  } finally {
    deadline.stop();
    await session.close();
  }
}

function brokenEntry(
  error: unknown,
  { start, who, written, stderr }: { start: ServerStart; who: string; written: string; stderr: string },
): CheckResult[] {
  const [first, ...more] = brokenChecks(NAME, error, { start, command: start.command, stderr });
  if (first === undefined) return more;
  return [{ ...first, text: `${who}: ${first.text}`, details: [written, ...(first.details ?? [])] }, ...more];
}

/** Whether something can be started there. */
export function isFolder(folder: string): boolean {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
}
