import type { ExpressionReader } from '../condition.js';
import { isStricter } from '../decide.js';
import type { Rule } from '../policy.js';
import type { ResolutionStep } from '../resolve.js';
import type { Expr } from './argument-path.js';
import type { Finding, Severity } from './finding.js';
import { implies } from './implies.js';
import { type Reach, reachedSteps } from './reach.js';
import { isBuiltIn, isMeant, type LintSubject } from './subject.js';

/**
 * Rules that decide about no tool, because a stricter one applies whenever they do: beside them, or in another entry that is as
 * close. Those beside a rule that always applies are found without the tools, in `idle`.
 */
export function overruled(reach: Reach, subject: LintSubject): Finding[] {
  const whenever = new Whenever(subject.expressions);
  return subject.policy.layers.flatMap((layer) =>
    [...new Set(subject.tools.flatMap((tool) => reachedSteps(layer, tool).flatMap(({ rules }) => rules)))]
      .filter(({ origin }) => !isBuiltIn(origin))
      .flatMap((rule) => {
        const [tool, ...others] = reach.get(rule) ?? [];
        const first = tool && overruling(rule, reachedSteps(layer, tool), whenever);
        if (first === undefined || isSeenAnyway(rule, first)) return [];
        if (!others.every((other) => overruling(rule, reachedSteps(layer, other), whenever))) return [];
        const isSure = isOneEntry(rule, first) || isMeant(rule.origin, layer, subject);
        return [finding(rule, first, isSure ? 'warning' : 'info')];
      }),
  );
}

function overruling(rule: Rule, steps: readonly ResolutionStep[], whenever: Whenever): Rule | undefined {
  const beside = steps.find(({ rules }) => rules.includes(rule))?.rules ?? [];
  return beside.find(
    (other) => isStricter(other.action, rule.action) && !counts(rule, other) && whenever.holds(rule, other),
  );
}

/** A rule whose limits count decides as well, unless every call is refused that they would count. */
function counts(rule: Rule, { action }: Rule): boolean {
  const refuses = action === 'deny' || action === 'hide';
  return !refuses && (rule.limits.length > 0 || rule.timeout !== undefined);
}

/** Whether one rule applies whenever another does. Both are asked about for each of their tools. */
class Whenever {
  readonly #parsed = new Map<string, Expr>();
  readonly #known = new Map<string, boolean>();

  constructor(private readonly expressions: LintSubject['expressions']) {}

  holds({ when }: Rule, { when: other }: Rule): boolean {
    if (other === undefined) return true;
    if (when === undefined || this.expressions === undefined) return false;
    const key = `${when.source}\0${other.source}`;
    const known = this.#known.get(key) ?? implies(this.#parse(when.source), this.#parse(other.source));
    this.#known.set(key, known);
    return known;
  }

  #parse(source: string): Expr {
    const parsed = this.#parsed.get(source) ?? (this.expressions as ExpressionReader).parse(source);
    this.#parsed.set(source, parsed);
    return parsed;
  }
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
