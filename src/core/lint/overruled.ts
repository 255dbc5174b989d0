import { isStricter } from '../decide.js';
import type { Layer, Rule } from '../policy.js';
import type { Finding, Severity } from './finding.js';
import { implies } from './implies.js';
import { type Reach, reachedSteps } from './reach.js';
import { isBuiltIn, isMeant, type LintSubject } from './subject.js';

/**
 * Rules that decide about no tool, because a stricter one applies whenever they do: beside them, or in another entry that is as
 * close. Those beside a rule that always applies are found without the tools, in `idle`.
 */
export function overruled(reach: Reach, subject: LintSubject): Finding[] {
  return subject.policy.layers.flatMap((layer) =>
    [...new Set(subject.tools.flatMap((tool) => reachedSteps(layer, tool).flatMap(({ rules }) => rules)))]
      .filter(({ origin }) => !isBuiltIn(origin))
      .flatMap((rule) => {
        const stricter = (reach.get(rule) ?? []).map((tool) => overruling(rule, layer, tool, subject));
        const [first] = stricter;
        if (first === undefined || stricter.some((each) => each === undefined) || isSeenAnyway(rule, first))
          return [];
        const isSure = isOneEntry(rule, first) || isMeant(rule.origin, layer, subject);
        return [finding(rule, first, isSure ? 'warning' : 'info')];
      }),
  );
}

function overruling(
  rule: Rule,
  layer: Layer,
  tool: LintSubject['tools'][number],
  subject: LintSubject,
): Rule | undefined {
  const beside = reachedSteps(layer, tool).find(({ rules }) => rules.includes(rule))?.rules ?? [];
  return beside.find(
    (other) =>
      isStricter(other.action, rule.action) && !counts(rule, other) && whenever(rule, other, subject),
  );
}

/** A rule whose limits count decides as well, unless every call is refused that they would count. */
function counts(rule: Rule, { action }: Rule): boolean {
  const refuses = action === 'deny' || action === 'hide';
  return !refuses && (rule.limits.length > 0 || rule.timeout !== undefined);
}

function whenever({ when }: Rule, { when: other }: Rule, { expressions }: LintSubject): boolean {
  if (other === undefined) return true;
  if (when === undefined || expressions === undefined) return false;
  return (
    when.source === other.source || implies(expressions.parse(when.source), expressions.parse(other.source))
  );
}

function isSeenAnyway(rule: Rule, other: Rule): boolean {
  return other.when === undefined && isOneEntry(rule, other);
}

function isOneEntry({ origin }: Rule, { origin: other }: Rule): boolean {
  const entryOf = (pointer: string) => pointer.replace(/\/\d+$/, '');
  return entryOf(origin.pointer) === entryOf(other.pointer);
}

function finding({ origin }: Rule, stricter: Rule, severity: Severity): Finding {
  return {
    rule: 'overruled-rule',
    severity,
    origin,
    message: `this rule never decides, because ${stricter.origin.pointer} applies whenever it does and is stricter (${stricter.action})`,
    help: 'remove one of the two, or change what they are about',
  };
}
