import type { Trail } from '../../audit/trail.js';
import type { LivePolicy } from '../../config/live-policy.js';
import type { Charge, Taken } from '../../core/limits/limit.js';
import type { Approval } from '../../core/policy/decide/approval.js';
import { decide } from '../../core/policy/decide/decide.js';
import {
  type Answers,
  combine,
  overLimit,
  type Refusal,
  type Ruling,
  settle,
} from '../../core/policy/decide/settle.js';
import { errorReply, REFUSED, refusalReply, timeoutReply } from '../../core/replies/refusal.js';
import type { LimitStore } from '../../limits/store.js';
import { after } from '../../platform/timers.js';
import type { LineWriter } from '../streams/line-writer.js';
import type { ReplyWriter } from '../streams/reply-writer.js';
import type { AskApproval } from './ask-approval.js';
import type { CallRequest } from './call-request.js';
import { changeNotice, withArguments } from './changed-call.js';
import type { Ending, PendingRequest, PendingRequests } from './pending-requests.js';
import type { Rounds } from './rounds.js';

/** What a call meets on its deps. */
export interface ExchangeDeps {
  server: string;
  livePolicy: LivePolicy;
  store: LimitStore;
  asking: AskApproval;
  pending: PendingRequests;
  toServer: LineWriter;
  replies: ReplyWriter;
  rounds: Rounds;
  trail: Trail;
}

/**
 * One call from the client's line to the server's answer or our refusal, exactly one of the two. It ends at once
 * unless a person or a store has to answer first.
 */
export class Exchange {
  readonly startedAt = performance.now();
  #withdrawn = false;
  /** The call was forwarded or refused: whatever fails afterwards (the log, say) must not answer it again. */
  #ended = false;
  /** Made only for calls that wait for a person: every other call ends before it could be used. */
  #waiting: AbortController | undefined;
  /** Gives an approval back that was given before the call came, where something else keeps it from going. */
  #giveBack: (() => void) | undefined;
  ruling: Ruling | undefined;
  approval: Approval | undefined;
  /** Limits of observing layers that had no room. */
  over: readonly Charge[] = [];
  /** The task that the server has made of the call. */
  taskId: string | undefined;

  constructor(
    public request: CallRequest,
    private readonly deps: ExchangeDeps,
  ) {
    const { answered, round } = request;
    const earlier = round?.approval && round.policy === deps.livePolicy.digest ? round.approval : undefined;
    this.approval = answered ?? earlier;
    if (answered?.approved) this.#giveBack = deps.asking.keeper(request, answered);
  }

