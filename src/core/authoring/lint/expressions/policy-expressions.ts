import type { Layer, LimitRule, Rule, Section } from '../../../policy/compile/policy.js';
import type { Expected, Expression } from '../../../policy/conditions/expression.js';
import type { Origin } from '../../../text/origin.js';
import type { ReachableRule } from '../reachable-rules.js';
import { isBuiltIn, isForServer, type KnownTool, type LintSubject } from '../subject.js';
import { type ArgumentUses, argumentUses } from './argument-uses.js';

/** An expression of the policy, and the tools with whose arguments it is evaluated. */
export interface PolicyExpression extends ArgumentUses {
  source: string;
  expected: Expected;
  role: 'condition' | 'key' | 'sum';
  origin: Origin;
  tools: readonly KnownTool[];
  /** See `isMeant`. */
  isMeant: boolean;
  /** What it means when it fails. */
  failing: string;
}

/** All that read arguments of tools which the server has. */
export function policyExpressions(reach: ReachableRule, subject: LintSubject): PolicyExpression[] {
  const { expressions, policy, tools } = subject;
  if (expressions === undefined) return [];
  return policy.layers
    .flatMap((layer) =>
      [
        ...layer.sections.flatMap(({ limits }) => limits.flatMap((limit) => ofLimit(limit, tools))),
        ...rulesOf(layer).flatMap((rule) => ofRule(rule, reach.get(rule) ?? [])),
      ].map((written) => ({ ...written, isMeant: isForServer(written.origin, layer, subject) })),
    )
    .filter(({ origin, tools: about }) => about.length > 0 && !isBuiltIn(origin))
    .map((written) => ({ ...written, ...argumentUses(expressions.parse(written.source)) }))
    .filter(({ uses, toolComparisons }) => uses.length + toolComparisons.length > 0);
}

type Written = Omit<PolicyExpression, keyof ArgumentUses | 'isMeant'>;

function rulesOf({ sections }: Layer): Rule[] {
  return sections.flatMap(({ tools, categories, default: rules = [] }: Section) => [
    ...[...tools.exact.values(), ...tools.globs].flatMap((entry) => entry.rules),
    ...[...categories.values()].flat(),
    ...rules,
  ]);
}

function ofRule({ when, action, origin, limits }: Rule, tools: readonly KnownTool[]): Written[] {
  const failing = `a condition that fails is taken as ${action !== 'allow'}`;
  const condition = when && written(when, 'condition', origin, { tools, failing });
  return [...(condition ? [condition] : []), ...limits.flatMap((limit) => ofLimit(limit, tools))];
}

function ofLimit({ key, sum, origin }: LimitRule, tools: readonly KnownTool[]): Written[] {
  const about = { tools, failing: 'a call that cannot be counted is refused' };
  return [
    ...(key ? [written(key, 'key', origin, about)] : []),
    ...(sum ? [written(sum, 'sum', origin, about)] : []),
  ];
}

const EXPECTED = { condition: 'bool', key: 'any', sum: 'number' } as const;
const KEYS = { condition: 'when', key: 'key', sum: 'sum' } as const;

function written(
  { source }: Expression,
  role: PolicyExpression['role'],
  origin: Origin,
  about: Pick<PolicyExpression, 'tools' | 'failing'>,
): Written {
  const pointer = `${origin.pointer}/${KEYS[role]}`;
  return { source, expected: EXPECTED[role], role, origin: { ...origin, pointer }, ...about };
}
