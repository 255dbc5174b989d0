import type { Severity } from '../../policy/document/diagnostic.js';
import { quotedName } from '../../text/name-list.js';
import type { Origin } from '../../text/origin.js';
import { counted } from '../../text/plural.js';
import { type Difference, differences } from '../../tools/pinning/differences.js';
import type { LockedServer } from '../../tools/pinning/lock.js';
import type { Finding } from './finding.js';

/** What a lock says of a server, and what the server says now. */
export interface SinceLock {
  /** Undefined where the lock does not know the server; `no lock` where there is no lock at all. */
  before: LockedServer | undefined | 'no lock';
  now: LockedServer;
  server: string;
  /** The file as people call it. */
  file: string;
}

/**
 * Tools that are new, gone or changed since the lock was written: a server may be harmless until it is trusted. What has
 * become worse, or may be meant to mislead, is an error.
 */
export function sinceLock({ before, now, server, file }: SinceLock): Finding[] {
  const origin = (...path: string[]): Origin => {
    return { source: file, line: undefined, pointer: `/${['servers', server, ...path].join('/')}` };
  };
  return before === undefined || before === 'no lock'
    ? notLocked(now, server, before === 'no lock', origin)
    : differences(before, now).flatMap((difference) => findingsOf(difference, origin(difference.tool)));
}

function findingsOf(difference: Difference, place: Origin): Finding[] {
  const { tool, kind, changes, suspicions } = difference;
  const isOnlySuspicious =
    kind === 'reclassified' && changes.length === 0 && difference.now === difference.before;
  const severity = kind === 'reclassified' ? 'info' : 'error';
  return [
    ...(isOnlySuspicious ? [] : [{ ...said(difference), place, tools: [tool] }]),
    ...suspicions.map((sentence) => lookTwice(tool, sentence, severity, place)),
  ];
}

/** A person who takes a server into the lock takes all that it says. */
function notLocked(
  now: LockedServer,
  server: string,
  isFirst: boolean,
  origin: (...path: string[]) => Origin,
): Finding[] {
  const unknown: Finding = {
    rule: 'not-locked',
    severity: 'warning',
    place: origin(),
    message: `the lock knows nothing of the server ${quotedName(server)} and its ${counted(now.size, 'tool')}`,
    help: 'add it with --update-lock, or use --server to name it as the lock does',
  };
  const severity = isFirst ? 'info' : 'warning';
  const suspicious = [...now].flatMap(([tool, { suspicious: sentences = [] }]) =>
    sentences.map((sentence) => lookTwice(tool, sentence, severity, origin(tool))),
  );
  return [...(isFirst ? [] : [unknown]), ...suspicious];
}

/** In the words of `inspect`. */
function lookTwice(tool: string, sentence: string, severity: Severity, place: Origin): Finding {
  const message = `look twice at the tool ${quotedName(tool)}: ${sentence.replace(/\.$/, '')}`;
  return { ...warning('suspicious-tool', message), severity, place, tools: [tool] };
}

/** The same once the lock has what the server says now: then it is good to know and no longer wrong. */
export function accepted(finding: Finding): Finding {
  const { message, help, rule } = finding;
  if (NOTES.has(rule)) return { ...finding, severity: 'info' };
  const changed = help.endsWith(`; ${HELP}`) ? help.slice(0, -HELP.length) : '';
  return { ...finding, severity: 'info', message: `accepted: ${message}`, help: `${changed}${ACCEPTED}` };
}

/** What asks for nothing to be taken. */
const NOTES: ReadonlySet<string> = new Set(['tool-reordered', 'tool-varies']);

const HELP = 'look at it with `policy-wrap inspect`, then take it as it is with --update-lock';
const ACCEPTED =
  'it is in the lock now; if you do not want that, bring policy-wrap.lock back from version control';

function said({
  tool,
  kind,
  changes,
  descriptions,
  before,
  now,
  worse,
}: Difference): Pick<Finding, 'rule' | 'severity' | 'message' | 'help'> {
  const name = quotedName(tool);
  switch (kind) {
    case 'new':
      return warning('new-tool', `the tool ${name} (${[now, ...changes].join('; ')}) is new since the lock`);
    case 'gone':
      return { ...warning('tool-gone', `the tool ${name} is gone`), help: 'take that with --update-lock' };
    case 'reordered':
      return {
        ...warning('tool-reordered', `the tool ${name} lists the same in another order than in the lock`),
        severity: 'info',
        help: 'nothing is to be done: its server writes a set in another order each time it starts',
      };
    case 'reclassified': {
      const differs = [...(now === before ? [] : [`it is ${now}, not ${before}`]), ...changes];
      return {
        ...warning(
          'class-changed',
          `this version of policy-wrap sees ${name} otherwise: ${differs.join(', ')}`,
        ),
        severity: 'info',
      };
    }
    case 'changed': {
      const wasBetter = worse ? `, not ${before}` : '';
      const became = now === before ? '' : `, and it is ${now} now${wasBetter}`;
      return {
        ...warning(
          'tool-changed',
          `the tool ${name} has changed since the lock: ${changes.join(', ')}${became}`,
        ),
        severity: worse ? 'error' : 'warning',
        ...(descriptions && { help: `${whatChanged(descriptions)}; ${HELP}` }),
      };
    }
  }
}

/** Characters that are shown of each description, from a little before the first that differs. */
const SHOWN = 120;
const BEFORE_IT = 30;

function whatChanged({ before, now }: { before: string; now: string }): string {
  let at = 0;
  while (before[at] === now[at]) at++;
  const start = at <= BEFORE_IT ? 0 : at - BEFORE_IT;
  const part = (text: string) =>
    quotedName(
      `${start > 0 ? '…' : ''}${text.slice(start, start + SHOWN)}${text.length > start + SHOWN ? '…' : ''}`,
    );
  return `its description was ${part(before)} and is ${part(now)}`;
}

function warning(
  rule: string,
  message: string,
): { rule: string; severity: Severity; message: string; help: string } {
  return { rule, severity: 'warning', message, help: HELP };
}
