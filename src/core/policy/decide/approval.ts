import type { Channel } from '../document/document.js';

/** A person's answer, or why there is none. Given to `settle`, where only `approved: true` lets a call go. */
export interface Approval {
  approved: boolean;
  /** The channel; `none` when no channel was tried. */
  via: Channel | 'none';
  /** Who answered, where the channel knows. */
  by?: string | undefined;
  /** The person's reason, or why nobody could be asked. */
  reason?: string | undefined;
  /**
   * `declined` by a person, `unavailable` when nobody could be asked, `unanswered` in time, `withdrawn` by the client,
   * `pending` when the answer is still to come and the client is told so, `asked` when the answer to the client is the
   * question itself (MCP 2026-07-28, patterns/mrtr), `full` when too many calls wait already.
   */
  how: 'approved' | 'declined' | 'unavailable' | 'unanswered' | 'withdrawn' | 'pending' | 'asked' | 'full';
  /** Through which channels a person can decide, or could have; said where nobody has. */
  channels?: readonly Channel[] | undefined;
  /** Where the question stood when nobody had decided it: the channels that were being asked. */
  shownOn?: readonly Channel[] | undefined;
  /** Milliseconds from the question to the answer. */
  afterMs?: number | undefined;
  /** For which later calls it counts too. */
  remember?: Remember | undefined;
  /** `grant`: it was given before this call came; `remembered`: for an earlier call. */
  from?: 'grant' | 'remembered' | undefined;
  /** Of `asked`: what the client is to ask its user. */
  form?: ApprovalForm | undefined;
  /** The arguments that the person has put in the place of those that were asked for, as JSON text. */
  argumentsText?: string | undefined;
}

/** What a client is to ask its user: the params of `elicitation/create`, but for the mode, which the first version with forms does not know. */
export interface ApprovalForm {
  /** What the user reads: the call, the reason and the rule. */
  message: string;
  /** JSON Schema of the answer: one field with the choices. */
  requestedSchema: { type: 'object'; properties: { decision: Record<string, unknown> }; required: string[] };
}

/** For which later calls an approval counts, and until when. */
export interface Remember {
  /** `call`: the same tool with the same arguments; `tool`: the same tool with any. */
  scope: 'call' | 'tool';
  /** Milliseconds from the approval on, or as long as the process lives. */
  for: number | 'session';
}
