import type { Origin } from '../../text/origin.js';
import type { Entry, Policy, Rule, Section } from '../compile/policy.js';
import { isStricter } from './decide.js';

/** A rule, or a part of one, that can never matter. */
export interface IdleRule {
  origin: Origin;
  message: string;
  help: string;
}

/** Finds rules that cannot matter whatever is called. They are allowed, but nobody writes them on purpose. */
export function idleRules(policy: Policy): IdleRule[] {
  return policy.layers.flatMap(({ sections }) => sections.flatMap(idleInSection));
}

function idleInSection({
  tools,
  resources,
  prompts,
  methods,
  categories,
  default: rules = [],
}: Section): IdleRule[] {
  const entries = [tools, resources, prompts, methods]
    .flatMap(({ exact, globs }) => [...exact.values(), ...globs])
    .map((entry: Entry) => entry.rules);
  return [...entries, ...categories.values(), rules].flatMap(idleInEntry);
}

function idleInEntry(rules: readonly Rule[]): IdleRule[] {
  const always = rules.filter(({ when }) => when === undefined);
  return rules.flatMap((rule) => [...overruled(rule, always), ...withoutEffect(rule)]);
}

/** A rule beside one that always applies and is stricter decides nothing. */
function overruled(rule: Rule, always: readonly Rule[]): IdleRule[] {
  const stricter = always.find((other) => other !== rule && isStricter(other.action, rule.action));
  const refuses = stricter?.action === 'deny' || stricter?.action === 'hide';
  const counts = rule.limits.length > 0 || rule.timeout !== undefined;
  if (stricter === undefined || (!refuses && counts)) return [];
  return [
    {
      origin: rule.origin,
      message: `this rule never decides, because ${stricter.origin.pointer} always applies and is stricter (${stricter.action})`,
      help: 'remove one of the two, or give the stricter one a `when`',
    },
  ];
}

function withoutEffect({ action, when, limits, reason, origin }: Rule): IdleRule[] {
  const idle: IdleRule[] = [];
  const refuses = action === 'deny' || action === 'hide';
  if (when && /^\s*\(*\s*false\s*\)*\s*$/.test(when.source)) {
    idle.push({
      origin,
      message: 'this rule never applies, because its condition is `false`',
      help: 'remove it',
    });
  }
  for (const limit of refuses ? limits : []) {
    idle.push({
      origin: limit.origin,
      message: `this limit never applies, because ${action} refuses every call`,
      help: `remove it, or use an action that lets calls pass`,
    });
  }
  if (reason !== undefined && (action === 'allow' || action === 'hide')) {
    idle.push({
      origin,
      message: `this reason is never shown, because the action is ${action}`,
      help: 'write it as a comment',
    });
  }
  return idle;
}
