import type { Approval } from '../../core/policy/decide/approval.js';
import type { Carried } from '../../core/replies/approval-round.js';
import type { CallReading } from './read-call.js';
import type { Round } from './rounds.js';

/** A request, and what its exchange knows of earlier rounds. */
export interface CallRequest extends CallReading {
  id: string | number;
  /** The line as it came: what was judged is what the server gets. */
  line: Uint8Array;
  /** Gives the line away where its memory was lent: nothing can be read of the request any more. Undefined where it was not. */
  lentLine?(): Uint8Array | undefined;
  /** How many tool calls of the session came before it, or before the one that it goes on from. */
  calls: number;
  /** The call goes on from an earlier one: what that was charged and asked applies to this one too. */
  round: Round | undefined;
  /** What a person has answered to the question that the call was answered with (MCP 2026-07-28, patterns/mrtr). */
  answered: Approval | undefined;
  /** The arguments that the client has asked with, where a person has put others in their place. */
  changedFrom?: string | undefined;
  /** What it carries for the server of an earlier round; a retry that answers our question does not bring it again. */
  carried: Carried;
  /** How the client has proved to reach nobody; then it is not asked again. */
  unreached: Approval | undefined;
}
