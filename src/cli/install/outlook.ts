import { readdirSync } from 'node:fs';
import { currentInboxes } from '../../approvals/inbox/all-inboxes.js';
import { placePath } from '../../platform/display-path.js';
import { userFolders } from '../../platform/user-folders.js';
import type { ServerState } from './server-state.js';

/** How long a running policy-wrap is given to say what waits there. Milliseconds. */
const PATIENCE = 1_000;

/** What is to be known of all servers together. */
export interface Outlook {
  /** How many servers are in each state. */
  totals: Readonly<Record<string, number>>;
  /** The servers of which a policy-wrap runs that people can decide in. */
  running: readonly string[];
  /** The calls that wait for a person. */
  waiting: number;
  /** The folder of the log; undefined while nothing is logged. */
  log: string | undefined;
  /** What to do next. */
  next: string | undefined;
}

export async function outlookOf(servers: readonly ServerState[]): Promise<Outlook> {
  const { state } = userFolders();
  const { states } = await currentInboxes(state, PATIENCE);
  const totals: Record<string, number> = {};
  for (const server of servers) totals[server.state] = (totals[server.state] ?? 0) + 1;
  const waiting = states.reduce((sum, { waiting: calls }) => sum + calls.length, 0);
  return {
    totals,
    running: states.map(({ server }) => server),
    waiting,
    log: hasLogs(state) ? state : undefined,
    next: nextStep(servers, waiting),
  };
}

function nextStep(servers: readonly ServerState[], waiting: number): string | undefined {
  if (waiting > 0) return 'policy-wrap approvals';
  const open = servers.some(
    ({ state, disabled, problem }) =>
      !disabled && (state === 'not wrapped' || state === 'by URL' || problem?.sure === true),
  );
  return open ? 'policy-wrap install' : undefined;
}

function hasLogs(folder: string): boolean {
  try {
    return readdirSync(folder).some((name) => name.endsWith('.jsonl'));
  } catch {
    return false;
  }
}

/** The same in a few lines. */
export function outlookText({ totals, running, waiting, log, next }: Outlook): string[] {
  const count = Object.values(totals).reduce((sum, each) => sum + each, 0);
  const parts = Object.entries(totals).map(([state, each]) => `${each} ${state}`);
  return [
    ...(count > 0 ? [`${count === 1 ? '1 server' : `${count} servers`}: ${parts.join(', ')}`] : []),
    ...(running.length > 0 ? [`running: ${running.join(', ')}`] : []),
    ...(waiting > 0 ? [`${waiting === 1 ? '1 call waits' : `${waiting} calls wait`} for approval`] : []),
    ...(log === undefined ? [] : [`log: ${placePath(log)}`]),
    ...(next === undefined ? [] : [`next: ${next}`]),
  ];
}
