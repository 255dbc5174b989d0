import type { ApprovalsDocument, AuditDocument, PolicyDocument } from './document.js';

/** What a policy says besides its rules. */
export interface Settings {
  approvals: ApprovalsDocument;
  audit: AuditDocument;
}

/** From the least to the most that is written down. */
const DETAILS = ['hash', 'redacted', 'full'] as const;

/**
 * Combines the settings of policies that judge side by side, the user's own last. The user's count: a project can
 * ask for less detail in the log or for calls that are not logged to be refused, but not for less of a log.
 * @param chains each a file followed by what it extends
 */
export function combineSettings(chains: readonly (readonly PolicyDocument[])[]): Settings {
  const each = chains.map(settingsOf);
  const own = each.at(-1) ?? { approvals: {}, audit: {} };
  const details = each.map(({ audit }) => DETAILS.indexOf(audit.arguments ?? 'redacted'));
  return {
    approvals: { ...each[0]?.approvals, ...own.approvals },
    audit: {
      file: own.audit.file,
      arguments: DETAILS[Math.min(...details)],
      required: each.some(({ audit }) => audit.required === true),
    },
  };
}

function settingsOf(chain: readonly PolicyDocument[]): Settings {
  const documents = [...chain].reverse();
  return {
    approvals: Object.assign({}, ...documents.map(({ approvals }) => approvals)),
    audit: Object.assign({}, ...documents.map(({ audit }) => audit)),
  };
}
