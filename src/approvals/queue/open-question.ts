import type { Approval } from '../../core/policy/decide/approval.js';
import type { Channel } from '../../core/policy/document/document.js';
import { afterLapse } from '../../platform/timers.js';
import type { ApprovalRequest } from './approver.js';
import { reasonsOf } from './first-answer.js';
import type { CallKey } from './grants.js';

/** A question that is open. */
export interface OpenQuestion {
  key: CallKey;
  request: ApprovalRequest;
  /** Whether a call waits for the answer. When none does, the answer applies to the next one that is the same. */
  awaited: boolean;
  /** The clock by which it ends. */
  clock(): number;
  /** Since when that call does, by the clock of `performance.now`. */
  awaitedSince: number;
  /** Lets that call go, with the answer that its approval is pending. */
  letGo(): void;
  /** Takes the question back. */
  controller: AbortController;
  withdrawn: boolean;
  /** Answers it in the place of whoever is asked. */
  settle(approval: Approval): void;
  /** It was asked under another policy: the answer applies to the call that waits, and to no other. */
  underAnother: boolean;
  /** The channels that have reached nobody so far. */
  failures: readonly Approval[];
  /** The channels that are being asked. */
  asking: ReadonlySet<Channel>;
  answer: Promise<Approval>;
}

export const WITHDRAWN: Approval = { approved: false, via: 'none', how: 'withdrawn' };

/**
 * Has a call wait for the answer: until there is one, it has been held for long enough (`pending`) or is withdrawn. A call that
 * waited for it before is let go: one answer lets one call go.
 * @param hold milliseconds; undefined: as long as the person may take
 */
export function awaitAnswer(
  open: OpenQuestion,
  hold: number | undefined,
  withdrawn: AbortSignal,
): Promise<Approval> {
  if (open.awaited) open.letGo();
  const since = performance.now();
  return new Promise((resolve) => {
    const end = (approval: Approval) => {
      stop();
      withdrawn.removeEventListener('abort', giveUp);
      resolve(approval);
    };
    const giveUp = () => {
      end({ ...WITHDRAWN, shownOn: [...open.asking] });
      withdraw(open);
    };
    const letGo = () => {
      open.awaited = false;
      end(pending(open, performance.now() - since));
    };
    const stop = hold === undefined ? () => {} : afterLapse(hold, open.clock, letGo);
    Object.assign(open, { awaited: true, awaitedSince: since, letGo });
    withdrawn.addEventListener('abort', giveUp, { once: true });
    void open.answer.then((answer) => end(withChannels(open, withdrawnOr(open, answer))));
  });
}

/** Takes a question back. */
export function withdraw(open: OpenQuestion): void {
  open.withdrawn = true;
  open.controller.abort();
}

/** What a question has ended with, where it may have been taken back. */
export function withdrawnOr({ withdrawn }: OpenQuestion, answer: Approval): Approval {
  return withdrawn && answer.how === 'unanswered' ? { ...answer, how: WITHDRAWN.how } : answer;
}

function pending({ request, failures, asking }: OpenQuestion, heldMs: number): Approval {
  const { via: channels } = request;
  const reason = reasonsOf(failures);
  const afterMs = Math.round(heldMs);
  return { approved: false, via: 'none', how: 'pending', afterMs, reason, channels, shownOn: [...asking] };
}

/** The agent is told how a person could have decided what nobody has. */
function withChannels({ request, failures }: OpenQuestion, answer: Approval): Approval {
  if (answer.how !== 'unanswered') return answer;
  return { ...answer, reason: answer.reason ?? reasonsOf(failures), channels: request.via };
}
