import type { Entry, EntryTable, Layer, LimitRule, Policy, Rule, Section } from '../compile/policy.js';
import type { Expression } from '../conditions/expression.js';

const made = new WeakMap<Policy, Policy>();

/** The policy as it judges calls to which no condition applies: limits stand, whatever they count. For looking at, not for judging. */
export function withoutArguments(policy: Policy): Policy {
  const known = made.get(policy);
  if (known) return known;
  const neutral = { ...policy, layers: policy.layers.map(layerOf) };
  made.set(policy, neutral);
  return neutral;
}

function layerOf(layer: Layer): Layer {
  return { ...layer, sections: layer.sections.map(sectionOf) };
}

function sectionOf(section: Section): Section {
  return {
    ...section,
    tools: tableOf(section.tools),
    categories: new Map([...section.categories].map(([category, rules]) => [category, rules.map(ruleOf)])),
    default: section.default?.map(ruleOf),
    limits: section.limits.map(limitOf),
  };
}

function tableOf({ exact, globs, restricting }: EntryTable): EntryTable {
  return {
    exact: new Map([...exact].map(([name, entry]) => [name, entryOf(entry)])),
    globs: globs.map(entryOf),
    restricting: restricting.map(({ folded, entry }) => ({ folded, entry: entryOf(entry) })),
  };
}

function entryOf(entry: Entry): Entry {
  return { ...entry, rules: entry.rules.map(ruleOf) };
}

function ruleOf(rule: Rule): Rule {
  return { ...rule, when: rule.when && always(rule.when, false), limits: rule.limits.map(limitOf) };
}

function limitOf(limit: LimitRule): LimitRule {
  return { ...limit, key: limit.key && always(limit.key, ''), sum: limit.sum && always(limit.sum, 0) };
}

function always({ source }: Expression, value: unknown): Expression {
  return { source, evaluate: () => ({ value }) };
}
