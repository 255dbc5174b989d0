import { describe, expect, it } from 'vitest';
import type { CallKind } from '../../../../src/core/policy/decide/call.js';
import { decide, isHidden } from '../../../../src/core/policy/decide/decide.js';
import { isStricter } from '../../../../src/core/policy/decide/verdicts.js';
import type { Action } from '../../../../src/core/policy/document/document.js';
import { callOf, chainOf, policyFrom, policyOf, type Written } from '../policies.js';

function verdictOf(written: Written, name: string, args: object = {}) {
  const [verdict] = decide(policyFrom({ default: 'deny', ...written }), callOf(name, args)).verdicts;
  if (verdict === undefined) throw new Error('a layer has a verdict');
  return verdict;
}

/** The policy of the design. */
const CHARGES: Written = {
  tools: {
    create_charge: [
      { when: 'args.amount > 50000', action: 'deny', reason: 'Single charges are capped at $500.' },
      { when: 'args.amount > 10000', action: 'require_approval' },
      {
        action: 'allow',
        rate_limit: [
          { max: 5, window: '1h' },
          { max: 20, window: '1d' },
        ],
        budget: { sum: 'args.amount', max: 1_000_000, window: '1d' },
      },
    ],
  },
};

describe('an entry with several rules', () => {
  it.each<[object, Action, string | undefined, number]>([
    [{ amount: 5 }, 'allow', undefined, 3],
    [{ amount: 10_000 }, 'allow', undefined, 3],
    [{ amount: 10_001 }, 'require_approval', undefined, 3],
    [{ amount: 50_001 }, 'deny', 'Single charges are capped at $500.', 0],
    [
      {},
      'deny',
      expect.stringMatching(/^The condition .* 'amount' is missing\. Single charges are capped/),
      0,
    ],
    [{ amount: '5' }, 'deny', expect.stringContaining("'amount' is a string"), 0],
  ])('%j: %s', (args, action, reason, charges) => {
    const verdict = verdictOf(CHARGES, 'create_charge', args);
    expect([verdict.action, verdict.reason, verdict.charges.length]).toEqual([action, reason, charges]);
  });

  it('the reason is that of the strictest rule, or of another one that is as strict', () => {
    const reasonOf = (tools: Written['tools']) => verdictOf({ tools }, 'x').reason;
    expect(
      reasonOf({ x: ['deny', { action: 'deny', reason: 'b' }, { action: 'require_approval', reason: 'c' }] }),
    ).toBe('b');
    expect(
      reasonOf({
        x: [
          { action: 'deny', reason: 'a' },
          { action: 'deny', reason: 'b' },
        ],
      }),
    ).toBe('a');
    expect(reasonOf({ x: ['deny', { action: 'require_approval', reason: 'c' }] })).toBeUndefined();
  });

  it('the rule is the one that decided', () => {
    expect(verdictOf(CHARGES, 'create_charge', { amount: 60_000 }).rule).toMatchObject({
      pointer: '/tools/create_charge/0',
    });
    expect(verdictOf(CHARGES, 'create_charge', { amount: 1 }).rule).toMatchObject({
      pointer: '/tools/create_charge/2',
    });
  });
});

describe('a condition that fails', () => {
  it.each<[Action | undefined, Action]>([
    ['deny', 'deny'],
    ['require_approval', 'require_approval'],
    ['allow', 'require_approval'],
    [undefined, 'require_approval'],
  ])('on %s never grants', (action, expected) => {
    const written: Written = {
      default: 'require_approval',
      tools: { x: { ...(action ? { action } : {}), when: 'args.n > 1' } },
    };
    expect(verdictOf(written, 'x').action).toBe(expected);
  });

  it.each(['args.n', 'args.list[0]'])('%s that is not true or false is one', (when) => {
    const written = (action: Action): Written => ({ default: 'allow', tools: { x: { action, when } } });
    expect(verdictOf(written('deny'), 'x', { n: 5, list: ['true'] }).action).toBe('deny');
    expect(verdictOf({ ...written('allow'), default: 'deny' }, 'x', { n: 5, list: ['true'] }).action).toBe(
      'deny',
    );
  });
});

describe('a call that nothing applies to', () => {
  it('is refused where it calls a tool', () => {
    const verdict = verdictOf({ default: { when: 'args.n > 1', action: 'allow' } }, 'x', { n: 1 });
    expect(verdict).toMatchObject({
      action: 'deny',
      rule: undefined,
      reason: 'No rule of the policy applies to this call.',
    });
  });

  it('passes where it reads a resource or gets a prompt', () => {
    const policy = policyFrom({
      default: 'deny',
      rate_limit: { max: 1, window: 1 },
      resources: { 'file:///etc/*': 'deny' },
    });
    const of = (name: string, kind: 'resource' | 'prompt') =>
      decide(policy, callOf(name, {}, kind)).verdicts[0];
    expect(of('http://x', 'resource')).toMatchObject({ action: 'allow', rule: undefined, charges: [] });
    expect(of('x', 'prompt')).toMatchObject({ action: 'allow', rule: undefined, charges: [] });
    expect(of('file:///etc/passwd', 'resource')).toMatchObject({ action: 'deny' });
  });
});

