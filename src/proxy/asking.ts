import type { CallKey } from '../approvals/standing.js';
import { type Approval, type ApprovalSettings, approvalSettings } from '../core/approval.js';
import type { Ruling } from '../core/settle.js';
import type { ClientFacts } from './client-facts.js';
import type { PolicyInForce } from './force.js';
import { heartbeat } from './heartbeat.js';
import type { CallRequest } from './journey.js';
import type { Outlet } from './outlet.js';
import type { People, Question } from './people.js';
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

/** Puts the calls of a session to people. */
export class Asking {
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
    const question = this.#questionOf(request, ruling);
    try {
      return await people.ask(this.#keyOf(request), question, this.#settings(), withdrawn, without);
    } finally {
      stop();
    }
  }

  #settings(): ApprovalSettings {
    return approvalSettings(this.parts.force.policy.approvals);
  }

  #keyOf({ call, digest }: CallRequest): CallKey {
    const { server, force, toolLists } = this.parts;
    return {
      server,
      kind: call.kind,
      name: call.name,
      digest: digest(),
      policy: force.digest,
      definition: call.kind === 'tool' ? toolLists.definitionOf(call.name) : undefined,
    };
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
