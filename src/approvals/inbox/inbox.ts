import { randomUUID } from 'node:crypto';
import { exactText } from '../../core/json/exact-spelling.js';
import type { Approval, Remember } from '../../core/policy/decide/approval.js';
import { onOneLine } from '../../core/replies/replace-arguments.js';
import { toMilliseconds } from '../../core/text/duration.js';
import type { ApprovalRequest } from '../queue/approver.js';
import type { Grants } from '../queue/grants.js';
import type { DecidedCall, InboxAnswer, InboxDecision, InboxState, WaitingCall } from './inbox-state.js';
import { LONGEST_SHOWN_NAME, waitingCall } from './waiting-call.js';

/** As long as a reason may be. Characters. */
const LONGEST_REASON = 2_000;
/** Beyond this nothing more is put in the inbox: whoever reads it takes no more than twice as much. Characters. */
const MOST_WAITING = 16 * 1024 * 1024;
const MOST_DECIDED = 50;
/** What a person chooses to remember lasts no longer than this. Milliseconds. */
const LONGEST_MEMORY = 366 * 86_400_000;

const GONE: InboxAnswer = { ok: false, why: 'gone', message: 'the call is no longer waiting' };

interface Item {
  request: ApprovalRequest;
  shown: WaitingCall;
  /** What it takes when it is written down. Characters. */
  size: number;
  answer(approval: Approval): void;
}

/**
 * What waits in this process for people who come to see: the page and the terminal. Holds nothing but memory; who may
 * come near it is decided by whoever serves it.
 */
export class Inbox {
  readonly #id = randomUUID();
  readonly #waiting = new Map<string, Item>();
  readonly #decided: DecidedCall[] = [];
  readonly #listeners = new Set<() => void>();
  /** Of all that waits. */
  #size = 0;

  constructor(
    private readonly server: string,
    private readonly grants: Grants,
  ) {
    grants.onChange(() => this.#changed());
  }

  /** Puts a question in the inbox. It is taken back when the signal is aborted. */
  put(request: ApprovalRequest, signal: AbortSignal): Promise<Approval> {
    const via = request.via.filter((channel) => channel === 'page' || channel === 'terminal');
    const unanswered: Approval = { approved: false, via: via[0] ?? 'none', how: 'unanswered' };
    return new Promise((resolve) => {
      if (signal.aborted) return resolve(unanswered);
      const { shown, size } = waitingCall(request, via, this.#size);
      if (this.#size + size > MOST_WAITING) {
        const reason = 'Too many calls are already waiting for approval.';
        return resolve({ ...unanswered, how: 'unavailable', reason });
      }
      const end = (approval: Approval) => {
        signal.removeEventListener('abort', withdraw);
        this.#remove(request.id);
        resolve(approval);
        this.#changed();
      };
      const withdraw = () => end(unanswered);
      signal.addEventListener('abort', withdraw, { once: true });
      this.#remove(request.id);
      this.#waiting.set(request.id, { request, shown, size, answer: end });
      this.#size += size;
      this.#changed();
    });
  }

  /** Answers a question, once: of two people the first one counts. */
  decide(id: string, decision: InboxDecision): InboxAnswer {
    const item = this.#waiting.get(id);
    if (item === undefined) return GONE;
    const { request, shown } = item;
    if (!shown.via.includes(decision.via))
      return refused(`the policy does not let the ${decision.via} decide this call`);
    const remember = decision.decision === 'approve' ? rememberOf(decision) : undefined;
    if (remember === 'unreadable')
      return refused(`'${decision.remember}' is not a duration: write session, or a time such as 30m or 2h`);
    if (remember && !shown.mayRemember) return refused('the policy does not let this approval be remembered');
    const flaw = editFlaw(request, decision);
    if (flaw !== undefined) return refused(flaw);
    const argumentsText = changedArguments(request, decision);
    if (remember && argumentsText !== undefined)
      return refused('an approval with changed arguments applies to this call only');
    const approved = decision.decision === 'approve';
    item.answer({
      approved,
      how: approved ? 'approved' : 'declined',
      via: decision.via,
      by: decision.by,
      reason: decision.reason?.slice(0, LONGEST_REASON) || undefined,
      afterMs: Date.now() - request.askedAt,
      remember,
      argumentsText: approved ? argumentsText : undefined,
    });
    return { ok: true };
  }

  /** Whether a question is in the inbox. */
  holds(id: string): boolean {
    return this.#waiting.has(id);
  }

  /** The whole arguments of a call that waits. */
  argumentsOf(id: string): string | undefined {
    return this.#waiting.get(id)?.request.argumentsText;
  }

  /** Forgets that an approval applies to later calls. */
  revoke(id: string): boolean {
    return this.grants.revoke(id);
  }

  /** Notes what became of a question, through whichever channel. */
  decided(
    request: Pick<ApprovalRequest, 'id' | 'server' | 'name'>,
    approval: Approval,
    how: DecidedCall['how'],
  ): void {
    const { via, by, reason, argumentsText } = approval;
    const { id, server, name } = request;
    this.#decided.unshift({
      id,
      server,
      name: name.slice(0, LONGEST_SHOWN_NAME),
      how,
      via,
      by: by?.slice(0, LONGEST_SHOWN_NAME),
      reason: reason?.slice(0, LONGEST_REASON),
      at: Date.now(),
      edited: argumentsText !== undefined,
    });
    if (this.#decided.length > MOST_DECIDED) this.#decided.pop();
    this.#changed();
  }

  state(): InboxState {
    return {
      inbox: this.#id,
      server: this.server,
      pid: process.pid,
      waiting: [...this.#waiting.values()].map(({ shown }) => shown),
      decided: [...this.#decided],
      remembered: this.grants.remembered(),
    };
  }

  /** Calls back after each change, until what is returned is called. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #remove(id: string): void {
    this.#size -= this.#waiting.get(id)?.size ?? 0;
    this.#waiting.delete(id);
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

function refused(message: string): InboxAnswer {
  return { ok: false, why: 'refused', message };
}

function rememberOf({ remember, scope = 'call' }: InboxDecision): Remember | undefined | 'unreadable' {
  if (remember === undefined || remember === '') return undefined;
  if (remember === 'session') return { scope, for: 'session' };
  const time = toMilliseconds(remember);
  return time === undefined || time <= 0 ? 'unreadable' : { scope, for: Math.min(time, LONGEST_MEMORY) };
}

function editFlaw(request: ApprovalRequest, decision: InboxDecision): string | undefined {
  if (decision.decision !== 'approve' || decision.argumentsText === undefined) return undefined;
  if (request.checkArguments === undefined)
    return `the arguments cannot be changed: ${request.uneditable ?? 'the policy does not say `edit: true`'}`;
  return request.checkArguments(decision.argumentsText);
}

/** What a person has sent along without changing it, or only its layout, is not a change. */
function changedArguments(request: ApprovalRequest, { argumentsText }: InboxDecision): string | undefined {
  const written = argumentsText === undefined ? undefined : onOneLine(argumentsText);
  const same = written !== undefined && exactText(written) === exactText(request.argumentsText);
  return same ? undefined : argumentsText;
}