describe('limits', () => {
  const LIMIT = { max: 1, window: 1 };

  it('of the file, the section, and all rules that apply count together', () => {
    const verdict = verdictOf(
      {
        rate_limit: LIMIT,
        servers: {
          server: {
            concurrency: 2,
            tools: {
              x: [
                { action: 'allow', rate_limit: LIMIT },
                { when: 'args.n > 1', repeat: LIMIT },
                { when: 'args.n > 2', concurrency: 3 },
              ],
            },
          },
        },
      },
      'x',
      { n: 2 },
    );
    expect(verdict.charges.map(({ origin }) => origin.pointer)).toEqual([
      '/servers/server/tools/x/0/rate_limit',
      '/servers/server/tools/x/1/repeat',
      '/servers/server/concurrency',
      '/rate_limit',
    ]);
  });

  it('that cannot be counted refuse the call, and say which', () => {
    const budget = { sum: 'args.amount', max: 1, window: 1 };
    expect(verdictOf({ budget, default: 'allow' }, 'x')).toMatchObject({
      action: 'deny',
      rule: { pointer: '/budget' },
      reason: expect.stringContaining('args.amount'),
      charges: [],
    });
  });
});

describe('isHidden', () => {
  it.each<[string, Written, boolean]>([
    ['a hidden tool', { tools: { x: 'hide' } }, true],
    ['a hidden glob', { tools: { '?': 'hide' } }, true],
    ['a hidden category', { categories: { read: 'hide' }, tools: { x: { category: 'read' } } }, true],
    [
      'the category of writes, of which a tool is that nobody knows',
      { categories: { write: 'hide' } },
      false,
    ],
    ['an entry that only limits', { tools: { '*': 'hide', x: { timeout: 1 } } }, true],
    ['a hidden default', { default: 'hide' }, true],
    ['a denied tool', { tools: { x: 'deny' } }, false],
    ['a closer entry', { tools: { '*': 'hide', x: 'deny' } }, false],
    [
      'a closer entry with a condition',
      { tools: { '*': 'hide', x: { when: 'args.n > 1', action: 'allow' } } },
      false,
    ],
    ['one rule of several', { tools: { x: ['allow', 'hide'] } }, true],
    ['an equally close glob', { tools: { '?': 'hide', '*': 'allow' } }, true],
    ['the section of another server', { servers: { other: { tools: { x: 'hide' } } } }, false],
    [
      'the section of the server',
      { servers: { server: { tools: { x: 'hide' } } }, tools: { x: 'allow' } },
      true,
    ],
    ['a policy that observes', { mode: 'observe', tools: { x: 'hide' } }, false],
  ])('%s: %s', (_, written, expected) => {
    expect(isHidden(policyFrom({ default: 'deny', ...written }), 'x')).toBe(expected);
  });

  it('one layer is enough', () => {
    expect(isHidden(policyOf([chainOf({ default: 'allow' }), chainOf({ default: 'hide' })]), 'x')).toBe(true);
  });
});

describe('the trace', () => {
  it('names what was looked at, in order, and why', () => {
    const policy = policyFrom({
      default: 'deny',
      rate_limit: { max: 1, window: 1 },
      tools: {
        x: { when: 'args.n > 1', action: 'allow' },
        '*': [
          { when: 'args.s == "a"', action: 'require_approval' },
          { when: 'true', action: 'allow' },
        ],
      },
    });
    const { trace } = decide(policy, callOf('x', { n: 1 }), { trace: true });
    expect(trace.map(({ origin, how, action, result }) => [origin?.pointer, how, action, result])).toEqual([
      ['/tools/x', 'entry', 'allow', 'condition `args.n > 1` is false'],
      [
        '/tools/*/0',
        'entry',
        'require_approval',
        'condition `args.s == "a"` failed (\'s\' is missing), so it is taken as true',
      ],
      ['/tools/*/1', 'entry', 'allow', 'condition `true` is true'],
      ['/rate_limit', 'limit', undefined, 'this session is limited to 1 call per 1 s'],
    ]);
  });

  it('says when a name was refused for resembling another', () => {
    const { trace } = decide(policyFrom({ default: 'allow', tools: { x: 'deny' } }), callOf('X'), {
      trace: true,
    });
    expect(trace).toEqual([
      expect.objectContaining({ how: 'lookalike', origin: expect.objectContaining({ pointer: '/tools/x' }) }),
    ]);
  });

  it('is not made unless it is asked for, and changes nothing', () => {
    const policy = policyFrom({ default: 'deny', tools: { x: { when: 'args.n > 1' } } });
    const call = callOf('x', { n: 2 });
    expect(decide(policy, call).trace).toEqual([]);
    expect(decide(policy, call, { trace: true }).verdicts).toEqual(decide(policy, call).verdicts);
  });
});

describe('a name that servers in C end early', () => {
  it.each<[CallKind, string]>([
    ['tool', 'delete_broker\0_list'],
    ['tool', '\0list'],
    ['prompt', 'deploy\0x'],
    ['resource', 'file:///etc/shadow\0.txt'],
  ])('is refused, whatever the rules say of the whole: %s %j', (kind, name) => {
    const allowed = { '*_list': 'allow', '*': 'allow' } as const;
    const policy = policyFrom({ default: 'allow', tools: allowed, prompts: allowed, resources: allowed });
    const { verdicts, trace } = decide(policy, callOf(name, {}, kind), { trace: true });
    expect(verdicts).toEqual([expect.objectContaining({ action: 'deny', charges: [] })]);
    expect(trace).toEqual([expect.objectContaining({ how: 'lookalike', action: 'deny' })]);
  });
});

describe('isStricter', () => {
  it('orders the actions', () => {
    const actions: Action[] = ['hide', 'deny', 'require_approval', 'allow'];
    for (const [index, action] of actions.entries())
      for (const [other, than] of actions.entries()) expect(isStricter(action, than)).toBe(index < other);
  });
});
