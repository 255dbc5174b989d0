import type { AuditedCall } from '../../audit/entries/audited-call.js';
import type { Trail } from '../../audit/trail.js';
import type { LivePolicy } from '../../config/live-policy.js';
import type { Charge } from '../../core/limits/limit.js';
import type { Approval } from '../../core/policy/decide/approval.js';
import {
  type Answers,
  overLimit,
  type Refusal,
  type Ruling,
  settle,
} from '../../core/policy/decide/settle.js';
import { errorReply, REFUSED, refusalReply } from '../../core/replies/refusal.js';
import type { LimitStore } from '../../limits/store.js';
import { CallPlace } from '../peers/call-place.js';
import type { RunningTasks } from '../peers/running-tasks.js';
import type { ToolLists } from '../peers/tool-lists.js';
import type { AskApproval } from './ask-approval.js';
import type { CallRequest } from './call-request.js';
import { withArguments } from './changed-call.js';
import { type ExchangeState, nextState } from './exchange-state.js';
import { type KnownRulings, rulingOf } from './fast/known-rulings.js';
import { type ForwardDeps, forwardCall } from './forward-call.js';
import { goingOn, type Rounds } from './rounds.js';

/** What a call needs on its way. */
export interface ExchangeDeps extends ForwardDeps {
  server: string;
  livePolicy: LivePolicy;
  store: LimitStore;
  askApproval: AskApproval;
  rounds: Rounds;
  rulings: KnownRulings;
  toolLists: ToolLists;
  trail: Trail;
  runningTasks: RunningTasks;
}

const NOT_JUDGED = 'Policy violation: policy-wrap could not judge this call.';

/**
 * One call from the client's line to the server's answer or our refusal, exactly one of the two. It ends at once
 * unless a person or a store has to answer first.
 */
export class Exchange implements AuditedCall {
  readonly startedAt = performance.now();
  #state: ExchangeState = { at: 'judging' };
  /** Gives an approval back that was given before the call came, where something else keeps it from going. */
  #giveBack: (() => void) | undefined;
  /** Gives back what limits have taken, where the call does not go after all. */
  #undo: (() => void) | undefined;
  ruling: Ruling | undefined;
  approval: Approval | undefined;
  #standing: string | undefined;
  over: readonly Charge[] = [];
  taskId: string | undefined;

  constructor(
    public request: CallRequest,
    private readonly deps: ExchangeDeps,
  ) {
    this.approval = request.answered ?? deps.askApproval.saidBefore(request);
    if (request.answered?.approved) this.#giveBack = deps.askApproval.keeper(request, request.answered);
  }

  /** Judges and goes as far as possible. A promise when somebody has to answer first. Never throws: a failure refuses. */
  start(): Promise<void> | undefined {
    try {
      const ruling = this.#judge();
      const going = this.approval ? this.#answered(ruling, this.approval) : this.#proceed(ruling);
      return going?.catch((error: unknown) => this.#fail(error));
    } catch (error) {
      this.#fail(error);
      return undefined;
    }
  }

  /** The client no longer waits, or the server is gone: the call is never forwarded and we do not answer it. */
  withdraw(): void {
    const state = this.#state;
    if (state.at !== 'waiting' && state.at !== 'asking') return;
    this.#enter({ at: 'withdrawn' });
    if (state.at === 'asking') state.question.abort();
  }

  /** The policy has changed: a call that it refuses no longer waits for a person. */
  reconsider(): void {
    const state = this.#state;
    if (state.at !== 'asking') return;
    try {
      const outcome = settle(this.#judge());
      if (outcome.next !== 'refuse') return;
      this.#refuse(outcome.refusal);
    } catch (error) {
      this.#fail(error);
    }
    state.question.abort();
  }

  #enter(state: ExchangeState): void {
    this.#state = nextState(this.#state, state);
  }

  /** Whether the call still needs what the world has just answered. One that was withdrawn meanwhile ends here. */
  #isOpen(): boolean {
    if (this.#state.at !== 'withdrawn') return this.#state.at !== 'ended';
    this.#enter({ at: 'ended' });
    this.#giveBack?.();
    this.deps.trail.ended(this, 'withdrawn');
    return false;
  }

  #judge(): Ruling {
    const { request, deps } = this;
    const { policy } = deps.livePolicy;
    const lists = deps.toolLists.version;
    const ruling =
      request.kind === 'tool' ? deps.rulings.of(request, { policy, lists }) : rulingOf(policy, request);
    this.ruling = request.round === undefined ? ruling : goingOn(ruling);
    return this.ruling;
  }

