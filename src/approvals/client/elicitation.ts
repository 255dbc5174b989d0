import type { Approval } from '../../core/policy/decide/approval.js';
import { errorText } from '../../core/text/error-text.js';
import type { Approver } from '../queue/approver.js';
import { approvalOf, formOf } from './approval-form.js';

/** Sends a request of ours to the client. Rejects when the client answers with an error or is gone. */
export type AskClient = (method: string, params: unknown, signal: AbortSignal) => Promise<unknown>;

/** Until the server has answered `initialize`, nobody knows whether the client may be asked. Milliseconds. */
const HANDSHAKE_PATIENCE = 20_000;

/**
 * Asks through the client: `elicitation/create` with a form (MCP 2025-06-18 and later, "Elicitation"). Where the answer to the
 * call is to ask instead, it only says whether the form can be sent.
 * @param canAsk whether client and server have agreed on a version in which the client can be asked; resolves when they have
 */
export function elicitationApprover(
  askClient: AskClient,
  canAsk: () => Promise<boolean> = async () => true,
): Approver {
  return {
    via: ['elicitation'],
    available: ({ elicits }) => elicits !== undefined,
    async ask(request, signal) {
      const form = formOf(request);
      if ('unavailable' in form) return unavailable(form.unavailable);
      if (request.elicits === 'by answer') return { approved: false, via: 'elicitation', how: 'asked', form };
      const able = await inTime(canAsk());
      if (signal.aborted) return { approved: false, via: 'elicitation', how: 'unanswered' };
      if (able === 'unknown')
        return unavailable('The server has not answered initialize, so the client could not be asked.');
      if (!able) return unavailable('This client cannot ask its user.');
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

/** Who answers at once is not kept waiting, and whatever comes later no longer counts. */
async function inTime(able: Promise<boolean>): Promise<boolean | 'unknown'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'unknown'>((resolve) => {
    timer = setTimeout(() => resolve('unknown'), HANDSHAKE_PATIENCE);
  });
  return Promise.race([able, late]).finally(() => clearTimeout(timer));
}

function unavailable(reason: string): Approval {
  return { approved: false, via: 'elicitation', how: 'unavailable', reason };
}
