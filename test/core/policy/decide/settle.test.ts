import { describe, expect, it } from 'vitest';
import type { Taken } from '../../../../src/core/limits/limit.js';
import type { Policy } from '../../../../src/core/policy/compile/policy.js';
import type { Approval } from '../../../../src/core/policy/decide/approval.js';
import { decide } from '../../../../src/core/policy/decide/decide.js';
import { type Answers, combine, type Ruling, settle } from '../../../../src/core/policy/decide/settle.js';
import type { Action, Mode } from '../../../../src/core/policy/document/document.js';
import { rate } from '../../limits/charges.js';
import { callOf, chainOf, policyOf } from '../policies.js';

const CHARGE = rate(1, 1_000);
const YES: Approval = { approved: true, via: 'elicitation', how: 'approved' };
const NO: Approval = { approved: false, via: 'elicitation', how: 'declined', reason: 'not today' };
const TAKEN: Taken = { ok: true, over: [CHARGE], release: () => {}, undo: () => {} };
const OVER: Taken = { ok: false, charge: CHARGE, retryAfterMs: 5 };

function ruling(action: Action, more: Partial<Ruling> = {}): Ruling {
  return {
    action,
    rule: undefined,
    reason: 'why',
    charges: [],
    timeout: undefined,
    observed: undefined,
    ...more,
  };
}

describe('settle', () => {
  it.each<[string, Ruling, Answers, object]>([
    ['an allowed call goes', ruling('allow'), {}, { next: 'forward', over: [] }],
    ['an allowed call with limits takes them', ruling('allow', { charges: [CHARGE] }), {}, { next: 'take' }],
    [
      'a call whose limits were taken goes',
      ruling('allow', { charges: [CHARGE] }),
      { taken: TAKEN },
      { next: 'forward', over: [CHARGE] },
    ],
    [
      'a call over a limit is refused',
      ruling('allow', { charges: [CHARGE] }),
      { taken: OVER },
      { next: 'refuse', refusal: { action: 'limited' } },
    ],
    [
      'a denied call is refused',
      ruling('deny'),
      {},
      { next: 'refuse', refusal: { action: 'deny', reason: 'why' } },
    ],
    ['a hidden call is refused', ruling('hide'), {}, { next: 'refuse', refusal: { action: 'hide' } }],
    [
      'a yes does not help a denied call',
      ruling('deny'),
      { approval: YES, taken: TAKEN },
      { next: 'refuse' },
    ],
    ['a call that needs a person asks', ruling('require_approval'), {}, { next: 'ask' }],
    ['it asks before it takes', ruling('require_approval', { charges: [CHARGE] }), {}, { next: 'ask' }],
    [
      'taken limits are no yes',
      ruling('require_approval', { charges: [CHARGE] }),
      { taken: TAKEN },
      { next: 'ask' },
    ],
    [
      'after a yes it takes',
      ruling('require_approval', { charges: [CHARGE] }),
      { approval: YES },
      { next: 'take' },
    ],
    [
      'after a yes without limits it goes',
      ruling('require_approval'),
      { approval: YES },
      { next: 'forward' },
    ],
    [
      'after a yes it may be over a limit',
      ruling('require_approval', { charges: [CHARGE] }),
      { approval: YES, taken: OVER },
      { next: 'refuse', refusal: { action: 'limited' } },
    ],
    [
      'after a no it is refused',
      ruling('require_approval'),
      { approval: NO },
      { next: 'refuse', refusal: { action: 'require_approval', reason: 'not today', approval: NO } },
    ],
    [
      'a no without a reason gives that of the rule',
      ruling('require_approval'),
      { approval: { ...NO, reason: undefined } },
      { next: 'refuse', refusal: { reason: 'why' } },
    ],
    ['a no counts even where nobody had to be asked', ruling('allow'), { approval: NO }, { next: 'refuse' }],
  ])('%s', (_, given, answers, expected) => {
    expect(settle(given, answers)).toMatchObject(expected);
  });
});

