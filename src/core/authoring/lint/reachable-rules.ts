import type { Layer, Policy, Rule } from '../../policy/compile/policy.js';
import { isCertain, type ResolutionStep, resolve, stepsOf } from '../../policy/decide/resolve.js';
import type { KnownTool } from './subject.js';

/** Which rules can decide about which tools. */
export type ReachableRule = ReadonlyMap<Rule, readonly KnownTool[]>;

/** Looks every tool up as a call would be. A rule after one that always applies is not reached. */
export function reachableRules({ layers }: Policy, tools: readonly KnownTool[]): ReachableRule {
  const reach = new Map<Rule, KnownTool[]>();
  for (const layer of layers)
    for (const tool of tools)
      for (const rule of reachedRules(layer, tool)) {
        const found = reach.get(rule);
        if (found) found.push(tool);
        else reach.set(rule, [tool]);
      }
  return reach;
}

/** What is looked at for a tool in one layer, up to what always applies. A lookalike of a restricted name is refused before that. */
export function reachedSteps(layer: Layer, tool: KnownTool): readonly ResolutionStep[] {
  if (resolve(layer, 'tool', tool.name).lookalike) return [];
  const steps = stepsOf(layer, tool);
  const end = steps.findIndex(({ rules }) => rules.some(isCertain));
  return end < 0 ? steps : steps.slice(0, end + 1);
}

function reachedRules(layer: Layer, tool: KnownTool): Rule[] {
  return reachedSteps(layer, tool).flatMap(({ rules }) => rules);
}
