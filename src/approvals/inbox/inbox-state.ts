import type { CallKind } from '../../core/policy/decide/call.js';
import type { Channel } from '../../core/policy/document/document.js';
import type { Origin } from '../../core/text/origin.js';
import type { RememberedCall } from '../queue/remembered-call.js';

/** The channels that an inbox serves. */
export const INBOX_CHANNELS = ['page', 'terminal'] as const satisfies readonly Channel[];
export type InboxChannel = (typeof INBOX_CHANNELS)[number];

/** The names of calls and of remembered approvals: they become parts of addresses. */
export const ID = /^[\w-]{1,64}$/;

/** A call that waits for a person, as it is shown to one. Everything in it may be hostile text. Times are milliseconds since 1970. */
export interface WaitingCall {
  id: string;
  server: string;
  client: string | undefined;
  kind: CallKind;
  name: string;
  /** What the server says of the tool, if anything; the beginning of it. */
  description?: string | undefined;
  /** A word of the policy-wrap that asks, which may be of another version. */
  category: string;
  /** The same. */
  risk: string;
  /** JSON text; undefined when it is long: then it is asked for by the id. */
  argumentsText: string | undefined;
  /** The same without secrets, as the audit log would have it. */
  redactedText: string | undefined;
  /** Characters. */
  argumentsLength: number;
  /** What is sent besides name and arguments, as JSON text; undefined when that is nothing. */
  otherParamsText?: string | undefined;
  rule: Origin | undefined;
  reason: string | undefined;
  askedAt: number;
  /** When the agent is told that it has to repeat the call; undefined: never. */
  heldUntil: number | undefined;
  /** When the question is given up. */
  endsAt: number;
  via: readonly InboxChannel[];
  mayRemember: boolean;
  mayEdit: boolean;
}

/** What became of a question. */
export interface DecidedCall {
  id: string;
  server: string;
  name: string;
  how: 'approved' | 'declined' | 'unanswered' | 'withdrawn' | 'unavailable';
  via: Channel | 'none';
  by: string | undefined;
  reason: string | undefined;
  /** Milliseconds since 1970. */
  at: number;
  edited: boolean;
}

/** All that one running policy-wrap shows to people. */
export interface InboxState {
  /** Names this running policy-wrap. */
  inbox: string;
  server: string;
  pid: number;
  waiting: WaitingCall[];
  /** The latest first. */
  decided: DecidedCall[];
  remembered: RememberedCall[];
}

/** What a person decides in the inbox. */
export interface InboxDecision {
  decision: 'approve' | 'deny';
  via: InboxChannel;
  by?: string | undefined;
  reason?: string | undefined;
  /** For how long it applies to later calls: `session`, or a duration such as `30m`. */
  remember?: string | undefined;
  /** For which later calls; the same call by default. */
  scope?: 'call' | 'tool' | undefined;
  /** Changed arguments as JSON text. */
  argumentsText?: string | undefined;
}

/** What becomes of a decision. `gone`: the question has been answered or taken back before. */
export type InboxAnswer = { ok: true } | { ok: false; why: 'gone' | 'refused'; message: string };

/** All inboxes of this user's running policy-wraps, as those see them who come to decide. */
export interface Inboxes {
  /** The inboxes that answer, as they last said. */
  states(): InboxState[];
  /** Calls back after each change, until what is returned is called. */
  onChange(listener: () => void): () => void;
  /** The whole arguments of a call that waits; undefined when it no longer does. */
  argumentsOf(inbox: string, id: string): Promise<string | undefined>;
  decide(inbox: string, id: string, decision: InboxDecision): Promise<InboxAnswer>;
  revoke(inbox: string, id: string): Promise<boolean>;
  close(): void;
}
