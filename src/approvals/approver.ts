import type { CallKind } from '../core/call.js';
import type { Category, Risk } from '../core/classify.js';
import type { Origin } from '../core/policy.js';
import type { Approval } from '../core/settle.js';

/** What a person is asked to allow. */
export interface ApprovalRequest {
  server: string;
  kind: CallKind;
  name: string;
  category: Category;
  risk: Risk;
  /** The arguments as JSON text: exactly what the server will get. */
  argumentsText: string;
  rule: Origin | undefined;
  reason: string | undefined;
}

/** A way to reach a person. */
export interface Approver {
  readonly via: string;
  /** Whether it makes sense to ask through this channel now. */
  available(): boolean;
  /**
   * Asks once and waits. Never throws: whatever goes wrong is an answer that does not approve.
   * @param signal aborted when the call is withdrawn or the time is up; the question is then taken back
   */
  ask(request: ApprovalRequest, signal: AbortSignal): Promise<Approval>;
}
