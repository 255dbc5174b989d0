import type { Rule } from '../compile/policy.js';
import type { Failure } from '../conditions/expression.js';

/** A rule whose condition could not be evaluated for a call. */
export interface FailedRule {
  rule: Rule;
  failure: Failure;
}

/**
 * The reason of a refusal, with what could not be judged: of the rule that decided, which then applies although its own
 * reason may not, or of a rule that would have allowed the call. Names and types of arguments only.
 */
export function reasonWith(
  failed: readonly FailedRule[],
  decided: Rule,
  reason: string | undefined,
): string | undefined {
  const own = failed.find(({ rule }) => rule === decided);
  if (own) {
    const cause = `The condition of this rule cannot be judged, so it applies: ${causeIn(own)}.`;
    return reason === undefined ? cause : `${cause} ${reason}`;
  }
  const allowing = failed.find(({ rule }) => rule.action === 'allow');
  if (allowing === undefined) return reason;
  const cause = `The condition of a rule that may allow this call cannot be judged: ${causeIn(allowing)}.`;
  return reason === undefined ? cause : `${reason} ${cause}`;
}

/** Of rules that are equally strict, one whose condition is true says more than one whose condition failed. */
export function tellingOf(rules: readonly Rule[], failed: readonly FailedRule[]): Rule | undefined {
  return rules.find((rule) => !failed.some((each) => each.rule === rule)) ?? rules[0];
}

/** What is said to the agent, and written down. */
export function causeIn({ failure }: Pick<FailedRule, 'failure'>): string {
  return failure.cause ?? 'it cannot be evaluated for this call';
}
