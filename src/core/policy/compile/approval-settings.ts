import { toMilliseconds } from '../../text/duration.js';
import type { ApprovalsDocument, Channel } from '../document/document.js';

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
  /** Whether the page opens in the browser; undefined: once, where there is a desktop. */
  open: boolean | undefined;
  /** Whether the desktop announces what waits; undefined: where there is one. */
  notify: boolean | undefined;
  /** A program and its arguments. */
  command: readonly string[] | undefined;
}

export const DEFAULT_VIA: readonly Channel[] = ['elicitation', 'page', 'terminal'];

/** A person may be away for a coffee: no agent waits meanwhile, since it is told after `hold`. Milliseconds. */
export const DEFAULT_TIMEOUT = 900_000;

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
    open,
    notify,
    command: typeof command === 'string' ? [command] : command,
  };
}

function rememberOf(remember: ApprovalsDocument['remember']): ApprovalSettings['remember'] {
  if (remember === undefined) return 'offered';
  return remember === false || remember === 'session' ? remember : (toMilliseconds(remember) ?? false);
}
