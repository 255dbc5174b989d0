import { type Finding, inOrder } from './finding.js';
import { looseLimits } from './loose-limits.js';
import { milderThanItLooks } from './milder.js';
import { noSuchArgument } from './no-such-argument.js';
import { noSuchTool } from './no-such-tool.js';
import { noSuchToolCompared } from './no-such-tool-compared.js';
import { overruled } from './overruled.js';
import { policyExpressions } from './policy-expressions.js';
import { noSuchServer, unknownInTests } from './policy-tests.js';
import { reachOf } from './reach.js';
import { emptyCategories, shadowedEntries } from './shadowed.js';
import type { LintSubject } from './subject.js';
import { unnamedTools } from './unnamed-tools.js';
import { wrongType } from './wrong-type.js';
import { wrongValue } from './wrong-value.js';

/** Compares a policy with the tools of a server. Pure: the same policy and tools give the same findings. */
export function lint(subject: LintSubject): Finding[] {
  const reach = reachOf(subject.policy, subject.tools);
  const expressions = policyExpressions(reach, subject);
  return inOrder([
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
    ...overruled(reach, subject),
    ...looseLimits(reach, subject),
    ...emptyCategories(subject),
    ...unnamedTools(subject),
    ...milderThanItLooks(subject),
  ]);
}
