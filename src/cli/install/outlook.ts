import { existsSync, readdirSync } from 'node:fs';
import { currentInboxes } from '../../approvals/inbox/all-inboxes.js';
import { counted } from '../../core/text/plural.js';
import { visible } from '../../core/text/visible.js';
import { placePath } from '../../platform/display-path.js';
import { userFolders } from '../../platform/user-folders.js';
import { commandText } from '../servers/command-text.js';
import { runnerFrom } from './choice.js';
import type { ServerState } from './server-state.js';

/** How long a running policy-wrap is given to say what waits there. Milliseconds. */
const PATIENCE = 1_000;

/** What is to be known of all servers together. */
export interface Outlook {
  /** How many servers are in each state. */
  totals: Readonly<Record<string, number>>;
  /** The servers of which a policy-wrap runs that has asked a person before: only those can be found. */
  running: readonly string[];
  /** The calls that wait for a person. */
  waiting: number;
  /** Where calls are written down, or will be. */
  logs: readonly Log[];
  /** How many servers that clients start are without policy-wrap, since `install` leaves them as they are. */
  left: number;
  /** What to do next. */
  next: string | undefined;
}

interface Log {
  /** A file, or the folder with a file for each server and day. */
  place: string;
  /** Whether anything is there. */
  exists: boolean;
}

export async function outlookOf(servers: readonly ServerState[]): Promise<Outlook> {
  const { state } = userFolders();
  const { states } = await currentInboxes(state, PATIENCE);
  const totals: Record<string, number> = {};
  for (const server of servers) totals[server.state] = (totals[server.state] ?? 0) + 1;
  const waiting = states.reduce((sum, { waiting: calls }) => sum + calls.length, 0);
  const logs = logsOf(servers, state);
  return {
    totals,
    running: [...new Set(states.map(({ server }) => server))],
    waiting,
    logs,
    left: servers.filter(isLeft).length,
    next: nextStep(servers, waiting, logs),
  };
}

/** The most urgent comes first. */
function nextStep(
  servers: readonly ServerState[],
  waiting: number,
  logs: readonly Log[],
): string | undefined {
  if (waiting > 0) return 'policy-wrap approvals watch';
  const [problem] = servers.flatMap(({ name, policy }) =>
    policy && 'problem' in policy ? [{ name, text: policy.problem }] : [],
  );
  if (problem !== undefined) return toFind(problem);
  const used = servers.filter(({ disabled }) => !disabled);
  if (used.some((server) => server.installs && needsInstall(server))) return 'policy-wrap install';
  // One that was chosen by a person is changed only by a person.
  if (used.some(({ problem }) => problem?.sure && problem.ofRunner))
    return `policy-wrap install --using "${runnerFrom(undefined).words.join(' ')}"`;
  const unused = servers.some(({ state }) => state === 'wrapped') && !logs.some(({ exists }) => exists);
  return unused ? 'restart your clients; to see what works: policy-wrap doctor' : undefined;
}

/** What tells more of a policy that cannot be used: where it is a file with a mistake, `check`; else how the entry starts it. */
function toFind({ name, text }: { name: string; text: string }): string {
  const file = /^(.+?):\d+:\d+: /.exec(text)?.[1];
  return file === undefined ? `policy-wrap doctor ${commandText([name])}` : `policy-wrap check ${file}`;
}

/** It has no policy, or does not start; to another version of policy-wrap nobody has to move. */
function needsInstall({ state, problem }: ServerState): boolean {
  return state === 'not wrapped' || state === 'by URL' || problem?.sure === true;
}

/** Whether a client starts it, and `install` would not put policy-wrap in front of it. */
export function isLeft({ state, disabled, left }: ServerState): boolean {
  return !disabled && left !== undefined && (state === 'not wrapped' || state === 'by URL');
}

/** The state folder is shown where it is used, and where it has logs of before. */
function logsOf(servers: readonly ServerState[], state: string): Log[] {
  const named = servers.flatMap(({ policy }) =>
    policy && 'log' in policy && policy.log ? [policy.log] : [],
  );
  const files = [...new Set(named.filter((log) => log !== 'auto'))];
  const exists = hasLogs(state);
  const daily = exists || named.includes('auto') ? [{ place: state, exists }] : [];
  return [...daily, ...files.map((place) => ({ place, exists: existsSync(place) }))];
}

function hasLogs(folder: string): boolean {
  try {
    return readdirSync(folder).some((name) => name.endsWith('.jsonl'));
  } catch {
    return false;
  }
}

/** The same in a few lines. */
export function outlookText({ totals, running, waiting, logs, left, next }: Outlook): string[] {
  const parts = Object.entries(totals).map(([state, each]) => `${each} ${state}`);
  const count = Object.values(totals).reduce((sum, each) => sum + each, 0);
  const calls = waiting === 1 ? '1 call waits' : `${waiting} calls wait`;
  return [
    ...(count > 0 ? [`${counted(count, 'server')}: ${parts.join(', ')}`] : []),
    ...(running.length > 0
      ? [`running: ${running.map(visible).join(', ')} (only those that have asked somebody are known)`]
      : []),
    ...(waiting > 0 ? [`${calls} for approval: policy-wrap approvals`] : []),
    ...(waiting === 0 && (totals['wrapped'] ?? 0) > 0
      ? ['no call waits for approval; those that need you come to: policy-wrap approvals watch']
      : []),
    ...logs.map(
      ({ place, exists }) => `log: ${visible(placePath(place))}${exists ? '' : ' (nothing is written yet)'}`,
    ),
    ...(left > 0 && !next?.startsWith('policy-wrap install')
      ? [
          `nothing to install: ${counted(left, 'server')} without policy-wrap, see above why install leaves ${left === 1 ? 'it' : 'them'} so`,
        ]
      : []),
    ...(next === undefined ? [] : [`next: ${next}`]),
  ];
}
