import type { Layer, Rule } from '../../../policy/compile/policy.js';
import type { ExpressionReader } from '../../../policy/conditions/cel.js';
import type { Expr } from '../../../policy/conditions/syntax.js';
import { isStricter } from '../../../policy/decide/verdicts.js';
import type { Severity } from '../../../policy/document/diagnostic.js';
import { implies } from '../expressions/implies.js';
import type { Finding } from '../finding.js';
import { type ReachableRule, reachedSteps } from '../reachable-rules.js';
import { isBuiltIn, isForServer, type KnownTool, type LintSubject } from '../subject.js';

/**
 * Rules that decide about no tool, because a stricter one applies whenever they do: beside them, or in another entry that is as
 * close. Those beside a rule that always applies, or has the same condition, are found without the tools, by `idleRules`.
 */
export function overruledRules(reach: ReachableRule, subject: LintSubject): Finding[] {
  const whenever = new Whenever(subject.expressions);
  return subject.policy.layers.flatMap((layer) =>
    [...new Set(subject.tools.flatMap((tool) => reachedSteps(layer, tool).flatMap(({ rules }) => rules)))]
      .filter(({ origin }) => !isBuiltIn(origin))
      .flatMap((rule) => {
        const [first, ...others] = (reach.get(rule) ?? []).map((tool) => beside(rule, layer, tool));
        const stricter = first && overruling(rule, first, whenever);
        if (stricter === undefined || isSeenAnyway(rule, stricter)) return [];
        if (!others.every((other) => other.includes(stricter) || overruling(rule, other, whenever)))
          return [];
        const isSure = isOneEntry(rule, stricter) || isForServer(rule.origin, layer, subject);
        return [finding(rule, stricter, isSure ? 'warning' : 'info')];
      }),
  );
}

/** What is looked at together with a rule. */
function beside(rule: Rule, layer: Layer, tool: KnownTool): readonly Rule[] {
  return reachedSteps(layer, tool).find(({ rules }) => rules.includes(rule))?.rules ?? [];
}

function overruling(rule: Rule, others: readonly Rule[], whenever: Whenever): Rule | undefined {
  return others.find(
    (other) => isOverruled(rule, other) && !counts(rule, other) && whenever.holds(rule, other),
  );
}

function isOverruled({ action }: Rule, { action: other }: Rule): boolean {
  return other !== undefined && (action === undefined || isStricter(other, action));
}

/** A rule whose limits count decides as well, unless every call is refused that they would count. */
function counts(rule: Rule, { action }: Rule): boolean {
  const refuses = action === 'deny' || action === 'hide';
  return !refuses && (rule.limits.length > 0 || rule.setsRepeat || rule.timeout !== undefined);
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
  const isKnown = other.when === undefined || other.when.source.trim() === rule.when?.source.trim();
  return isKnown && isOneEntry(rule, other);
}

function isOneEntry({ origin }: Rule, { origin: other }: Rule): boolean {
  const entryOf = (pointer: string) => pointer.replace(/\/\d+$/, '');
  return entryOf(origin.pointer) === entryOf(other.pointer);
}

function finding({ origin }: Rule, stricter: Rule, severity: Severity): Finding {
  return {
    rule: 'overruled-rule',
    severity,
    place: origin,
    message: `this rule never decides, because ${stricter.origin.pointer} applies whenever it does and is stricter (${stricter.action})`,
    help: 'leave this one out, or write when the stricter one is to apply',
  };
}