describe('rule', () => {
  const layers = (...written: readonly (readonly [Action, Mode])[]): Policy =>
    policyOf(
      written.map(([action, mode]) => chainOf({ default: { action, reason: `${action} ${mode}` }, mode })),
    );

  it.each<[string, Policy, Action, string | undefined, Action | undefined]>([
    ['one layer', layers(['deny', 'enforce']), 'deny', 'deny enforce', undefined],
    [
      'the stricter of two',
      layers(['allow', 'enforce'], ['deny', 'enforce']),
      'deny',
      'deny enforce',
      undefined,
    ],
    [
      'the stricter of two, the other way round',
      layers(['deny', 'enforce'], ['allow', 'enforce']),
      'deny',
      'deny enforce',
      undefined,
    ],
    [
      'asking is stricter than allowing',
      layers(['allow', 'enforce'], ['require_approval', 'enforce']),
      'require_approval',
      'require_approval enforce',
      undefined,
    ],
    [
      'hiding is strictest',
      layers(['hide', 'enforce'], ['deny', 'enforce']),
      'hide',
      'hide enforce',
      undefined,
    ],
    ['observing refuses nothing', layers(['deny', 'observe']), 'allow', undefined, 'deny'],
    [
      'observing does not weaken the other layer',
      layers(['allow', 'observe'], ['deny', 'enforce']),
      'deny',
      'deny enforce',
      undefined,
    ],
    [
      'what would have been stricter is noted',
      layers(['hide', 'observe'], ['deny', 'enforce']),
      'deny',
      'deny enforce',
      'hide',
    ],
    [
      'what would have been the same is not',
      layers(['deny', 'observe'], ['deny', 'enforce']),
      'deny',
      'deny enforce',
      undefined,
    ],
    [
      'the strictest observed',
      layers(['deny', 'observe'], ['require_approval', 'observe']),
      'allow',
      undefined,
      'deny',
    ],
  ])('%s', (_, policy, action, reason, observed) => {
    const given = combine(decide(policy, callOf('x')));
    expect([given.action, given.reason, given.observed?.action]).toEqual([action, reason, observed]);
  });

  it('no policy at all refuses', () => {
    expect(combine(decide(policyOf([]), callOf('x'))).action).toBe('deny');
  });

  it('counts the limits of all layers, and marks those that are only observed', () => {
    const limit = (max: number) => ({ action: 'allow' as const, rate_limit: { max, window: 60 } });
    const policy = policyOf([
      chainOf({ default: limit(1), mode: 'observe' }),
      chainOf({ default: limit(2) }),
    ]);
    const { charges } = combine(decide(policy, callOf('x')));
    expect(charges.map(({ limit: { kind }, observe }) => [kind, observe])).toEqual([
      ['rate', true],
      ['rate', false],
    ]);
  });

  it.each<[string, Policy, number | undefined]>([
    ['no time-out', policyOf([chainOf({ default: 'allow' })]), undefined],
    ['of the rule', policyOf([chainOf({ default: { action: 'allow', timeout: '2s' } })]), 2_000],
    [
      'the shortest of rule and file',
      policyOf([chainOf({ timeout: 1, default: { action: 'allow', timeout: '2s' } })]),
      1_000,
    ],
    [
      'the shortest of two layers',
      policyOf([
        chainOf({ default: { action: 'allow', timeout: 3 } }),
        chainOf({ default: { action: 'allow', timeout: 2 } }),
      ]),
      2_000,
    ],
    [
      'not of a layer that observes',
      policyOf([
        chainOf({ mode: 'observe', default: { action: 'allow', timeout: 1 } }),
        chainOf({ default: { action: 'allow', timeout: 2 } }),
      ]),
      2_000,
    ],
  ])('time-out: %s', (_, policy, expected) => {
    expect(combine(decide(policy, callOf('x'))).timeout).toBe(expected);
  });
});
