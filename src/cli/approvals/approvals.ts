import { currentInboxes } from '../../approvals/inbox/all-inboxes.js';
import type { InboxState, WaitingCall } from '../../approvals/inbox/inbox-state.js';
import { EXIT, UserError } from '../../platform/user-error.js';
import { userFolders } from '../../platform/user-folders.js';
import { safeJson } from '../terminal/json-text.js';
import { printNote } from '../terminal/output.js';
import { bold } from '../terminal/paint.js';
import { findRemembered, findWaiting } from './approval-ids.js';
import { listedArguments, terminalArguments } from './terminal-arguments.js';
import { byRisk, callName, decidedText, rememberedText, waitingText } from './waiting-text.js';

const MOST_DECIDED = 10;

type Fetch = (inbox: InboxState, call: WaitingCall) => Promise<string | undefined>;

/** Lists the calls that wait for a person, what is remembered, and what was decided. */
export async function approvals({ json = false }: { json?: boolean }): Promise<number> {
  const { states, silent, inboxes } = await currentInboxes(userFolders().state);
  const fetch: Fetch = async ({ inbox }, { id, argumentsText }) =>
    argumentsText ?? inboxes.argumentsOf(inbox, id);
  const written = json ? safeJson(await report(states, silent, fetch), 2) : text(states);
  process.stdout.write(`${written}\n`);
  if (silent > 0) printNote(silenceText(silent));
  return EXIT.fine;
}

/** Shows one call that waits, complete but for its secrets. */
export async function show(word: string, { secrets = false }: { secrets?: boolean } = {}): Promise<number> {
  const { states, silent, inboxes } = await currentInboxes(userFolders().state);
  const { inbox, item } = findWaiting(states, word, silent);
  const argumentsText = item.argumentsText ?? (await inboxes.argumentsOf(inbox.inbox, item.id));
  const how = { all: '', secrets: `see them with: policy-wrap approvals show ${item.id} --secrets` };
  const { text: shown } = terminalArguments(argumentsText, { all: true, secrets, how });
  process.stdout.write(`${waitingText(item, shown)}\n`);
  return EXIT.fine;
}

/** Forgets that an approval applies to later calls. */
export async function revokeApproval(word: string): Promise<number> {
  const { states, inboxes } = await currentInboxes(userFolders().state);
  const { inbox, item } = findRemembered(states, word);
  if (!(await inboxes.revoke(inbox.inbox, item.id)))
    throw new UserError('that approval has expired or was revoked', 'see all with: policy-wrap approvals');
  process.stdout.write(`revoked: later calls of ${callName(item)} are asked about again\n`);
  return EXIT.fine;
}

/** That there is more than can be seen. */
function silenceText(silent: number): string {
  const whose =
    silent === 1 ? 'another policy-wrap process does' : `${silent} other policy-wrap processes do`;
  return `${whose} not answer, so calls that wait there are not shown`;
}

async function report(states: readonly InboxState[], silent: number, fetch: Fetch) {
  const waiting = states.flatMap((inbox) =>
    inbox.waiting.map(async (call) => ({
      inbox: inbox.inbox,
      pid: inbox.pid,
      ...call,
      argumentsText: await fetch(inbox, call),
    })),
  );
  const remembered = states.flatMap(({ inbox, pid, remembered }) =>
    remembered.map((each) => ({ inbox, pid, ...each })),
  );
  const decided = states.flatMap(({ inbox, pid, decided }) =>
    decided.map((each) => ({ inbox, pid, ...each })),
  );
  return { waiting: await Promise.all(waiting), remembered, decided, silent };
}

function text(states: readonly InboxState[]): string {
  const waiting = states.flatMap((inbox) => inbox.waiting).sort(byRisk);
  const count =
    waiting.length === 1 ? '1 call waits' : `${waiting.length === 0 ? 'No' : waiting.length} calls wait`;
  const blocks = [bold(`${count} for a person.`), ...waiting.map(listed)];
  if (waiting.length > 0)
    blocks.push('Decide with: policy-wrap approve <id>, or: policy-wrap deny <id> --reason <text>');
  const remembered = states.flatMap((state) => state.remembered).map(rememberedText);
  if (remembered.length > 0) blocks.push([bold('Remembered approvals:'), ...remembered].join('\n'));
  const decided = states
    .flatMap((state) => state.decided)
    .sort((one, other) => other.at - one.at)
    .slice(0, MOST_DECIDED);
  if (decided.length > 0)
    blocks.push([bold('Latest decisions:'), ...decided.map((each) => decidedText(each))].join('\n'));
  return blocks.join('\n\n');
}

function listed(call: WaitingCall): string {
  const command = `see them with: policy-wrap approvals show ${call.id}`;
  return waitingText(call, listedArguments(call, { all: command, secrets: `${command} --secrets` }));
}
