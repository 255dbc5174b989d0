import type { DecidedCall, InboxState, WaitingCall } from '../../approvals/inbox/inbox-state.js';
import type { RememberedCall } from '../../approvals/queue/remembered-call.js';
import { quote } from '../../core/text/quote.js';
import { UserError } from '../../platform/user-error.js';
import { callName, decidedText } from './waiting-text.js';

const SHORTEST = 3;
const SEE = 'see what waits with: policy-wrap approvals';

/** Something in the inbox of one running policy-wrap. */
export interface InInbox<Item> {
  inbox: InboxState;
  item: Item;
}

/**
 * The call that waits and whose id begins so. One that has just gone counts too: what begins like both may have been
 * typed for that one, and the person has not seen the other.
 */
export function findWaiting(states: readonly InboxState[], word: string, silent = 0): InInbox<WaitingCall> {
  const start = startOf(word);
  const waiting = onInboxes(states, ({ waiting }) => waiting, start);
  const gone = onInboxes(states, ({ decided }) => decided, start);
  const [found, ...more] = waiting;
  if (found !== undefined && more.length + gone.length === 0) return found;
  if (found !== undefined && found.item.id === start && more.length === 0) return found;
  if (found !== undefined) throw ambiguous(word, [...waiting, ...gone]);
  if (gone[0]) throw new UserError(`the call is no longer waiting: ${decidedText(gone[0].item)}`, SEE);
  const unseen =
    silent === 0 ? '' : '; another policy-wrap process does not answer, so its waiting calls are not listed';
  throw new UserError(`no call with the id ${quote(word)} waits${unseen}`, SEE);
}

/** The remembered approval whose id begins so. */
export function findRemembered(states: readonly InboxState[], word: string): InInbox<RememberedCall> {
  const [found, ...more] = onInboxes(states, ({ remembered }) => remembered, startOf(word));
  if (found === undefined)
    throw new UserError(
      `no approval with the id ${quote(word)} is remembered`,
      'see all with: policy-wrap approvals',
    );
  if (more.length > 0) throw ambiguous(word, [found, ...more]);
  return found;
}

function startOf(word: string): string {
  if (word.length < SHORTEST)
    throw new UserError(
      `${quote(word)} is too short to name a call`,
      `write at least ${SHORTEST} characters of the id`,
    );
  return word.toLowerCase();
}

function onInboxes<Item extends { id: string }>(
  states: readonly InboxState[],
  itemsOf: (inbox: InboxState) => readonly Item[],
  start: string,
): InInbox<Item>[] {
  return states.flatMap((inbox) =>
    itemsOf(inbox)
      .filter(({ id }) => id.toLowerCase().startsWith(start))
      .map((item) => ({ inbox, item })),
  );
}

function ambiguous(
  word: string,
  found: readonly InInbox<WaitingCall | DecidedCall | RememberedCall>[],
): UserError {
  const names = found.slice(0, 5).map(({ item }) => `${item.id} (${callName(item)})`);
  return new UserError(`${quote(word)} may be ${names.join(' or ')}`, 'write more of the id');
}
