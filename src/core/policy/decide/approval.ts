import { toMilliseconds } from '../../text/duration.js';
import type { ApprovalsDocument, Channel } from '../document/document.js';

/** A person's answer, or why there is none. */
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
  message: string;
  requestedSchema: { type: 'object'; properties: { decision: Record<string, unknown> }; required: string[] };
}

/** For which later calls an approval counts, and until when. */
export interface Remember {
  /** `call`: the same tool with the same arguments; `tool`: the same tool with any. */
  scope: 'call' | 'tool';
  /** Milliseconds from the approval on, or as long as the process lives. */
  for: number | 'session';
}

/** How people are asked, in units that code works with. */
export interface ApprovalSettings {
  via: readonly Channel[];
  /** Milliseconds. */
  timeout: number;
  /** Milliseconds; undefined: as long as the person may take. */
  hold: number | undefined;
  /** Milliseconds. */
  grant: number;
  maxPending: number;
  /** How long every approval counts; `offered`: as long as the person says, false: for one call. */
  remember: number | 'session' | 'offered' | false;
  edit: boolean;
  open: boolean;
  notify: boolean;
  /** A program and its arguments. */
  command: readonly string[] | undefined;
}

export const DEFAULT_VIA: readonly Channel[] = ['elicitation', 'page', 'terminal'];
/** Milliseconds. */
export const DEFAULT_TIMEOUT = 120_000;
/** Less than the 60 s after which most clients give up. Milliseconds. */
const DEFAULT_HOLD = 45_000;
/** Milliseconds. */
export const DEFAULT_GRANT = 600_000;
export const DEFAULT_MAX_PENDING = 20;

/** What `approvals` of a policy says, with what it does not say filled in. */
export function approvalSettings(document: ApprovalsDocument): ApprovalSettings {
  const {
    via,
    timeout,
    hold,
    grant,
    max_pending: maxPending,
    remember,
    edit,
    open,
    notify,
    command,
  } = document;
  return {
    via: [...new Set(via ?? DEFAULT_VIA)],
    timeout: timeout === undefined ? DEFAULT_TIMEOUT : (toMilliseconds(timeout) ?? 0),
    hold: hold === 'unlimited' ? undefined : hold === undefined ? DEFAULT_HOLD : (toMilliseconds(hold) ?? 0),
    grant: grant === undefined ? DEFAULT_GRANT : (toMilliseconds(grant) ?? 0),
    maxPending: maxPending ?? DEFAULT_MAX_PENDING,
    remember: rememberOf(remember),
    edit: edit ?? false,
    open: open ?? false,
    notify: notify ?? false,
    command: typeof command === 'string' ? [command] : command,
  };
}

function rememberOf(remember: ApprovalsDocument['remember']): ApprovalSettings['remember'] {
  if (remember === undefined) return 'offered';
  return remember === false || remember === 'session' ? remember : (toMilliseconds(remember) ?? false);
}
