import type { ApprovalSettings } from '../../core/policy/compile/approval-settings.js';
import type { Approval } from '../../core/policy/decide/approval.js';
import type { Channel } from '../../core/policy/document/document.js';
import { lapsingClock } from '../../platform/clocks.js';
import { afterLapse } from '../../platform/timers.js';
import type { ApprovalRequest, Approver } from './approver.js';
import { firstAnswer } from './first-answer.js';
import { type CallKey, type Grants, isSameCall } from './grants.js';
import { awaitAnswer, type OpenQuestion, WITHDRAWN, withdraw, withdrawnOr } from './open-question.js';
import { shortId } from './short-id.js';

/** A question as an exchange has it: which channels are asked is not its business. */
export type ApprovalQuestion = Omit<
  ApprovalRequest,
  'id' | 'askedAt' | 'endsAt' | 'heldUntil' | 'mayRemember' | 'via'
>;

/** What else is known when a question is put. */
export interface AskContext {
  /** A channel that has just proved to reach nobody. */
  unreached: Approval | undefined;
  /** How many calls wait for people elsewhere. */
  others: number;
}

/** What those who show people what waits are told. */
export interface QueueEvents {
  /** A question has ended, through whichever channel. */
  decided?(
    request: Pick<ApprovalRequest, 'id' | 'server' | 'name'>,
    approval: Approval,
    how: Exclude<Approval['how'], 'pending' | 'asked' | 'full'>,
  ): void;
  /** No question is asked any more. */
  closed?(): void;
}

/**
 * No client gives up sooner, and an agent that makes the same call twice on purpose does so at once. A client that gives up
 * says so, or should (MCP, "Cancellation"). Milliseconds.
 */
const GIVEN_UP = 3_000;

/** Puts calls to people: in which order, how long a call waits, and what becomes of an answer that comes later. */
export class ApprovalQueue {
  readonly #open = new Set<OpenQuestion>();
  #closed = false;

  constructor(
    private readonly approvers: readonly Approver[],
    private readonly grants: Grants,
    private readonly on: QueueEvents = {},
    /** By which questions end: it goes on while the machine sleeps, and cannot be set. */
    private readonly clock: () => number = lapsingClock(),
  ) {}

  /** How often a person has taken an approval back. */
  get revocations(): number {
    return this.grants.revocations;
  }

  /** What people have said before that applies to this call. `giveBack`: the call did not go for another reason. */
  known(key: CallKey): { approval: Approval; giveBack?: () => void } | undefined {
    const remembered = this.grants.recall(key);
    return remembered ? { approval: remembered } : this.grants.takeGrant(key);
  }

