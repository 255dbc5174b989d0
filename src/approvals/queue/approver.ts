import type { Approval } from '../../core/policy/decide/approval.js';
import type { CallKind } from '../../core/policy/decide/call.js';
import type { Channel } from '../../core/policy/document/document.js';
import type { Origin } from '../../core/text/origin.js';
import type { Category, Risk } from '../../core/tools/category.js';

/** What a person is asked to allow. */
export interface ApprovalRequest {
  /** Names the question to people; short, not a secret, and not enough to answer it. */
  id: string;
  server: string;
  kind: CallKind;
  name: string;
  /** What the server says of the tool, where it has told the client. */
  description?: string | undefined;
  category: Category;
  risk: Risk;
  /** The arguments as JSON text: exactly what the server will get. */
  argumentsText: string;
  /**
   * What the server will get besides name and arguments, as JSON text: unknown params, and what is in `_meta` that is not the
   * protocol's own. Undefined when that is nothing.
   */
  otherParamsText?: string | undefined;
  /** The client, as it calls itself. */
  client: string | undefined;
  rule: Origin | undefined;
  reason: string | undefined;
  /** Milliseconds since 1970. */
  askedAt: number;
  /** When the question is given up. Milliseconds since 1970. */
  endsAt: number;
  /** When the agent is told that it has to repeat the call; undefined: never. Milliseconds since 1970. */
  heldUntil: number | undefined;
  /** Whether a person may say that the approval applies to later calls too. */
  mayRemember: boolean;
  /** What is wrong with arguments that a person has put in the place of the old ones; absent where they must not be changed. */
  checkArguments?: ((argumentsText: string) => string | undefined) | undefined;
  /** Why the arguments cannot be changed, where `checkArguments` is missing; one clause, safe to print. */
  uneditable?: string | undefined;
  /** How the client can be asked, if it can: by a request of ours, or by our answer (MCP 2026-07-28, patterns/mrtr). */
  elicits: 'by request' | 'by answer' | undefined;
  /** Whether the page is to be opened in a browser; undefined: once, where there is a desktop. */
  open?: boolean | undefined;
  /** The channels that are asked now, side by side. */
  via: readonly Channel[];
}

/** A way to reach a person. */
export interface Approver {
  /** The channels it stands for. */
  readonly via: readonly Channel[];
  /** Whether it makes sense to ask through this channel now. */
  available(request: ApprovalRequest): boolean;
  /**
   * Asks once and waits. Never throws: whatever goes wrong is an answer that does not approve. `unavailable` lets the
   * next channel be tried; everything else is final.
   * @param signal aborted when the call is withdrawn, the time is up or another channel has answered; the question is then taken back
   */
  ask(request: ApprovalRequest, signal: AbortSignal): Promise<Approval>;
}
