import type { DecidedCall, DeskState, Desks, WaitingCall } from '../../approvals/inbox/inbox-state.js';
import { callName, decidedText } from './waiting-text.js';

/** A call that waits, and where. */
export interface Waiting {
  desk: DeskState;
  call: WaitingCall;
}

/** A call that waits no longer, and what became of it, where that is known. */
export interface Gone extends Waiting {
  decided: DecidedCall | undefined;
}

/** Calls back with what has come and gone since it last did. */
export function onNews(desks: Desks, tell: (come: Waiting[], gone: Gone[]) => void): () => void {
  let known = new Map<string, Waiting>();
  return desks.onChange(() => {
    const states = desks.states();
    const now = new Map<string, Waiting>(
      states.flatMap((desk) =>
        desk.waiting.map((call) => [`${desk.desk} ${call.id}`, { desk, call }] as const),
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
  return decided ? decidedText(decided) : `${call.id}  ${callName(call)}  waits no longer`;
}

function goneOf({ desk, call }: Waiting, states: readonly DeskState[]): Gone {
  const latest = states.find((each) => each.desk === desk.desk);
  return { desk, call, decided: latest?.decided.find(({ id }) => id === call.id) };
}
