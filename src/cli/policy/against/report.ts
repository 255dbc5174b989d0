import { formatProblem } from '../../../config/problem.js';
import { type Finding, SEVERITIES, type Severity } from '../../../core/authoring/lint/finding.js';
import type { Policy } from '../../../core/policy/compile/policy.js';
import type { IdleRule } from '../../../core/policy/decide/idle-rules.js';
import { counted } from '../../../core/text/plural.js';
import { visible } from '../../../core/text/visible.js';
import { displayPath } from '../../../platform/display-path.js';
import type { ServerTools } from '../../../servers/server-tools.js';
import { printNote } from '../../terminal/output.js';
import type { LockUse } from './lock-check.js';

/** What came of comparing a policy with a server. */
export interface Comparison {
  policy: Policy;
  catalogue: ServerTools;
  lock: LockUse;
  /** What is idle whatever the server. */
  warnings: readonly IdleRule[];
  findings: readonly Finding[];
}

/** More are read by programs. */
const MOST_SHOWN = 200;

export function comparisonJson({ catalogue, lock, warnings, findings }: Comparison) {
  const { id, name, version, tools } = catalogue;
  return {
    valid: true,
    problems: [],
    warnings,
    against: {
      server: { id, name, version },
      tools: tools.length,
      findings: findings.map(
        ({ rule, severity, origin: { source, line, pointer }, message, help, tools }) => {
          return { rule, severity, file: source, line, pointer, message, help, tools };
        },
      ),
      oddities: catalogue.warnings,
      lockWritten: lock.written,
    },
  };
}

/** Tells people: the worst first, the sum last. */
export function printComparison({ policy, catalogue, lock, warnings, findings }: Comparison): void {
  const idle = warnings.map((warning): Finding => ({ ...warning, rule: 'idle-rule', severity: 'warning' }));
  const all = SEVERITIES.flatMap((severity) =>
    [...idle, ...findings].filter((finding) => finding.severity === severity),
  );
  for (const { origin, severity, message, help } of all.slice(0, MOST_SHOWN)) {
    const { source: file, line, pointer } = origin;
    const problem = { file, line, column: undefined, pointer, message: `${severity}: ${message}`, help };
    process.stderr.write(`${formatProblem(problem)}\n`);
  }
  if (all.length > MOST_SHOWN) printNote(`there are ${all.length - MOST_SHOWN} more; see all with --json`);
  for (const oddity of catalogue.warnings.slice(0, MOST_SHOWN)) printNote(visible(oddity));
  if (lock.written) printNote(`${visible(displayPath(lock.file))} was written`);
  printNote(summary(policy, catalogue, all));
}

function summary({ layers }: Policy, { id, name, tools }: ServerTools, all: readonly Finding[]): string {
  const sum = (severity: Severity) => all.filter((finding) => finding.severity === severity).length;
  const [errors, warnings] = [sum('error'), sum('warning')];
  const files = layers.map(({ source }) => source).join(' and ');
  const server = visible(id || name || 'the server');
  const against = `${files} against the ${counted(tools.length, 'tool')} of ${server}`;
  if (errors + warnings === 0) return `${against}: nothing is wrong`;
  return `${against}: ${[errors && counted(errors, 'error'), warnings && counted(warnings, 'warning')].filter(Boolean).join(' and ')}`;
}