  #proceed(ruling: Ruling, answers: Answers = {}): Promise<void> | undefined {
    const outcome = settle(ruling, answers);
    switch (outcome.next) {
      case 'refuse':
        this.#refuse(outcome.refusal);
        return undefined;
      case 'ask':
        return this.#needsPerson(ruling);
      case 'take':
        return this.#take(ruling, answers);
      case 'forward':
        this.over = outcome.over;
        this.#undo = outcome.undo;
        this.#forward(ruling, outcome.release);
        return undefined;
    }
  }

  #take(ruling: Ruling, answers: Answers): Promise<void> | undefined {
    const taken = this.deps.store.take(ruling.charges);
    if (!(taken instanceof Promise)) return this.#proceed(ruling, { ...answers, taken });
    this.#enter({ at: 'waiting' });
    return taken.then((late) => {
      if (!this.#isOpen()) return late.ok ? late.undo() : undefined;
      this.#enter({ at: 'judging' });
      return this.#proceed(ruling, { ...answers, taken: late });
    });
  }

  /** What a person has said before counts; else one is asked. */
  #needsPerson(ruling: Ruling): Promise<void> | undefined {
    const known = this.deps.askApproval.known(this.request);
    if (known === undefined) return this.#ask(ruling);
    this.#giveBack = known.giveBack;
    return this.#answered(ruling, known.approval);
  }

  /** Limits are looked at before a person is bothered, and the call is judged again when the policy has changed meanwhile. */
  async #ask(ruling: Ruling): Promise<void> {
    const { livePolicy, store, askApproval } = this.deps;
    const { policy } = livePolicy;
    this.#enter({ at: 'waiting' });
    const room = await store.peek(ruling.charges);
    if (!this.#isOpen()) return;
    if (!room.ok) return this.#refuse(overLimit(room));
    const question = new AbortController();
    this.#enter({ at: 'asking', question });
    const approval = await askApproval.ask(this.request, ruling, question.signal);
    // The policy has refused the call while a person was asked: what became of the question is not its answer.
    if (this.#state.at === 'ended') return;
    this.approval = approval;
    await livePolicy.refresh();
    if (!this.#isOpen()) return;
    if (approval.approved) this.#giveBack = askApproval.keeper(this.request, approval);
    this.#enter({ at: 'judging' });
    return this.#answered(livePolicy.policy === policy ? ruling : this.#judge(), approval);
  }

  #answered(ruling: Ruling, approval: Approval): Promise<void> | undefined {
    this.approval = approval;
    if (approval.approved) this.#standing = this.deps.askApproval.standing(this.request);
    if (approval.form && ruling.action === 'require_approval') {
      this.#enter({ at: 'ended' });
      const { idText } = this.request.asked;
      this.deps.replies.answer(idText, this.deps.askApproval.asAnswer(this.request, approval.form));
      this.deps.trail.ended(this, 'input_required');
      return undefined;
    }
    // The policy has changed meanwhile, and nobody has said no.
    const undecided = approval.how !== 'declined' && !approval.approved;
    if (undecided && ruling.action === 'allow') {
      this.approval = undefined;
      return this.#proceed(ruling);
    }
    const { approved, argumentsText } = approval;
    if (!approved || argumentsText === undefined) return this.#proceed(ruling, { approval });
    const changed = withArguments(this.request, argumentsText);
    if (changed === undefined) throw new Error('the changed arguments cannot be sent');
    this.request = changed;
    return this.#proceed(this.#judge(), { approval });
  }

  #forward({ timeout, charges }: Ruling, release: () => void): void {
    if (!this.deps.trail.admit(this)) {
      this.#dropped();
      return this.#refuse({
        action: 'deny',
        rule: undefined,
        reason: 'The audit log cannot be written, and the policy requires it.',
      });
    }
    const place = new CallPlace(charges, this.request.asked.task, release, this.deps);
    const terms = { timeout, approval: this.approval, standing: this.#standing, place };
    const send = forwardCall(this.request, terms, this.deps, (ending, task) => {
      this.#enter({ at: 'ended' });
      this.taskId = task?.id;
      this.deps.trail.ended(this, ending);
    });
    this.#enter({ at: 'forwarded' });
    send();
  }

  /** The call does not go: what limits have taken and what a person has approved are there for another. */
  #dropped(): void {
    this.#undo?.();
    this.#giveBack?.();
  }

  #refuse(refusal: Refusal): void {
    this.#enter({ at: 'ended' });
    if (refusal.action === 'limited') this.#giveBack?.();
    const { asked } = this.request;
    this.deps.replies.answer(asked.idText, refusalReply(asked, refusal));
    this.deps.trail.refused(this, refusal);
  }

  /** Whatever fails once the call was forwarded or refused (the log, say) must not answer it again. */
  #fail(error: unknown): void {
    const { at } = this.#state;
    if (at !== 'forwarded' && at !== 'ended') {
      this.#enter({ at: 'ended' });
      const { idText } = this.request.asked;
      if (at !== 'withdrawn') this.deps.replies.answer(idText, errorReply(idText, REFUSED, NOT_JUDGED));
      this.#dropped();
    }
    this.deps.trail.failed(this, error);
  }
}
