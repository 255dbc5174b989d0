import { approvalOf } from '../../approvals/client/approval-form.js';
import { RequestStates } from '../../approvals/client/request-state.js';
import type { ApprovalQuestion, ApprovalQueue } from '../../approvals/queue/approval-queue.js';
import type { CallKey } from '../../approvals/queue/grants.js';
import { shortId } from '../../approvals/queue/short-id.js';
import type { LivePolicy } from '../../config/live-policy.js';
import { isJson } from '../../core/json/scan.js';
import { type ApprovalSettings, approvalSettings } from '../../core/policy/compile/approval-settings.js';
import type { Approval, ApprovalForm } from '../../core/policy/decide/approval.js';
import type { Ruling } from '../../core/policy/decide/settle.js';
import { type Carried, inputRequiredReply, type RoundAnswer } from '../../core/replies/approval-round.js';
import type { ClientState } from '../peers/client-info.js';
import type { ToolLists } from '../peers/tool-lists.js';
import type { LineWriter } from '../streams/line-writer.js';
import type { CallRequest } from './call-request.js';
import { sendProgress } from './progress.js';
import type { RequestReading } from './read-call.js';
import type { Round } from './rounds.js';
import { shownArguments } from './shown-arguments.js';

/** What is needed to put a call of this session to people. */
export interface AskApprovalDeps {
  server: string;
  approvals: ApprovalQueue;
  livePolicy: LivePolicy;
  clientState: ClientState;
  toolLists: ToolLists;
  toClient: LineWriter;
}

/** What is kept of a request that was answered with a question (MCP 2026-07-28, patterns/mrtr). */
interface Asked {
  id: string;
  /** Milliseconds since 1970. */
  askedAt: number;
  mayRemember: boolean;
  /** What the request carried for the server. */
  carried: Carried;
  round: Round | undefined;
  /** How many calls of the session came before it. */
  calls: number;
}

/** What a person has said to such a question, and what the request carried that it answered. */
export interface RedeemedAnswer extends Pick<Asked, 'carried' | 'round' | 'calls'> {
  answered: Approval | undefined;
  /** How the client has proved to reach nobody. */
  unreached: Approval | undefined;
}

/** Puts the calls of a session to people. */
export class AskApproval {
  readonly #states = new RequestStates<Asked>();

  constructor(private readonly deps: AskApprovalDeps) {}

