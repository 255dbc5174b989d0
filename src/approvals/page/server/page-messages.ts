import type { InboxDecision, InboxState, WaitingCall } from '../../inbox/inbox-state.js';

/** What the page is told after each change, one JSON text a line. Empty lines only say that the connection lives. */
export interface PageState {
  /** The clock that all times are of. Milliseconds since 1970. */
  now: number;
  inboxes: PageInbox[];
}

export interface PageInbox extends Omit<InboxState, 'waiting'> {
  waiting: PageCall[];
}

export interface PageCall extends WaitingCall {
  /** Its arguments were sent before on this connection and are left out. */
  repeated?: boolean;
}

/** The whole arguments of a call that waits. */
export interface PageArguments {
  argumentsText: string;
  redactedText: string;
}

/** What a person has chosen on the page. */
export type PageDecision = Omit<InboxDecision, 'via' | 'by'>;
