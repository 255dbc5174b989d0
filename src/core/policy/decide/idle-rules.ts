import type { Origin } from '../../text/origin.js';
import type { Entry, Policy, Rule, Section } from '../compile/policy.js';
import type { Diagnostic } from '../document/diagnostic.js';
import { isStricter } from './verdicts.js';

/** Warns of rules, and of parts of rules, that never matter. They are allowed, but nobody writes them on purpose. */
export function idleRules(policy: Policy): Diagnostic[] {
  return policy.layers.flatMap(({ sections }) => sections.flatMap(idleInSection));
}

function idleInSection({
  tools,
  resources,
  prompts,
  methods,
  categories,
  default: rules = [],
}: Section): Diagnostic[] {
  const entries = [tools, resources, prompts, methods]
    .flatMap(({ exact, globs }) => [...exact.values(), ...globs])
    .map((entry: Entry) => entry.rules);
  return [...entries, ...categories.values(), rules].flatMap(idleInEntry);
}

function idleInEntry(rules: readonly Rule[]): Diagnostic[] {
  return rules.flatMap((rule, at) =>
    saysNothing(rule)
      ? [nothing(rule)]
      : [...(overruled(rule, rules) ?? repeated(rule, rules.slice(0, at))), ...withoutEffect(rule)],
  );
}

/** `{}`, or a reason alone: without an action and a limit, a rule changes nothing. */
function saysNothing({ action, limits, setsRepeat, timeout }: Rule): boolean {
  return action === undefined && limits.length === 0 && !setsRepeat && timeout === undefined;
}

function nothing({ origin, reason }: Rule): Diagnostic {
  const what = reason === undefined ? 'this rule says nothing' : 'this reason is never shown';
  const message = `${what}, because it has no action and no limit: what would hold without it decides`;
  return warning(origin, message, 'write the `action` or the limit that is meant');
}

/** A rule beside one that applies whenever it does and is stricter decides nothing. */
function overruled(rule: Rule, others: readonly Rule[]): Diagnostic[] | undefined {
  const stricter = others.find(
    (other) => (other.when === undefined || isSameCondition(other, rule)) && overrules(other, rule),
  );
  const refuses = stricter?.action === 'deny' || stricter?.action === 'hide';
  const counts = rule.limits.length > 0 || rule.setsRepeat || rule.timeout !== undefined;
  if (stricter === undefined || (!refuses && counts)) return undefined;
  const applies = stricter.when === undefined ? 'always applies' : 'has the same condition';
  const message = `this rule never decides, because ${stricter.origin.pointer} ${applies} and is stricter (${stricter.action})`;
  return [warning(rule.origin, message, 'leave this one out, or write when the stricter one is to apply')];
}

/** A rule that is written twice. */
function repeated(rule: Rule, earlier: readonly Rule[]): Diagnostic[] {
  const { action, when, reason, limits, setsRepeat, timeout, origin } = rule;
  if (limits.length > 0 || setsRepeat || timeout !== undefined) return [];
  const same = earlier.find(
    (other) =>
      other.action === action &&
      other.reason === reason &&
      (when === undefined ? other.when === undefined : isSameCondition(other, rule)),
  );
  if (same === undefined) return [];
  const message = `this rule says the same as ${same.origin.pointer}`;
  return [warning(origin, message, 'leave this one out, or write what is meant')];
}

function isSameCondition({ when }: Rule, { when: other }: Rule): boolean {
  return when !== undefined && when.source.trim() === other?.source.trim();
}

function overrules({ action }: Rule, rule: Rule): boolean {
  return action !== undefined && isStricter(action, rule.action ?? 'allow');
}

function withoutEffect({ action, when, limits, reason, origin }: Rule): Diagnostic[] {
  const idle: Diagnostic[] = [];
  const refuses = action === 'deny' || action === 'hide';
  if (when && /^\s*\(*\s*false\s*\)*\s*$/.test(when.source))
    idle.push(
      warning(
        origin,
        'this rule never applies, because its condition is always `false`',
        'write when it is to apply',
      ),
    );
  for (const limit of refuses ? limits : []) {
    const message = `this limit never counts a call, because ${action} refuses every one`;
    idle.push(warning(limit.origin, message, 'write it where calls may pass'));
  }
  if (reason !== undefined && (action === undefined || action === 'allow' || action === 'hide')) {
    const why = action === undefined ? 'there is no action' : `the action is ${action}`;
    idle.push(warning(origin, `this reason is never shown, because ${why}`, 'write it as a comment'));
  }
  return idle;
}

function warning(place: Origin, message: string, help: string): Diagnostic {
  return { severity: 'warning', message, help, place };
}
