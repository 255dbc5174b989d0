import { type ChannelDeps, openApprovalQueue } from '../approvals/channels.js';
import type { ApprovalQueue } from '../approvals/queue/approval-queue.js';
import { approvalSettings } from '../core/policy/compile/approval-settings.js';
import { AskApproval, type AskApprovalDeps } from './calls/ask-approval.js';

/** What the approvals of a session meet. */
export interface SessionApprovalsDeps
  extends Omit<AskApprovalDeps, 'approvals'>,
    Pick<ChannelDeps, 'askClient' | 'tell'> {}

/** How people are asked in one session. Opened by its first call, so that no start has to load what asking takes. */
export class SessionApprovals {
  #opened: { queue: ApprovalQueue; asking: AskApproval } | undefined;
  #closed = false;

  constructor(private readonly deps: SessionApprovalsDeps) {}

  get asking(): AskApproval {
    this.#opened ??= this.#open();
    return this.#opened.asking;
  }

  /** See `ApprovalQueue`; where nobody was asked nothing has changed. */
  policyChanged(policy: string): void {
    this.#opened?.queue.policyChanged(policy);
  }

  /** See `ApprovalQueue`; where nobody was asked nothing has changed. */
  toolsListed(definitionOf: (name: string) => string | undefined): void {
    this.#opened?.queue.toolsListed(definitionOf);
  }

  /** Takes every question back. None is asked any more. */
  close(): void {
    this.#closed = true;
    this.#opened?.queue.close();
  }

  #open(): { queue: ApprovalQueue; asking: AskApproval } {
    const { server, askClient, tell, clientState, livePolicy } = this.deps;
    const queue = openApprovalQueue({
      server,
      askClient,
      canAskClient: () => clientState.canElicit(),
      settings: () => approvalSettings(livePolicy.policy.approvals),
      tell,
    });
    if (this.#closed) queue.close();
    return { queue, asking: new AskApproval({ ...this.deps, approvals: queue }) };
  }
}
