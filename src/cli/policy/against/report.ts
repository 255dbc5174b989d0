import { diagnosticJson, type SourceTexts } from '../../../config/policy-error.js';
import type { Finding } from '../../../core/authoring/lint/finding.js';
import type { Policy } from '../../../core/policy/compile/policy.js';
import { type Diagnostic, SEVERITIES, type Severity } from '../../../core/policy/document/diagnostic.js';
import { nameList } from '../../../core/text/name-list.js';
import { counted } from '../../../core/text/plural.js';
import { visible } from '../../../core/text/visible.js';
import { displayPath } from '../../../platform/display-path.js';
import type { ServerTools } from '../../../servers/server-tools.js';
import { printDiagnostics, printNote } from '../../terminal/output.js';
import type { LockUse } from './lock-check.js';

/** What came of comparing a policy with a server. */
export interface Comparison {
  policy: Policy;
  /** What may be shown of its files. */
  texts: SourceTexts;
  serverTools: ServerTools;
  lock: LockUse;
  /** Rules that cannot matter whatever the server. */
  warnings: readonly Diagnostic[];
  findings: readonly Finding[];
}

/** More are read by programs. */
const MOST_SHOWN = 200;

export function comparisonJson({ serverTools, lock, warnings, findings }: Comparison) {
  const { id, name, version, tools } = serverTools;
  return {
    valid: true,
    problems: [],
    warnings: warnings.map(diagnosticJson),
    against: {
      server: { id, name, version },
      tools: tools.length,
      findings: findings.map((finding) => {
        const { rule, tools: about } = finding;
        return { rule, ...diagnosticJson(finding), tools: about };
      }),
      oddities: listWarnings(serverTools),
      lockWritten: lock.written,
    },
  };
}

/** Shows people: the worst first, the sum last. */
export async function printComparison(comparison: Comparison): Promise<void> {
  const { texts, serverTools, lock, warnings, findings } = comparison;
  const every = [...warnings, ...findings];
  const healthy = every.every(({ severity }) => severity === 'info');
  const shown = healthy ? [...warnings, ...findings.filter((each) => !isUsual(each))] : every;
  const all = SEVERITIES.flatMap((severity) => shown.filter((each) => each.severity === severity));
  await printDiagnostics(all.slice(0, MOST_SHOWN), texts, true);
  if (all.length > MOST_SHOWN) printNote(`there are ${all.length - MOST_SHOWN} more; see all with --json`);
  for (const oddity of listWarnings(serverTools).slice(0, MOST_SHOWN)) printNote(visible(oddity));
  if (lock.written) printNote(writtenText(lock));
  printNote(summary(comparison, all));
}

/** What a preset does with tools that no entry names is no news where all is well; programs get it in any case. */
function isUsual({ rule, severity, place }: Finding): boolean {
  return rule === 'unnamed-tool' && severity === 'info' && place.line === undefined;
}

/** Without those about single tools, which are findings. */
function listWarnings({ warnings, tools }: ServerTools): string[] {
  const found = new Set(tools.flatMap(({ oddities }) => oddities));
  return warnings.filter((warning) => !found.has(warning));
}

/** Whoever writes the lock says that all is well, and should know of what. */
function writtenText({ file, findings }: LockUse): string {
  const written = `${visible(displayPath(file))} was written`;
  const twice = findings.flatMap(({ rule, tools = [] }) => (rule === 'suspicious-tool' ? tools : []));
  if (twice.length === 0) return written;
  return `${written} as the server is now; look twice at ${nameList([...new Set(twice)])}`;
}

function summary({ policy, serverTools, lock }: Comparison, all: readonly Diagnostic[]): string {
  const { layers } = policy;
  const { id, name, tools } = serverTools;
  const sum = (severity: Severity) => all.filter((each) => each.severity === severity).length;
  const [errors, warnings] = [sum('error'), sum('warning')];
  const files = layers.map(({ source }) => visible(source)).join(' and ');
  const server = visible(id || name || 'the server');
  const against = `${files} against the ${counted(tools.length, 'tool')} of ${server}`;
  const isAccepting = lock.written && lock.findings.length > 0;
  if (errors + warnings === 0) return `${against}: nothing ${isAccepting ? 'else ' : ''}is wrong`;
  return `${against}: ${[errors && counted(errors, 'error'), warnings && counted(warnings, 'warning')].filter(Boolean).join(' and ')}`;
}
