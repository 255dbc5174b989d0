import type { Severity } from '../../policy/document/diagnostic.js';
import { quotedName } from '../../text/name-list.js';
import type { Origin } from '../../text/origin.js';
import { counted } from '../../text/plural.js';
import { type Difference, differences, type LockedServer } from '../../tools/pinning/lock.js';
import type { Finding } from './finding.js';

/** What a lock says of a server, and what the server says now. */
export interface SinceLock {
  /** Undefined where the lock does not know the server. */
  before: LockedServer | undefined;
  now: LockedServer;
  server: string;
  /** The file as people call it. */
  file: string;
}

/**
 * Tools that are new, gone or changed since the lock was written: a server may be harmless until it is trusted. What has
 * become worse is an error.
 */
export function sinceLock({ before, now, server, file }: SinceLock): Finding[] {
  const origin = (...path: string[]): Origin => {
    return { source: file, line: undefined, pointer: `/${['servers', server, ...path].join('/')}` };
  };
  if (before === undefined)
    return [
      {
        rule: 'not-locked',
        severity: 'warning',
        place: origin(),
        message: `the lock knows nothing of the server ${quotedName(server)} and its ${counted(now.size, 'tool')}`,
        help: 'add it with --update-lock, or use --server to name it as the lock does',
      },
    ];
  return differences(before, now).map((difference) => ({
    ...said(difference),
    place: origin(difference.tool),
    tools: [difference.tool],
  }));
}

const HELP = 'look at it with `policy-wrap inspect`, then take it as it is with --update-lock';

function said({
  tool,
  kind,
  changes,
  before,
  now,
  worse,
}: Difference): Pick<Finding, 'rule' | 'severity' | 'message' | 'help'> {
  const name = quotedName(tool);
  switch (kind) {
    case 'new':
      return warning('new-tool', `the tool ${name} (${now}) is new since the lock`);
    case 'gone':
      return { ...warning('tool-gone', `the tool ${name} is gone`), help: 'take that with --update-lock' };
    case 'reclassified':
      return {
        ...warning('class-changed', `this version of policy-wrap takes ${name} for ${now}, not ${before}`),
        severity: 'info',
      };
    case 'changed': {
      const became = worse
        ? `, and it is ${now} now, not ${before}`
        : now === before
          ? ''
          : `, and it is ${now} now`;
      return {
        ...warning(
          'tool-changed',
          `the tool ${name} has changed since the lock: ${changes.join(', ')}${became}`,
        ),
        severity: worse ? 'error' : 'warning',
      };
    }
  }
}

function warning(
  rule: string,
  message: string,
): { rule: string; severity: Severity; message: string; help: string } {
  return { rule, severity: 'warning', message, help: HELP };
}
