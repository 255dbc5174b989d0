import { toMilliseconds } from '../../text/duration.js';
import type { ApprovalsDocument, AuditDocument, PolicyDocument } from '../document/document.js';
import { DEFAULT_GRANT, DEFAULT_MAX_PENDING } from './approval-settings.js';

/** What a policy says besides its rules. */
export interface Settings {
  approvals: ApprovalsDocument;
  audit: AuditDocument;
}

/** From the least to the most that is written down. */
const DETAILS = ['hash', 'redacted', 'full'] as const;

/**
 * Combines the settings of policies that judge side by side, the user's own last. The user's count: a project can
 * ask for less detail in the log or for calls that are not logged to be refused, but not for less of a log; it can say
 * how people are asked where the user does not, and that their answers allow less, but not that they allow more.
 * @param chains each a file followed by what it extends
 */
export function combineSettings(chains: readonly (readonly PolicyDocument[])[]): Settings {
  const each = chains.map(settingsOf);
  const own = each.at(-1) ?? { approvals: {}, audit: {} };
  const details = each.map(({ audit }) => DETAILS.indexOf(audit.arguments ?? 'redacted'));
  return {
    approvals: each.map(({ approvals }) => approvals).reduce(combineApprovals, {}),
    audit: {
      file: own.audit.file,
      arguments: DETAILS[Math.min(...details)],
      required: each.some(({ audit }) => audit.required === true),
    },
  };
}

/** A program is taken from any policy that names it: a policy that was merely found may not (see `approvalCommand`). */
const OF_ANY = ['via', 'timeout', 'hold', 'open', 'notify', 'command'] as const;

function combineApprovals(
  project: ApprovalsDocument,
  own: ApprovalsDocument,
  index: number,
): ApprovalsDocument {
  if (index === 0) return own;
  const combined: ApprovalsDocument = { ...own };
  for (const key of OF_ANY) if (own[key] === undefined) Object.assign(combined, { [key]: project[key] });
  if (project.max_pending !== undefined)
    combined.max_pending = Math.min(project.max_pending, own.max_pending ?? DEFAULT_MAX_PENDING);
  if (project.remember === false) combined.remember = false;
  if (project.edit === false) combined.edit = false;
  if (grantOf(project) < grantOf(own)) combined.grant = project.grant;
  return combined;
}

function grantOf({ grant }: ApprovalsDocument): number {
  return grant === undefined ? DEFAULT_GRANT : (toMilliseconds(grant) ?? DEFAULT_GRANT);
}

/** What a file says together with all that it extends. */
export function settingsOf(chain: readonly PolicyDocument[]): Settings {
  const documents = [...chain].reverse();
  return {
    approvals: Object.assign({}, ...documents.map(({ approvals }) => approvals)),
    audit: Object.assign({}, ...documents.map(({ audit }) => audit)),
  };
}
