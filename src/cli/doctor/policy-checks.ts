import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { dailyFile } from '../../audit/file/daily-file.js';
import { type LoadedPolicy, loadPolicy, type PolicyChoice } from '../../config/load.js';
import { PolicyError } from '../../config/policy-error.js';
import { approvalSettings } from '../../core/policy/compile/approval-settings.js';
import type { EntryTable, Layer } from '../../core/policy/compile/policy.js';
import type { Channel } from '../../core/policy/document/document.js';
import { counted } from '../../core/text/plural.js';
import { visible } from '../../core/text/visible.js';
import { displayPath } from '../../platform/display-path.js';
import { userFolders } from '../../platform/user-folders.js';
import { misnamedSections } from '../servers/ids/misnamed-sections.js';
import type { CheckResult } from './check-result.js';
import { findCommand } from './find-command.js';

/** The policy that judges the server's calls, how it has people asked and where it has things written down. */
export async function policyChecks(choice: PolicyChoice): Promise<CheckResult[]> {
  try {
    const loaded = await loadPolicy(choice);
    return [policyCheck(loaded), await approvalCheck(loaded), auditCheck(loaded, choice.server)];
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    return [
      {
        name: 'policy',
        status: 'broken',
        text: 'it is invalid',
        details: error.message.split('\n').map(visible),
      },
    ];
  }
}

function policyCheck({ policy, chains, files, builtIn }: LoadedPolicy): CheckResult {
  const layers = policy.layers.map((layer) => {
    const observes = layer.mode === 'observe' ? ', observes only' : '';
    return `${visible(layer.source)} (${counted(rulesOf(layer), 'rule')}${observes})`;
  });
  const more = files.slice(policy.layers.length).map(({ file }) => visible(displayPath(file)));
  const misnamed = misnamedSections(chains.map(({ documents }) => documents)).filter(({ ids }) =>
    ids.includes(policy.server),
  );
  return {
    name: 'policy',
    status: misnamed.length > 0 ? 'note' : 'works',
    text: `${layers.join(' and ')}${builtIn ? ', since there is no policy file' : ''}`,
    details: [
      ...misnamed.map(({ message, help }) => visible(`${message}; ${help}`)),
      ...(more.length > 0 ? [`${counted(files.length, 'file')} in all, with what they extend`] : []),
    ],
  };
}

function rulesOf({ sections }: Layer): number {
  const inTable = ({ exact, globs }: EntryTable) =>
    [...exact.values(), ...globs].reduce((sum, { rules }) => sum + rules.length, 0);
  return sections
    .map(({ tools, resources, prompts, methods, categories, default: rest }) => {
      const classes = [...categories.values()].reduce((sum, rules) => sum + rules.length, 0);
      const named = [tools, resources, prompts, methods].reduce((sum, table) => sum + inTable(table), 0);
      return named + classes + (rest?.length ?? 0);
    })
    .reduce((sum, count) => sum + count, 0);
}

/** Which clients put a question to their user is known of these only; see `elicitation` of each. */
const CLIENTS =
  'Claude Code from 2.1.76, VS Code from 1.102 and Cursor from 1.5 ask; Claude Desktop does not; Codex says that it can and declines';

async function approvalCheck({ policy }: LoadedPolicy): Promise<CheckResult> {
  const { via, command } = approvalSettings(policy.approvals);
  const local = await whyNoInbox();
  const why: Readonly<Record<Channel, string | undefined>> = {
    elicitation: undefined,
    page: local,
    terminal: local,
    command: findCommand(command?.[0] ?? '') ? undefined : 'its program was not found',
  };
  const says: Readonly<Record<Channel, string>> = {
    elicitation: `depends on the client: ${CLIENTS}`,
    page: 'a page on this machine; its link is shown when a call waits',
    terminal: '`policy-wrap approvals` in any shell',
    command: visible(command?.join(' ') ?? ''),
  };
  const details = via.map((channel) => `${channel}: ${why[channel] ?? says[channel]}`);
  const sure = via.some((channel) => channel !== 'elicitation' && why[channel] === undefined);
  const broken = via.some((channel) => why[channel] !== undefined);
  const hopeful = via.includes('elicitation');
  const words = sure
    ? `approval is asked through ${via.join(', then ')}`
    : hopeful
      ? 'whether approval can be asked for depends on the client'
      : 'nobody can be asked';
  const status = !sure && !hopeful ? 'broken' : !sure || broken ? 'note' : 'works';
  return { name: 'approvals', status, text: words, details };
}

/** Why people cannot come to a page or a terminal; undefined where they can. */
async function whyNoInbox(): Promise<string | undefined> {
  const folder = path.join(userFolders().state, 'approvals');
  const why = whyNotWritable(folder);
  if (why !== undefined) return `${visible(displayPath(folder))} cannot be written: ${why}`;
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', ({ message }) => resolve(`nothing can listen on 127.0.0.1: ${message}`));
    server.listen(0, '127.0.0.1', () => server.close(() => resolve(undefined)));
  });
}

function auditCheck({ policy }: LoadedPolicy, server: string): CheckResult {
  const { file = 'auto', required } = policy.audit;
  const name = 'audit log';
  if (file === false) return { name, status: 'works', text: 'none, as the policy says' };
  const place = file === 'auto' ? dailyFile(userFolders().state, server, new Date()) : file;
  const shown = visible(displayPath(place));
  const why = whyNotWritable(place);
  if (why === undefined) return { name, status: 'works', text: shown };
  const then = required ? 'every call is refused, as the policy says' : 'calls are not written down';
  return { name, status: 'broken', text: `${shown} cannot be written: ${why}; ${then}` };
}

/** Nothing is made to find out: what is there must be writable, or the folder that it would be made in. */
function whyNotWritable(file: string): string | undefined {
  let there = file;
  while (!existsSync(there) && path.dirname(there) !== there) there = path.dirname(there);
  try {
    accessSync(there, constants.W_OK);
    return there === file || statSync(there).isDirectory() ? undefined : `${visible(there)} is not a folder`;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}
