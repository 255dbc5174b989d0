import type { Origin } from '../../policy/compile/policy.js';
import { visible } from '../../text/visible.js';

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

const MOST_NAMES = 8;
const LONGEST_NAME = 80;

/** A name of a server or of a policy, in quotes. It may have been written to change what a terminal shows. */
export function quoted(name: string): string {
  return `'${shown(name)}'`;
}

/** Names in words: `a, b and 3 more`. */
export function list(names: readonly string[]): string {
  const some = names.slice(0, names.length === MOST_NAMES + 1 ? MOST_NAMES + 1 : MOST_NAMES).map(shown);
  const more = names.length - some.length;
  if (more > 0) return `${some.join(', ')} and ${more} more`;
  return some.length < 2 ? some.join('') : `${some.slice(0, -1).join(', ')} and ${some.at(-1)}`;
}

/** The worst first, then as they stand in the files. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  const files = [...new Set(findings.map(({ origin }) => origin.source))];
  return [...findings].sort(
    (one, other) =>
      SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity) ||
      files.indexOf(one.origin.source) - files.indexOf(other.origin.source) ||
      (one.origin.line ?? 0) - (other.origin.line ?? 0),
  );
}

function shown(name: string): string {
  return visible(name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name);
}