  /** Judges and goes as far as possible. A promise when somebody has to answer first. Never throws: a failure refuses. */
  start(): Promise<void> | undefined {
    try {
      const going = this.approval
        ? this.#answered(this.#judge(), this.approval)
        : this.#proceed(this.#judge());
      return going?.catch((error: unknown) => this.#fail(error));
    } catch (error) {
      this.#fail(error);
      return undefined;
    }
  }

  /** The client no longer waits, or the server is gone: the call is never forwarded and we do not answer it. */
  withdraw(): void {
    this.#withdrawn = true;
    this.#waiting?.abort();
  }

  #judge(): Ruling {
    const { call, parts, round } = this.request;
    const { policy } = this.deps.livePolicy;
    const { verdicts } = decide(policy, call);
    const others = parts.flatMap((part) => decide(policy, part).verdicts);
    const ruling = combine({ verdicts: others.length > 0 ? [...verdicts, ...others] : verdicts, trace: [] });
    this.ruling = round === undefined ? ruling : goingOn(ruling);
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
        this.#forward(ruling, outcome.release);
        return undefined;
    }
  }

  #take(ruling: Ruling, answers: Answers): Promise<void> | undefined {
    const goOn = (taken: Taken): Promise<void> | undefined => {
      if (!this.#withdrawn) return this.#proceed(ruling, { ...answers, taken });
      if (taken.ok) taken.release();
      this.#giveBack?.();
      this.deps.trail.ended(this, 'withdrawn');
      return undefined;
    };
    const taken = this.deps.store.take(ruling.charges);
    return taken instanceof Promise ? taken.then(goOn) : goOn(taken);
  }

  /** What a person has said before counts; else one is asked. */
  #needsPerson(ruling: Ruling): Promise<void> | undefined {
    const known = this.deps.asking.known(this.request);
    if (known === undefined) return this.#ask(ruling);
    this.#giveBack = known.giveBack;
    return this.#answered(ruling, known.approval);
  }

  /** Limits are looked at before a person is bothered, and the call is judged anew when the policy has changed meanwhile. */
  async #ask(ruling: Ruling): Promise<void> {
    const { policy } = this.deps.livePolicy;
    const room = await this.deps.store.peek(ruling.charges);
    if (this.#withdrawn) return this.deps.trail.ended(this, 'withdrawn');
    if (!room.ok) return this.#refuse(overLimit(room));
    this.#waiting = new AbortController();
    const approval = await this.deps.asking.ask(this.request, ruling, this.#waiting.signal);
    if (this.#ended) return;
    this.approval = approval;
    await this.deps.livePolicy.refresh();
    if (this.#withdrawn) return this.deps.trail.ended(this, 'withdrawn');
    if (this.#ended) return;
    if (approval.approved) this.#giveBack = this.deps.asking.keeper(this.request, approval);
    return this.#answered(this.deps.livePolicy.policy === policy ? ruling : this.#judge(), approval);
  }

  /** The policy has changed: a call that it refuses no longer waits for a person. */
  reconsider(): void {
    if (this.#waiting === undefined || this.#ended || this.#withdrawn) return;
    const outcome = settle(this.#judge());
    if (outcome.next !== 'refuse') return;
    this.#refuse(outcome.refusal);
    this.#waiting.abort();
  }

  #answered(ruling: Ruling, approval: Approval): Promise<void> | undefined {
    this.approval = approval;
    if (approval.form && ruling.action === 'require_approval') {
      this.#ended = true;
      const { idText } = this.request.asked;
      this.deps.replies.answer(idText, this.deps.asking.asAnswer(this.request, approval.form));
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

  #forward(ruling: Ruling, release: () => void): void {
    const { id, asked, method, line } = this.request;
    if (!this.deps.trail.admit(this)) {
      release();
      this.#giveBack?.();
      return this.#refuse({
        action: 'deny',
        rule: undefined,
        reason: 'The audit log cannot be written, and the policy requires it.',
      });
    }
    const timer =
      ruling.timeout === undefined
        ? undefined
        : after(ruling.timeout, () => this.#timeOut(ruling.timeout ?? 0));
    const finish = (ending: Ending) => {
      clearTimeout(timer);
      release();
      this.taskId = pending.taskId;
      this.deps.trail.ended(this, ending);
    };
    this.#ended = true;
    const { digest, round, call } = this.request;
    const { calls } = call.bindings.session;
    const policy = this.approval && this.deps.livePolicy.digest;
    const goesOn = { digest, number: round?.number ?? 0, approval: this.approval, policy, calls };
    const judged = { asked, goesOn, told: changeNotice(this.request) };
    const pending: PendingRequest = { idText: asked.idText, method, finish, judged };
    this.deps.pending.add(id, pending);
    this.deps.toServer.write(line);
  }

  /** The server has taken too long: it is told to stop, and we answer in its place. */
  #timeOut(milliseconds: number): void {
    const { id, asked } = this.request;
    if (!this.deps.pending.has(id)) return;
    this.deps.pending.close(id, 'timed_out');
    const params = `{"requestId":${asked.idText},"reason":"policy-wrap: no answer within ${milliseconds / 1_000} s"}`;
    this.deps.toServer.writeLine(`{"jsonrpc":"2.0","method":"notifications/cancelled","params":${params}}`);
    this.deps.replies.answer(asked.idText, timeoutReply(asked, milliseconds));
  }

  #refuse(refusal: Refusal): void {
    this.#ended = true;
    if (refusal.action === 'limited') this.#giveBack?.();
    const { asked } = this.request;
    this.deps.replies.answer(asked.idText, refusalReply(asked, refusal));
    this.deps.trail.refused(this, refusal);
  }

  #fail(error: unknown): void {
    const text = 'Policy violation: policy-wrap could not judge this call.';
    const { idText } = this.request.asked;
    if (!this.#withdrawn && !this.#ended) this.deps.replies.answer(idText, errorReply(idText, REFUSED, text));
    this.deps.trail.failed(this, error);
  }
}

/** Of a call that was counted when it came first, only its place among the running ones is taken again. */
function goingOn(ruling: Ruling): Ruling {
  return { ...ruling, charges: ruling.charges.filter(({ limit }) => limit.kind === 'concurrency') };
}
