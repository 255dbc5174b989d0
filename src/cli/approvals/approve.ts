import { currentInboxes } from '../../approvals/inbox/all-inboxes.js';
import type { InboxDecision, Inboxes, InboxState, WaitingCall } from '../../approvals/inbox/inbox-state.js';
import { onOneLine } from '../../core/replies/replace-arguments.js';
import { toMilliseconds } from '../../core/text/duration.js';
import { visible } from '../../core/text/visible.js';
import { EXIT, UserError } from '../../platform/user-error.js';
import { userFolders } from '../../platform/user-folders.js';
import { userName } from '../../platform/user-name.js';
import { paintAction } from '../terminal/paint.js';
import { findWaiting } from './approval-ids.js';
import { listedArguments } from './terminal-arguments.js';
import { callName } from './waiting-text.js';

export interface ApproveOptions {
  remember?: string;
  tool?: boolean;
  /** JSON text. */
  arguments?: string;
}

/** As long as `--tool` alone lasts. */
export const TOOL_TIME = '30m';

const ONLY_WHILE = 'they are shown only while the call waits';

/** What a person says of a call. */
export type AnswerWord = Omit<InboxDecision, 'via' | 'by'>;

/** Approves a call that waits, for this once or for later calls too. */
export function approve(
  id: string,
  { remember, tool = false, arguments: argumentsText }: ApproveOptions,
): Promise<number> {
  requireTime(remember);
  requireObject(argumentsText);
  const time = remember ?? (tool ? TOOL_TIME : undefined);
  const scope = tool ? 'tool' : 'call';
  const changed = argumentsText === undefined ? {} : { argumentsText };
  return decide(id, {
    decision: 'approve',
    ...changed,
    ...(time === undefined ? {} : { remember: time, scope }),
  });
}

function requireTime(remember: string | undefined): void {
  if (remember === undefined || remember === 'session' || toMilliseconds(remember)) return;
  throw new UserError(
    `'${visible(remember)}' is not a duration`,
    'write session, or a time such as 30m or 2h',
  );
}

function requireObject(argumentsText: string | undefined): void {
  if (argumentsText === undefined || onOneLine(argumentsText) !== undefined) return;
  throw new UserError(
    'the arguments are not a JSON object',
    `write them as in '{"name": "value"}', in single quotes`,
  );
}

/** Denies a call that waits. The agent is told the reason. */
export function deny(id: string, { reason }: { reason?: string }): Promise<number> {
  return decide(id, { decision: 'deny', ...(reason === undefined ? {} : { reason }) });
}

async function decide(id: string, word: AnswerWord): Promise<number> {
  const { states, silent, inboxes } = await currentInboxes(userFolders().state);
  const { inbox, item } = findWaiting(states, id, silent);
  const shown =
    word.argumentsText === undefined
      ? listedArguments(item, { all: ONLY_WHILE, secrets: ONLY_WHILE })
      : ` ${visible(word.argumentsText)} (changed)`;
  await sendAnswer(inboxes, inbox, item, word);
  process.stdout.write(`${answerText(item, word)}\n  arguments:${shown}\n`);
  return EXIT.fine;
}

/** Sends a decision to the inbox. Throws when it is not taken. */
export async function sendAnswer(
  inboxes: Pick<Inboxes, 'decide'>,
  { inbox }: InboxState,
  { id }: WaitingCall,
  word: AnswerWord,
): Promise<void> {
  const answer = await inboxes.decide(inbox, id, { ...word, via: 'terminal', by: userName() });
  if (answer.ok) return;
  if (answer.why === 'refused')
    throw new UserError(
      visible(answer.message),
      `look at the call with: policy-wrap approvals show ${id}`,
      EXIT.no,
    );
  throw new UserError(visible(answer.message), 'see what waits with: policy-wrap approvals');
}

/** The agent has been told by now that the call waits: nothing runs until it comes again. */
const TO_REPEAT = '; it has not run yet, so tell your agent to repeat it';

/**
 * What has been decided, in one line.
 * @param now milliseconds since 1970
 */
export function answerText(
  call: WaitingCall,
  { decision, remember, scope, reason }: AnswerWord,
  now = Date.now(),
): string {
  const name = `${callName(call)} (${call.id})`;
  if (decision === 'deny')
    return `${paintAction('deny', 'denied')}: ${name}${reason ? `: ${visible(reason)}` : ''}`;
  const later = scope === 'tool' ? 'later calls of it with any arguments' : 'the same call later';
  const time = remember === 'session' ? 'as long as its policy-wrap runs' : `for ${remember}`;
  const isLate = call.heldUntil !== undefined && now > call.heldUntil;
  return `${paintAction('allow', 'approved')}: ${name}${remember ? `, and ${later}, ${time}` : ''}${isLate ? TO_REPEAT : ''}`;
}
