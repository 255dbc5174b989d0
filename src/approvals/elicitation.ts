import type { Approval } from '../core/approval.js';
import { placeOf } from '../core/reply.js';
import type { ApprovalRequest, Approver } from './approver.js';

/** Sends a request of ours to the client. Rejects when the client answers with an error or is gone. */
export type AskClient = (method: string, params: unknown, signal: AbortSignal) => Promise<unknown>;

/** No person refuses faster than this: some clients declare elicitation and decline without asking. Milliseconds. */
const FASTEST_PERSON = 300;

/**
 * Asks through the client: `elicitation/create` with a form (MCP 2025-06-18 and later, "Elicitation").
 * Only an accepted form that says `allow_once` approves.
 */
export function elicitationApprover(askClient: AskClient): Approver {
  return {
    via: ['elicitation'],
    available: ({ elicits }) => elicits !== undefined,
    async ask(request, signal) {
      if (request.elicits === 'by answer') return { approved: false, via: 'elicitation', how: 'asked' };
      const askedAt = performance.now();
      try {
        const answer = await askClient('elicitation/create', form(request), signal);
        return approvalOf(answer, performance.now() - askedAt);
      } catch (error) {
        if (signal.aborted) return { approved: false, via: 'elicitation', how: 'unanswered' };
        const reason = `The client could not ask: ${error instanceof Error ? error.message : String(error)}.`;
        return { approved: false, via: 'elicitation', how: 'unavailable', reason };
      }
    },
  };
}

function form(request: ApprovalRequest) {
  return {
    message: question(request),
    requestedSchema: {
      type: 'object',
      properties: {
        decision: {
          type: 'string',
          title: 'Allow this call?',
          enum: ['deny', 'allow_once'],
          enumNames: ['Deny', 'Allow once'],
          default: 'deny',
        },
      },
      required: ['decision'],
    },
  };
}

function question({ server, name, argumentsText, rule, reason, risk }: ApprovalRequest): string {
  const lines = [
    `policy-wrap: allow ${visible(name)} on server '${visible(server)}'? (risk: ${risk})`,
    `Arguments: ${visible(argumentsText)}`,
    reason && `Reason: ${reason}`,
    rule && `Rule: ${rule.pointer} (${placeOf(rule)})`,
  ];
  return lines.filter(Boolean).join('\n');
}

/** Characters that hide or reorder text are written as escapes: a person must see what is sent. */
function visible(text: string): string {
  return text.replace(
    /[\p{C}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}

function approvalOf(answer: unknown, afterMs: number): Approval {
  const { action, content } = (answer ?? {}) as { action?: unknown; content?: { decision?: unknown } };
  const base = { via: 'elicitation' as const, afterMs: Math.round(afterMs) };
  if (action === 'accept' && content?.decision === 'allow_once')
    return { ...base, approved: true, how: 'approved' };
  if (afterMs < FASTEST_PERSON) {
    return {
      ...base,
      approved: false,
      how: 'unavailable',
      reason: 'The client answered faster than a person can.',
    };
  }
  const decided = action === 'decline' || content?.decision === 'deny';
  return {
    ...base,
    approved: false,
    how: 'declined',
    reason: decided ? undefined : 'The question was closed without a decision.',
  };
}
