import { describe, expect, it } from 'vitest';
import { deadLines } from '../../../../src/core/authoring/lint/dead-lines.js';
import { decide } from '../../../../src/core/policy/decide/decide.js';
import type { Action } from '../../../../src/core/policy/document/document.js';
import { preset } from '../../../../src/core/policy/document/presets.js';
import { callOf, chainOf, policyFrom, policyOf, sourced, type Written } from '../policies.js';

const rate_limit = { max: 5, window: '1h' };
const LIMITS: NonNullable<Written['tools']>[string][] = [
  { rate_limit },
  { timeout: '30s' },
  { concurrency: 1 },
  { repeat: { max: 3, window: 60 } },
  { budget: { sum: '1', max: 5, window: 60 } },
  {},
  { reason: 'no more than needed' },
  { when: 'true', rate_limit },
  { when: 'args.missing > 1', rate_limit },
  [{ rate_limit }],
  [{ timeout: 5 }, { when: 'false', rate_limit }],
];

/** The action, and how many limits a call meets. */
function verdictIn(
  chains: Parameters<typeof policyOf>[0],
  name: string,
  kind?: 'resource' | 'prompt' | 'method',
) {
  const [verdict] = decide(policyOf(chains), callOf(name, {}, kind)).verdicts;
  return { action: verdict?.action, limits: verdict?.charges.length, timeout: verdict?.timeout };
}

const standard = (written: Written) => [
  [sourced({ extends: 'standard', ...written }), preset('standard')] as const,
];

describe('an entry without an action', () => {
  it.each(LIMITS)('%j opens nothing that a preset holds back', (entry) => {
    for (const name of [
      'delete_broker',
      'drop_table',
      'purge_all',
      'run_command',
      'create_payment',
      'frobnicate',
    ])
      expect(verdictIn(standard({ tools: { [name]: entry } }), name).action).toBe('require_approval');
    expect(verdictIn(standard({ tools: { '*': entry } }), 'delete_broker').action).toBe('require_approval');
    expect(verdictIn(standard({ tools: { list_x: entry } }), 'list_x').action).toBe('allow');
  });

  it.each<[string, Written, Action, number]>([
    ['the category', { categories: { destructive: 'deny' }, tools: { delete_x: { rate_limit } } }, 'deny', 0],
    ['the default', { tools: { delete_x: { rate_limit } } }, 'allow', 1],
    ['a glob that is less close', { tools: { delete_x: { rate_limit }, 'delete_*': 'deny' } }, 'deny', 0],
    [
      'a glob that is less close, with its limits',
      { tools: { delete_x: { rate_limit }, 'delete_*': { action: 'require_approval', rate_limit } } },
      'require_approval',
      2,
    ],
    [
      'the rules beside it',
      { tools: { delete_x: [{ rate_limit }, { when: 'true', action: 'require_approval' }] } },
      'require_approval',
      1,
    ],
    [
      'what follows, where the rules beside it do not apply',
      {
        categories: { destructive: 'deny' },
        tools: { delete_x: [{ rate_limit }, { when: 'false', action: 'allow' }] },
      },
      'deny',
      0,
    ],
    [
      'the top level, for an entry of the section of the server',
      {
        tools: { delete_x: 'require_approval' },
        servers: { server: { tools: { delete_x: { rate_limit } } } },
      },
      'require_approval',
      1,
    ],
    [
      'the default of the top level, for one of the section of the server',
      { default: 'require_approval', servers: { server: { default: { rate_limit } } } },
      'require_approval',
      1,
    ],
    ['the default, for a category', { categories: { destructive: { rate_limit } } }, 'allow', 1],
    [
      'the category that it says itself',
      {
        categories: { read: 'allow', destructive: 'deny' },
        tools: { delete_x: { category: 'read', rate_limit } },
      },
      'allow',
      1,
    ],
    [
      'the category that a less close entry says',
      {
        categories: { read: 'require_approval' },
        tools: { delete_x: { rate_limit }, 'delete_*': { category: 'read' } },
      },
      'require_approval',
      1,
    ],
    [
      'a worse category of several rules',
      {
        categories: { financial: 'deny' },
        tools: { x: 'allow', delete_x: [{ category: 'read' }, { category: 'financial' }] },
      },
      'deny',
      0,
    ],
  ])('leaves the decision to %s', (_, written, action, limits) => {
    expect(verdictIn([chainOf({ default: 'allow', ...written })], 'delete_x')).toMatchObject({
      action,
      limits,
    });
  });

  it.each<[string, Written, Written, Action, number]>([
    ['an entry', { tools: { x: { rate_limit } } }, { tools: { x: 'deny' } }, 'deny', 0],
    [
      'an entry with a limit',
      { tools: { x: { rate_limit } } },
      { tools: { x: { action: 'require_approval', rate_limit } } },
      'require_approval',
      2,
    ],
    [
      'a category',
      { tools: { x: { rate_limit } } },
      { tools: { x: { category: 'execute' } }, categories: { execute: 'deny' } },
      'deny',
      0,
    ],
    ['an entry, for a category', { tools: { x: { category: 'read' } } }, { tools: { x: 'deny' } }, 'deny', 0],
    ['a default', { default: { rate_limit } }, { default: 'require_approval' }, 'require_approval', 1],
    [
      'the rules of a category',
      { tools: { x: { category: 'execute' } }, categories: { execute: { rate_limit } } },
      { categories: { execute: 'deny' } },
      'deny',
      0,
    ],
    [
      'a section of a server',
      { servers: { server: { tools: { x: { rate_limit } } } } },
      { servers: { server: { tools: { x: 'deny' } } } },
      'deny',
      0,
    ],
  ])('adds to %s of the file that is extended', (_, own, base, action, limits) => {
    expect(verdictIn([chainOf(own, { default: 'allow', ...base })], 'x')).toMatchObject({ action, limits });
  });

  it('takes the category of the closest file', () => {
    const base: Written = {
      default: 'deny',
      categories: { read: 'allow' },
      tools: { x: { category: 'execute' } },
    };
    expect(verdictIn([chainOf({ tools: { x: { category: 'read' } } }, base)], 'x').action).toBe('allow');
  });

  it('an entry with an action replaces what it extends, as a whole', () => {
    const base: Written = { default: 'deny', tools: { x: { action: 'deny', rate_limit } } };
    expect(verdictIn([chainOf({ tools: { x: 'allow' } }, base)], 'x')).toEqual({
      ...{ action: 'allow', limits: 0, timeout: undefined },
    });
  });

  it.each(['resource', 'prompt', 'method'] as const)(
    'leaves a %s to other entries, or lets it pass',
    (kind) => {
      const written = (more: object): Written => ({
        default: 'deny',
        [`${kind}s`]: { 'x*': { rate_limit }, ...more },
      });
      expect(verdictIn([chainOf(written({ '*': 'deny' }))], 'x1', kind).action).toBe('deny');
      expect(verdictIn([chainOf(written({}))], 'x1', kind)).toMatchObject({ action: 'allow', limits: 1 });
    },
  );

  it('brings its time-out', () => {
    const tools = { delete_x: { timeout: '2s' } };
    expect(verdictIn(standard({ tools }), 'delete_x')).toMatchObject({
      action: 'require_approval',
      timeout: 2_000,
    });
  });

  it('is no default: what nothing decides about is refused, and check warns', () => {
    const policy = policyFrom({ default: { rate_limit } });
    expect(decide(policy, callOf('x')).verdicts[0]?.action).toBe('deny');
    expect(deadLines(policy).map(({ message }) => message)).toEqual([
      expect.stringContaining('`default` has no action'),
    ]);
    expect(deadLines(policyFrom({ default: [{ when: 'true', action: 'deny' }, { rate_limit }] }))).toEqual(
      [],
    );
  });
});

