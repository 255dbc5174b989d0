import { compare, type Decimal } from '../../../limits/decimal.js';
import type { Limit } from '../../../limits/limit.js';
import type { Layer, LimitRule, Rule, Section } from '../../../policy/compile/policy.js';
import { formatDuration } from '../../../text/duration.js';
import type { Finding } from '../finding.js';
import type { ReachableRule } from '../reachable-rules.js';
import { isBuiltIn, type LintSubject } from '../subject.js';

/**
 * Limits that no call can ever meet, because one that counts the same calls has no room before. Only limits of one
 * file are a warning: files are written apart, and each is to hold without the other.
 */
export function looseLimits(reach: ReachableRule, { policy, general }: LintSubject): Finding[] {
  const everyCall = policy.layers.flatMap((layer) =>
    layer.mode === 'observe' ? [] : layer.sections.flatMap(({ limits }) => limits),
  );
  return policy.layers.flatMap((layer) =>
    counted(layer, reach).flatMap(({ limit, beside }) => {
      const enforced = layer.mode === 'observe' ? [] : beside;
      const tighter = [...everyCall, ...enforced].find((other) => isBelow(other, limit));
      return tighter && !isBuiltIn(limit.origin) ? [finding(limit, tighter, layer, general)] : [];
    }),
  );
}

interface Counted {
  limit: LimitRule;
  /** What counts whenever it does. */
  beside: readonly LimitRule[];
}

/** The limits of a layer that count for some tool. */
function counted(layer: Layer, reach: ReachableRule): Counted[] {
  return layer.sections.flatMap((section) => [
    ...section.limits.map((limit) => ({ limit, beside: [] })),
    ...rulesTogether(section).flatMap((rules) => rules.flatMap((rule) => inRule(rule, rules, reach))),
  ]);
}

function rulesTogether({ tools, categories, default: rules = [] }: Section): (readonly Rule[])[] {
  const entries = [...tools.exact.values(), ...tools.globs].map((entry) => entry.rules);
  return [...entries, ...categories.values(), rules];
}

function inRule(rule: Rule, together: readonly Rule[], reach: ReachableRule): Counted[] {
  if (!reach.has(rule)) return [];
  const always = together.filter((other) => other === rule || other.when === undefined);
  const beside = always.flatMap(({ limits }) => limits);
  return rule.limits.map((limit) => ({ limit, beside }));
}

/** Whether `other` has no room whenever `limit` has none. Of two that are alike the later one is idle. */
function isBelow(other: LimitRule, limit: LimitRule): boolean {
  if (other === limit || !countsAll(other, limit)) return false;
  const isSame = counts(limit.limit, other.limit) && counts(other.limit, limit.limit);
  if (isSame && countsAll(limit, other) && standsBefore(limit, other)) return false;
  return counts(other.limit, limit.limit);
}

function countsAll(other: LimitRule, limit: LimitRule): boolean {
  return (
    (other.key === undefined || other.key.source === limit.key?.source) &&
    other.sum?.source === limit.sum?.source
  );
}

/**
 * Whether one limit keeps another from ever being met. A window holds the admissions of as many windows of the tighter
 * limit as it takes to cover it.
 */
function counts(tighter: Limit, looser: Limit): boolean {
  if (tighter.kind === 'concurrency') return looser.kind === 'concurrency' && looser.max >= tighter.max;
  if (looser.kind === 'concurrency' || tighter.kind === 'repeat') return false;
  const times = Math.ceil(looser.window / tighter.window);
  if (!Number.isSafeInteger(times)) return false;
  if (tighter.kind === 'rate') return looser.kind !== 'budget' && looser.max >= tighter.max * times;
  return looser.kind === 'budget' && compare(looser.max, multiplied(tighter.max, times)) >= 0;
}

function multiplied({ digits, scale }: Decimal, times: number): Decimal {
  return { digits: digits * BigInt(times), scale };
}

function standsBefore({ origin: one }: LimitRule, { origin: other }: LimitRule): boolean {
  return (one.line ?? 0) - (other.line ?? 0) < 0 || (one.line === other.line && one.pointer < other.pointer);
}

function finding(limit: LimitRule, tighter: LimitRule, layer: Layer, general: ReadonlySet<string>): Finding {
  const { origin } = limit;
  const isOneFile = origin.source === tighter.origin.source && origin.source === layer.source;
  return {
    rule: 'unreachable-limit',
    severity: isOneFile && !general.has(origin.source) ? 'warning' : 'info',
    place: origin,
    message: `this limit${words(limit.limit)} is never reached, because ${tighter.origin.pointer}${words(tighter.limit)} limits the same calls and is reached first`,
    help: 'make it the tighter one, or leave this one out',
  };
}

function words(limit: Limit): string {
  switch (limit.kind) {
    case 'concurrency':
      return ` (${limit.max} at a time)`;
    case 'budget':
      return '';
    default:
      return ` (${limit.max} per ${formatDuration(limit.window)})`;
  }
}
