import { decide } from './decide.js';
import type { Action } from './document.js';
import type { Origin, Policy, Rule } from './policy.js';
import { resolve } from './resolve.js';
import { sampleCall } from './sample-call.js';
import { rule } from './settle.js';

/** What a policy does with a tool, before it is known what it is called with. */
export interface Outlook {
  /** What happens to a call to which no condition applies. */
  action: Action;
  rule: Origin | undefined;
  reason: string | undefined;
  /** In words: `10 calls per 60 s`. */
  limits: string[];
  /** What may happen instead, by the arguments: the rules that have conditions, as they are written. */
  conditions: { when: string; action: Action; rule: Origin }[];
}

/** Says what a policy does with a tool, for people who look at all tools at once. */
export function outlook(policy: Policy, name: string): Outlook {
  const call = sampleCall({ kind: 'tool', name, argumentsText: '{}', server: policy.server, now: 0 });
  const { action, rule: origin, reason, charges } = rule(decide(policy, call));
  return {
    action,
    rule: origin,
    reason,
    limits: charges.map(({ describe }) => describe),
    conditions: policy.layers.flatMap((layer) =>
      resolve(layer, 'tool', name)
        .steps.filter(({ how }) => how === 'entry')
        .flatMap(({ rules }) => rules.flatMap(conditionOf)),
    ),
  };
}

function conditionOf({ when, action, origin }: Rule): Outlook['conditions'] {
  return when ? [{ when: when.source, action, rule: origin }] : [];
}
