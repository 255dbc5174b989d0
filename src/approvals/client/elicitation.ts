import type { Approval } from '../../core/policy/decide/approval.js';
import { errorText } from '../../core/text/error-text.js';
import type { Approver } from '../queue/approver.js';
import { approvalOf, formOf } from './approval-form.js';

/** Sends a request of ours to the client. Rejects when the client answers with an error or is gone. */
export type AskClient = (method: string, params: unknown, signal: AbortSignal) => Promise<unknown>;

/**
 * Asks through the client: `elicitation/create` with a form (MCP 2025-06-18 and later, "Elicitation"). Where the answer to the
 * call is to ask instead, it only says whether the form can be sent.
 */
export function elicitationApprover(askClient: AskClient): Approver {
  return {
    via: ['elicitation'],
    available: ({ elicits }) => elicits !== undefined,
    async ask(request, signal) {
      const form = formOf(request);
      if ('unavailable' in form) return unavailable(form.unavailable);
      if (request.elicits === 'by answer') return { approved: false, via: 'elicitation', how: 'asked', form };
      const askedAt = performance.now();
      try {
        const answer = await askClient('elicitation/create', form, signal);
        return approvalOf(answer, performance.now() - askedAt, request);
      } catch (error) {
        if (signal.aborted) return { approved: false, via: 'elicitation', how: 'unanswered' };
        return unavailable(`The client could not ask: ${errorText(error)}.`);
      }
    },
  };
}

function unavailable(reason: string): Approval {
  return { approved: false, via: 'elicitation', how: 'unavailable', reason };
}
