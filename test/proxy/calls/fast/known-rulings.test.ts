import { describe, expect, it } from 'vitest';
import type { Call } from '../../../../src/core/policy/decide/call.js';
import type { Classification } from '../../../../src/core/tools/category.js';
import { classify } from '../../../../src/core/tools/classify/classify.js';
import { KnownRulings, rulingOf } from '../../../../src/proxy/calls/fast/known-rulings.js';
import { callOf, policyFrom, type Written } from '../../../core/policy/policies.js';

const times = (max: number) => ({ max, window: 60 });
const request = (name: string, args: object = {}) => ({ name, call: callOf(name, args), parts: [] });

const POLICIES: Readonly<Record<string, Written>> = {
  'names alone': { tools: { read_a: 'allow', '*': { action: 'deny', reason: 'No.' } } },
  categories: {
    default: 'deny',
    categories: { read: 'allow', write: { rate_limit: times(3), action: 'allow' } },
  },
  'an argument': { tools: { read_a: [{ when: 'args.n == 1', action: 'deny' }, 'allow'] } },
  'the number of the call': { tools: { '*': { when: 'session.calls < 1', action: 'allow' } } },
  'the category, by a condition': { tools: { '*': { when: 'tool.category == "read"', action: 'allow' } } },
  'the category that the policy says': {
    default: 'deny',
    categories: { read: 'allow' },
    tools: { delete_b: { category: 'read' } },
  },
  'a key of a limit': { tools: { '*': { action: 'allow', rate_limit: { ...times(3), key: 'args.n' } } } },
  'a budget': { tools: { '*': { action: 'allow', budget: { max: 10, window: 60, sum: 'args.n' } } } },
  'repeated calls': { default: 'allow', repeat: times(2) },
  'repeated calls beside other limits': {
    default: { action: 'allow', concurrency: 4, rate_limit: times(9) },
    repeat: times(2),
    tools: { read_a: { action: 'allow', timeout: 5 } },
  },
};

describe.each(Object.entries(POLICIES))('a policy that depends on %s', (_, written) => {
  const policy = policyFrom({ default: 'deny', ...written });

  it('says of each call what it says when it is asked anew', () => {
    const rulings = new KnownRulings();
    for (const args of [{ n: 1 }, { n: 2 }, {}, { n: 1 }])
      for (const name of ['read_a', 'delete_b', 'write_c'])
        expect(rulings.of(request(name, args), { policy, lists: 0 })).toEqual(
          rulingOf(policy, request(name, args)),
        );
  });
});

it.each([
  ['an entry', { default: 'deny', tools: { 'read_*': 'allow' } }],
  ['a limit', { default: 'deny', tools: { 'read_*': { action: 'allow', rate_limit: times(9) } } }],
  ['the category', { default: 'deny', categories: { read: 'allow' } }],
  [
    'the category that the policy says',
    { default: 'deny', categories: { read: 'allow' }, tools: { read_a: { category: 'read' } } },
  ],
  ['the default', { default: 'allow' }],
  ['a limit on repeated calls', { default: 'allow', repeat: times(9) }],
] satisfies [string, Written][])('decides by %s once, and looks no second time', (_, written) => {
  const rulings = new KnownRulings();
  const state = { policy: policyFrom(written), lists: 0 };
  expect(rulings.of(request('read_a'), state).action).toBe('allow');
  const unread = { kind: 'tool', name: 'read_a', identity: () => '' } as unknown as Call;
  expect(rulings.of({ name: 'read_a', call: unread, parts: [] }, state).action).toBe('allow');
});

describe('what is known of a tool is forgotten', () => {
  const deleting: Classification = classify({ name: 'x', description: 'Deletes everything, for good.' });
  const policy = policyFrom({ default: 'deny', categories: { read: 'allow', destructive: 'deny' } });
  const now = (name: string, classification: Classification) => ({
    ...request(name),
    call: { ...callOf(name), classification: () => classification },
  });

  it('when the client is told another list', () => {
    const rulings = new KnownRulings();
    expect(rulings.of(request('read_a'), { policy, lists: 0 }).action).toBe('allow');
    expect(rulings.of(now('read_a', deleting), { policy, lists: 1 }).action).toBe('deny');
  });

  it('when another policy comes into force', () => {
    const rulings = new KnownRulings();
    expect(rulings.of(request('read_a'), { policy, lists: 0 }).action).toBe('allow');
    const stricter = policyFrom({ default: 'deny', tools: { read_a: 'deny' } });
    expect(rulings.of(request('read_a'), { policy: stricter, lists: 0 }).action).toBe('deny');
  });
});

it('asks each time whether a tool looks worse than when somebody last looked', () => {
  const policy = policyFrom({
    default: 'deny',
    categories: { read: 'allow' },
    tools: { delete_b: { category: 'read' } },
  });
  const rulings = new KnownRulings();
  const of = (worsened: boolean) => {
    const call = { ...callOf('delete_b'), hasWorsened: () => worsened };
    return rulings.of({ name: 'delete_b', call, parts: [] }, { policy, lists: 0 }).action;
  };
  expect([of(false), of(true), of(false)]).toEqual(['allow', 'deny', 'allow']);
});