  /** What people have said before that applies to this call. */
  known(request: CallRequest): ReturnType<ApprovalQueue['known']> {
    return this.deps.approvals.known(this.#keyOf(request));
  }

  /**
   * What an approval of this call is given under. It counts for the rounds that go on from the call while that is the same:
   * another definition of the tool or another policy was not approved, and one that was taken back may be this one.
   */
  standing(request: RequestReading): string {
    const { livePolicy, approvals } = this.deps;
    return [livePolicy.digest, this.#definitionOf(request) ?? '', approvals.revocations].join(' ');
  }

  /** What a person has said in an earlier round of the call, where that still counts. */
  saidBefore(request: CallRequest): Approval | undefined {
    const { approval, standing } = request.round ?? {};
    return approval && standing === this.standing(request) ? approval : undefined;
  }

  /** Asks, and keeps the client informed while it waits. */
  async ask(request: CallRequest, ruling: Ruling, withdrawn: AbortSignal): Promise<Approval> {
    const { approvals, toClient } = this.deps;
    const { unreached } = request;
    const progressToken = request.progressToken();
    const stop =
      progressToken === undefined
        ? () => {}
        : sendProgress(progressToken, (line) => toClient.writeLine(line));
    try {
      const question = { ...this.#questionOf(request, ruling), ...(await this.#checkOf(request)) };
      const circumstances = { unreached, others: this.#states.waiting };
      return await approvals.ask(this.#keyOf(request), question, this.#settings(), withdrawn, circumstances);
    } finally {
      stop();
    }
  }

  /** Keeps an approval for the same call to come, where this one does not go: the person need not be asked twice. */
  keeper(request: CallRequest, approval: Approval): () => void {
    const key = this.#keyOf(request);
    return () => this.deps.approvals.keep(key, approval, this.#settings());
  }

  /** The question as the answer to the request; the retry brings what the person has said. */
  asAnswer(request: CallRequest, form: ApprovalForm): string {
    const { timeout, remember } = this.#settings();
    const { carried, round, calls } = request;
    const size = (carried.inputResponses?.length ?? 0) + (carried.requestState?.length ?? 0);
    const question = { id: shortId(), askedAt: performance.now(), mayRemember: remember !== false };
    const kept = { ...question, carried, round, calls };
    const state = this.#states.issue(this.#keyOf(request), timeout, kept, size);
    return inputRequiredReply(request.asked, form, state);
  }

  /** What the request carried for the server that was answered with this question; undefined when that no longer counts. */
  carriedBy(state: string): Carried | undefined {
    return this.#states.keptFor(state)?.carried;
  }

  /**
   * What a retry says to a question of ours; undefined when it answers none that still counts.
   * @param reading of the retry as the server is to get it: a yes is for the call that was shown, and for no other
   */
  redeem(
    reading: RequestReading,
    state: string,
    answer: RoundAnswer | undefined,
  ): RedeemedAnswer | undefined {
    const key = this.#keyOf(reading);
    const redeemed = this.#states.redeem(state, key);
    if (redeemed.verdict !== 'valid') return undefined;
    const { id, askedAt, mayRemember, ...goesOn } = redeemed.kept;
    if (answer === undefined) return { answered: undefined, unreached: undefined, ...goesOn };
    const approval = approvalOf(answer, performance.now() - askedAt, { mayRemember });
    const question = {
      id,
      server: this.deps.server,
      name: reading.name,
      argumentsText: shownArguments(reading),
    };
    this.deps.approvals.answered(key, question, approval, this.#settings());
    if (approval.how === 'unavailable') return { answered: undefined, unreached: approval, ...goesOn };
    return { answered: approval, unreached: undefined, ...goesOn };
  }

  #settings(): ApprovalSettings {
    return approvalSettings(this.deps.livePolicy.policy.approvals);
  }

  #keyOf(reading: RequestReading): CallKey {
    const { server, livePolicy } = this.deps;
    const { kind, name } = reading;
    const definition = this.#definitionOf(reading);
    return { server, kind, name, digest: reading.exactDigest(), policy: livePolicy.digest, definition };
  }

  #definitionOf({ method, kind, name }: RequestReading): string | undefined {
    return kind === 'tool' ? this.deps.toolLists.definitionOf(name) : method;
  }

  /** Arguments may only be changed where it is known what the tool takes. */
  async #checkOf({ call }: CallRequest): Promise<Pick<ApprovalQuestion, 'checkArguments' | 'uneditable'>> {
    if (!this.#settings().edit || call.kind !== 'tool') return {};
    const tool = this.deps.toolLists.textOf(call.name);
    if (tool === undefined) return { uneditable: 'the client has not listed the tool yet' };
    const { argumentCheck, inputSchemaOf, whyNotChecked } = await import(
      '../../approvals/editing/argument-schema.js'
    );
    const checkArguments = argumentCheck(inputSchemaOf(tool) ?? '');
    return checkArguments ? { checkArguments } : { uneditable: whyNotChecked(tool) };
  }

  #questionOf(request: CallRequest, { rule, reason }: Ruling): ApprovalQuestion {
    const { call, client, asked } = request;
    const { category, risk } = call.bindings.tool;
    const byRequest = !asked.modern && this.deps.clientState.declaresForms ? 'by request' : undefined;
    return {
      server: this.deps.server,
      kind: call.kind,
      name: call.name,
      description: call.kind === 'tool' ? toolDescription(this.deps.toolLists.textOf(call.name)) : undefined,
      category,
      risk,
      argumentsText: shownArguments(request),
      otherParamsText: request.otherParams({ callIds: false }),
      client: client?.name,
      rule,
      reason,
      elicits: request.elicits() ? 'by answer' : byRequest,
    };
  }
}

/** What the server says that a tool does, in the text of its definition; nothing where that is not JSON. */
function toolDescription(text: string | undefined): string | undefined {
  if (text === undefined || !isJson(text)) return undefined;
  const { description } = JSON.parse(text) as { description?: unknown };
  return typeof description === 'string' && description !== '' ? description : undefined;
}
