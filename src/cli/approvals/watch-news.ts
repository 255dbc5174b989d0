import type { DecidedCall, Inboxes, InboxState, WaitingCall } from '../../approvals/inbox/inbox-state.js';
import { callName, decidedText } from './waiting-text.js';

/** A call that waits, and where. */
export interface Waiting {
  inbox: InboxState;
  call: WaitingCall;
}

/** A call that waits no longer, and what became of it, where that is known. */
export interface Gone extends Waiting {
  decided: DecidedCall | undefined;
}

/** Calls back with what has come and gone since it last did. */
export function onNews(inboxes: Inboxes, tell: (come: Waiting[], gone: Gone[]) => void): () => void {
  let known = new Map<string, Waiting>();
  return inboxes.onChange(() => {
    const states = inboxes.states();
    const now = new Map<string, Waiting>(
      states.flatMap((inbox) =>
        inbox.waiting.map((call) => [`${inbox.inbox} ${call.id}`, { inbox, call }] as const),
      ),
    );
    const come = [...now].filter(([name]) => !known.has(name)).map(([, each]) => each);
    const gone = [...known].filter(([name]) => !now.has(name)).map(([, each]) => goneOf(each, states));
    known = now;
    if (come.length + gone.length > 0) tell(come, gone);
  });
}

/** What became of a call, in one line. */
export function goneText({ call, decided }: Gone): string {
  return decided ? decidedText(decided) : `${call.id}  ${callName(call)}  is no longer waiting`;
}

function goneOf({ inbox, call }: Waiting, states: readonly InboxState[]): Gone {
  const latest = states.find((each) => each.inbox === inbox.inbox);
  return { inbox, call, decided: latest?.decided.find(({ id }) => id === call.id) };
}
