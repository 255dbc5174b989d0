import { approvalOf } from '../approvals/form.js';
import { RequestStates } from '../approvals/request-state.js';
import type { CallKey } from '../approvals/standing.js';
import {
  type Approval,
  type ApprovalForm,
  type ApprovalSettings,
  approvalSettings,
} from '../core/approval.js';
import type { Channel } from '../core/document.js';
import type { JsonNode } from '../core/json.js';
import { answerIn, type Carried, inputRequiredReply } from '../core/own-round.js';
import type { Ruling } from '../core/settle.js';
import { type ClientFacts, textMember } from './client-facts.js';
import type { PolicyInForce } from './force.js';
import { heartbeat } from './heartbeat.js';
import type { CallRequest } from './journey.js';
import type { Outlet } from './outlet.js';
import type { People, Question } from './people.js';
import { nameQuestion } from './question-name.js';
import type { ReadCall } from './read-call.js';
import type { Round } from './rounds.js';
import type { ToolLists } from './tool-lists.js';

/** What is needed to put a call of this session to people. */
export interface AskingParts {
  server: string;
  people: People;
  force: PolicyInForce;
  facts: ClientFacts;
  toolLists: ToolLists;
  toClient: Outlet;
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
}

/** What a person has said to such a question, and what the request carried that it answered. */
export interface Redeemed {
  answered: Approval | undefined;
  without: readonly Channel[];
  carried: Carried;
  round: Round | undefined;
}

/** Puts the calls of a session to people. */
export class Asking {
  readonly #states = new RequestStates<Asked>();

  constructor(private readonly parts: AskingParts) {}

  /** What people have said before that counts for this call. */
  known(request: CallRequest): ReturnType<People['known']> {
    return this.parts.people.known(this.#keyOf(request));
  }

  /** Asks, and keeps the client informed while it waits. Never rejects. */
  async ask(request: CallRequest, ruling: Ruling, withdrawn: AbortSignal): Promise<Approval> {
    const { people, toClient } = this.parts;
    const { progressToken, without } = request;
    const stop =
      progressToken === undefined ? () => {} : heartbeat(progressToken, (line) => toClient.writeLine(line));
    const question = {
      ...this.#questionOf(request, ruling),
      checkArguments: await this.#checkOf(request),
    };
    try {
      return await people.ask(
        this.#keyOf(request),
        question,
        this.#settings(),
        withdrawn,
        without,
        this.#states.waiting,
      );
    } finally {
      stop();
    }
  }

  /** The question as the answer to the request; the retry brings what the person has said. */
  asAnswer(request: CallRequest, form: ApprovalForm): string {
    const { timeout, remember } = this.#settings();
    const { carried, round } = request;
    const size = (carried.inputResponses?.length ?? 0) + (carried.requestState?.length ?? 0);
    const kept = { id: nameQuestion(), askedAt: Date.now(), mayRemember: remember !== false, carried, round };
    const state = this.#states.issue(this.#keyOf(request), timeout, kept, size);
    return inputRequiredReply(request.asked, form, state);
  }

  /** What a retry says to a question of ours; undefined when it answers none that still counts. */
  redeem(read: ReadCall, text: string, params: JsonNode | undefined): Redeemed | undefined {
    const key = this.#keyOf(read);
    const redeemed = this.#states.redeem(textMember(text, params, 'requestState') ?? '', key);
    if (redeemed.verdict !== 'valid') return undefined;
    const { id, askedAt, carried, round, mayRemember } = redeemed.kept;
    const answer = answerIn(text, params);
    if (answer === undefined) return { answered: undefined, without: [], carried, round };
    const approval = approvalOf(answer, Date.now() - askedAt, { mayRemember });
    const { argumentsText, call } = read;
    const question = { id, server: this.parts.server, name: call.name, argumentsText };
    this.parts.people.answered(key, question, approval, this.#settings());
    if (approval.how === 'unavailable')
      return { answered: undefined, without: ['elicitation'], carried, round };
    return { answered: approval, without: [], carried, round };
  }

  #settings(): ApprovalSettings {
    return approvalSettings(this.parts.force.policy.approvals);
  }

  #keyOf({ method, call, exactDigest }: ReadCall): CallKey {
    const { server, force, toolLists } = this.parts;
    return {
      server,
      kind: call.kind,
      name: call.name,
      digest: exactDigest(),
      policy: force.digest,
      definition: call.kind === 'tool' ? toolLists.definitionOf(call.name) : method,
    };
  }

  /** Arguments may only be changed where it is known what the tool takes. */
  async #checkOf({ call }: CallRequest): Promise<Question['checkArguments']> {
    if (!this.#settings().edit || call.kind !== 'tool') return undefined;
    const tool = this.parts.toolLists.textOf(call.name);
    const { argumentCheck, inputSchemaOf } = await import('../approvals/argument-schema.js');
    const schema = tool && inputSchemaOf(tool);
    return schema ? argumentCheck(schema) : undefined;
  }

  #questionOf(
    { call, argumentsText, client, asked, elicits }: CallRequest,
    { rule, reason }: Ruling,
  ): Question {
    const { category, risk } = call.bindings.tool;
    const byRequest = !asked.modern && this.parts.facts.canElicit ? 'by request' : undefined;
    return {
      server: this.parts.server,
      kind: call.kind,
      name: call.name,
      category,
      risk,
      argumentsText,
      client: client?.name,
      rule,
      reason,
      elicits: elicits ? 'by answer' : byRequest,
    };
  }
}
