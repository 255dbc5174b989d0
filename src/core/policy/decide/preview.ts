import type { Origin } from '../../text/origin.js';
import type { Policy, Rule } from '../compile/policy.js';
import type { Action, WrittenCategory } from '../document/document.js';
import type { Call } from './call.js';
import { decide } from './decide.js';
import { classifyName, isCertain, type ResolutionStep, resolve, stepsOf } from './resolve.js';
import { sampleCall } from './sample-call.js';
import { combine } from './settle.js';
import { withoutArguments } from './without-arguments.js';

/** What a policy does with a tool, before it is known what it is called with. */
export interface Preview {
  /** What happens to a call to which no condition applies. */
  action: Action;
  rule: Origin | undefined;
  reason: string | undefined;
  /** What a policy that only observes would have done, where that is stricter. */
  observed: Action | undefined;
  /** In words: `10 calls per 60 s`. */
  limits: string[];
  /** Whether one of them is on how often the same call may come. */
  limitsRepeats: boolean;
  /** What the policy says that the tool does, whatever it looks like. */
  category: WrittenCategory | undefined;
  /** What may happen instead, by the arguments: the rules that have conditions, as they are written. */
  conditions: { when: string; action: Action; rule: Origin }[];
}

/**
 * Says what a policy does with a tool, for people who look at all tools at once.
 * @param hasWorsened see `Call.hasWorsened`
 */
export function preview(
  policy: Policy,
  name: string,
  classification = classifyName(name),
  hasWorsened?: Call['hasWorsened'],
): Preview {
  const { server } = policy;
  const sample = sampleCall({ kind: 'tool', name, argumentsText: '{}', server, now: 0, classification });
  const call = { ...sample, ...(hasWorsened && { hasWorsened }) };
  const resolutions = policy.layers.map((layer) => resolve(layer, 'tool', name));
  const { action, rule: origin, reason, charges, observed } = combine(decide(withoutArguments(policy), call));
  return {
    action,
    rule: origin,
    reason,
    observed: observed?.action,
    limits: charges.map(({ describe }) => describe),
    limitsRepeats: charges.some(({ limit }) => limit.kind === 'repeat'),
    category: resolutions.map(({ category }) => category).find((category) => category !== undefined),
    conditions: policy.layers.flatMap((layer) => reachable(stepsOf(layer, call)).flatMap(conditionOf)),
  };
}

/** The rules up to the first that always decides: what is after it is not looked at. */
function reachable(steps: readonly ResolutionStep[]): Rule[] {
  const end = steps.findIndex(({ rules }) => rules.some(isCertain));
  return steps.slice(0, end < 0 ? undefined : end + 1).flatMap(({ rules }) => rules);
}

function conditionOf({ when, action, origin }: Rule): Preview['conditions'] {
  return when && action ? [{ when: when.source, action, rule: origin }] : [];
}
