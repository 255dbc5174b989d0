import { sortDiagnostics } from '../../policy/document/diagnostic.js';
import { placed } from '../../policy/document/lookup.js';
import { noSuchArgument } from './expressions/no-such-argument.js';
import { noSuchToolCompared } from './expressions/no-such-tool-compared.js';
import { policyExpressions } from './expressions/policy-expressions.js';
import { wrongType } from './expressions/wrong-type.js';
import { wrongValue } from './expressions/wrong-value.js';
import type { Finding } from './finding.js';
import { reachableRules } from './reachable-rules.js';
import { looseLimits } from './rules/loose-limits.js';
import { milderCategory } from './rules/milder-category.js';
import { noSuchTool } from './rules/no-such-tool.js';
import { overruledRules } from './rules/overruled-rules.js';
import { noSuchServer, unknownInTests } from './rules/policy-tests.js';
import { emptyCategories, shadowedEntries } from './rules/shadowed-entries.js';
import { unnamedTools } from './rules/unnamed-tools.js';
import type { LintSubject } from './subject.js';

/** Compares a policy with the tools of a server. Pure: the same policy and tools give the same findings. */
export function lint(subject: LintSubject): Finding[] {
  const reach = reachableRules(subject.policy, subject.tools);
  const expressions = policyExpressions(reach, subject);
  const findings: Finding[] = [
    ...noSuchServer(subject),
    ...noSuchTool(subject),
    ...unknownInTests(subject),
    ...expressions.flatMap((expression) => [
      ...noSuchArgument(expression, subject),
      ...wrongType(expression, subject),
      ...wrongValue(expression),
      ...noSuchToolCompared(expression, subject),
    ]),
    ...shadowedEntries(reach, subject),
    ...overruledRules(reach, subject),
    ...looseLimits(reach, subject),
    ...emptyCategories(subject),
    ...unnamedTools(subject),
    ...milderCategory(subject),
  ];
  const documents = subject.chains.flat();
  return sortDiagnostics(findings.map((finding) => placed(finding, documents)));
}
