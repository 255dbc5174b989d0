import type { Origin } from '../../text/origin.js';

/** From the worst to the mildest: what is certainly wrong, what nobody writes on purpose, what is good to know. */
export const SEVERITIES = ['error', 'warning', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** One thing that shows when a policy is compared with the tools of a server. */
export interface Finding {
  /** What kind it is, the same in all versions: `no-such-tool`. */
  rule: string;
  severity: Severity;
  origin: Origin;
  /** One sentence. Safe to print. */
  message: string;
  help: string;
  /** The tools that it is about, as the server calls them. Not safe to print. */
  tools?: readonly string[] | undefined;
}

/** The worst first, then as they stand in the files. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  const files = [...new Set(findings.map(({ origin }) => origin.source))];
  return [...findings].sort(
    (one, other) =>
      SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity) ||
      files.indexOf(one.origin.source) - files.indexOf(other.origin.source) ||
      (one.origin.line ?? 0) - (other.origin.line ?? 0),
  );
}