describe('a tool of which nothing is known', () => {
  const action = (written: Written, name = 'frobnicate') => verdictIn([chainOf(written)], name).action;
  const categories: Written['categories'] = {
    ...{ read: 'allow', write: 'allow', execute: 'allow', destructive: 'allow', financial: 'allow' },
  };

  it.each<[string, Written, Action]>([
    ['the default', { default: 'require_approval', categories }, 'require_approval'],
    ['the default, also where it is milder', { default: 'allow', categories: { write: 'deny' } }, 'allow'],
    [
      'the default of the section',
      { default: 'allow', categories, servers: { server: { default: 'deny' } } },
      'deny',
    ],
    ['an entry', { default: 'deny', tools: { frobnicate: 'allow' } }, 'allow'],
    [
      'the category that is written',
      { default: 'deny', categories, tools: { frobnicate: { category: 'write' } } },
      'allow',
    ],
    ['nothing, and so it is refused', { categories }, 'deny'],
  ])('is decided by %s', (_, written, expected) => {
    expect(action(written)).toBe(expected);
  });

  it('is no concern of the limits of writes', () => {
    const written: Written = { default: 'allow', categories: { write: { action: 'allow', rate_limit } } };
    expect(verdictIn([chainOf(written)], 'frobnicate').limits).toBe(0);
    expect(verdictIn([chainOf(written)], 'create_x').limits).toBe(1);
  });

  it('`unknown` says so of any tool', () => {
    const written: Written = {
      default: 'require_approval',
      categories,
      tools: { list_x: { category: 'unknown' } },
    };
    expect(action(written, 'list_x')).toBe('require_approval');
    expect(
      action(
        { ...written, tools: { 'list_*': { category: 'unknown' }, 'list*x': { category: 'write' } } },
        'list_x',
      ),
    ).toBe('require_approval');
  });

  it.each([
    ['standard', 'require_approval'],
    ['observe', 'require_approval'],
    ['strict', 'require_approval'],
    ['read-only', 'deny'],
  ] as const)('the preset %s: %s', (name, expected) => {
    expect(verdictIn([[preset(name)]], 'frobnicate').action).toBe(expected);
    expect(verdictIn([[preset(name)]], '').action).toBe(expected);
  });

  it('is seen as a write by conditions', () => {
    const written: Written = { default: [{ when: 'tool.category == "write"', action: 'deny' }, 'allow'] };
    expect(action(written)).toBe('deny');
    expect(decide(policyFrom(written), callOf('list_x')).verdicts[0]?.action).toBe('allow');
  });
});