  /**
   * Asks until there is an answer, the call has been held for long enough (`pending`) or it is withdrawn. Never rejects.
   */
  async ask(
    key: CallKey,
    question: ApprovalQuestion,
    settings: ApprovalSettings,
    withdrawn: AbortSignal,
    { unreached, others }: AskContext,
  ): Promise<Approval> {
    if (withdrawn.aborted || this.#closed) return WITHDRAWN;
    const earlier = [...this.#open].find((open) => isFree(open) && isSameCall(open.key, key));
    if (earlier === undefined && this.#open.size + others >= settings.maxPending) return full(settings);
    const open = earlier ?? this.#begin(key, question, settings, unreached);
    return awaitAnswer(open, settings.hold, withdrawn);
  }

  /** An answer to a call that nobody waits for now applies to the next one that is the same. */
  keep(key: CallKey, approval: Approval, { grant }: ApprovalSettings): void {
    if (!this.#closed) this.grants.grant(key, approval, grant);
  }

  /** Notes an answer that came by another way than from `ask`. */
  answered(
    key: CallKey,
    request: Pick<ApprovalRequest, 'id' | 'server' | 'name' | 'argumentsText'>,
    approval: Approval,
    settings: ApprovalSettings,
  ): void {
    this.#remember(key, request, approval, settings);
    const { how } = approval;
    if (how !== 'pending' && how !== 'asked' && how !== 'full') this.on.decided?.(request, approval, how);
  }

  /** What nobody waits for was asked under another policy; the calls that wait have been judged again. */
  policyChanged(policy: string): void {
    for (const open of this.#open) {
      if (open.key.policy === policy) continue;
      if (open.awaited) Object.assign(open, { key: { ...open.key, policy }, underAnother: true });
      else withdraw(open);
    }
    this.grants.drop((key) => key.policy !== policy);
  }

  /** The client has been told of tools: what is asked or was approved of another definition no longer applies. */
  toolsListed(definitionOf: (name: string) => string | undefined): void {
    for (const open of this.#open) {
      const { kind, name, definition } = open.key;
      if (kind === 'tool' && definition !== undefined && definition !== definitionOf(name)) withdraw(open);
    }
    this.grants.drop(({ kind, name, definition }) => kind === 'tool' && definition !== definitionOf(name));
  }

  /** Takes every question back. */
  close(): void {
    this.#closed = true;
    for (const open of this.#open) withdraw(open);
    this.on.closed?.();
  }

  #begin(
    key: CallKey,
    question: ApprovalQuestion,
    settings: ApprovalSettings,
    unreached: Approval | undefined,
  ): OpenQuestion {
    const askedAt = Date.now();
    const request: ApprovalRequest = {
      ...question,
      id: shortId(),
      askedAt,
      endsAt: askedAt + settings.timeout,
      heldUntil: settings.hold === undefined ? undefined : askedAt + settings.hold,
      mayRemember: settings.remember !== false,
      open: settings.open,
      via: settings.via.filter((channel) => channel !== unreached?.via),
    };
    const controller = new AbortController();
    const end = this.clock() + settings.timeout;
    const stop = afterLapse(settings.timeout, this.clock, () => controller.abort());
    let settle: OpenQuestion['settle'] = () => {};
    const settled = new Promise<Approval>((resolve) => {
      settle = resolve;
    });
    const failures = unreached ? [unreached] : [];
    const asking = new Set<Channel>();
    const asked = firstAnswer(this.approvers, request, controller.signal, failures, asking);
    const inTime = (approval: Approval) => (this.clock() < end ? approval : tooLate(approval));
    const answer = Promise.race([settled, asked]).then(inTime).finally(stop);
    const state = { awaited: false, awaitedSince: 0, withdrawn: false, underAnother: false };
    const open: OpenQuestion = {
      key,
      request,
      controller,
      answer,
      settle,
      failures,
      asking,
      letGo: () => {},
      clock: this.clock,
      ...state,
    };
    this.#open.add(open);
    void answer.then((approval) => this.#settled(open, approval, settings));
    return open;
  }

  #settled(open: OpenQuestion, answer: Approval, settings: ApprovalSettings): void {
    this.#open.delete(open);
    const approval = withdrawnOr(open, answer);
    const { key, request, underAnother } = open;
    this.answered(key, request, approval, underAnother ? { ...settings, remember: false } : settings);
    const decided = approval.how === 'approved' || approval.how === 'declined';
    if (!open.awaited && decided && approval.from === undefined) this.keep(open.key, approval, settings);
  }

  #remember(
    key: CallKey,
    { argumentsText }: Pick<ApprovalRequest, 'argumentsText'>,
    approval: Approval,
    settings: ApprovalSettings,
  ): void {
    // What was changed is another call than the one that would be remembered.
    if (!approval.approved || approval.argumentsText !== undefined || approval.from) return;
    if (settings.remember === false) return;
    const everyTime =
      settings.remember === 'offered' ? undefined : { scope: 'call' as const, for: settings.remember };
    const remember = approval.remember ?? everyTime;
    if (remember === undefined) return;
    this.grants.remember(key, approval, remember, argumentsText);
    this.#settleRemembered();
  }

  /** What has just been remembered applies to the calls that wait, too. */
  #settleRemembered(): void {
    for (const open of this.#open) {
      const approval = this.grants.recall(open.key);
      if (approval === undefined) continue;
      open.settle(approval);
      open.controller.abort();
    }
  }
}

/** Whether the next call that is the same takes the question over: nobody waits, or a client that has given up in silence. */
function isFree({ awaited, awaitedSince }: OpenQuestion): boolean {
  return !awaited || performance.now() - awaitedSince >= GIVEN_UP;
}

/** After the machine has slept, an answer may come before the end of its question is noticed. */
function tooLate(approval: Approval): Approval {
  return approval.approved ? { approved: false, via: approval.via, how: 'unanswered' } : approval;
}

function full({ maxPending, via: channels }: ApprovalSettings): Approval {
  const reason = `${maxPending} calls are already waiting for approval.`;
  return { approved: false, via: 'none', how: 'full', reason, channels };
}
