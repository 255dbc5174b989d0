import { describe, expect, it } from 'vitest';
import { compile } from '../../../../src/core/policy/compile/compile.js';
import type { ExtendsChain } from '../../../../src/core/policy/document/chain.js';
import type { RuleDocument } from '../../../../src/core/policy/document/document.js';
import { preset } from '../../../../src/core/policy/document/presets.js';
import { CATEGORY_NAMES } from '../../../../src/core/tools/category.js';
import { chainOf, compileExpression, policyFrom, policyOf, sourced, type Written } from '../policies.js';

function flaws(chain: ExtendsChain, server = 'server') {
  return compile([chain], server, compileExpression).diagnostics.map(({ place, message, help }) => {
    return { source: place?.source, pointer: place?.pointer, message, help };
  });
}

describe('a policy that says nothing about some tools', () => {
  const EVERY = Object.fromEntries(CATEGORY_NAMES.map((name) => [name, 'allow' as const]));
  const MOST = { ...EVERY, read: undefined };

  it.each<[string, ExtendsChain]>([
    ['no default', chainOf({})],
    ['tools only', chainOf({ tools: { '*': 'allow' } })],
    ['not every category', chainOf({ categories: MOST })],
    ['a default for another server', chainOf({ servers: { other: { default: 'deny' } } })],
    ['a default for resources', chainOf({ resources: { '*': 'deny' } })],
  ])('%s', (_, chain) => {
    expect(flaws(chain)).toEqual([
      {
        source: 'policy-wrap.yaml',
        pointer: '',
        message: 'nothing says what happens to a tool that no entry names',
        help: expect.stringContaining('`default: require_approval`'),
      },
    ]);
  });

  it.each<[string, ExtendsChain]>([
    ['a default', chainOf({ default: 'deny' })],
    ['every category', chainOf({ categories: EVERY })],
    ['a default of the server', chainOf({ servers: { server: { default: 'deny' } } })],
    [
      'every category, some of them for the server',
      chainOf({ categories: MOST, servers: { 'ser*': { categories: { read: 'deny' } } } }),
    ],
    ['a default of what it extends', chainOf({}, { default: 'deny' })],
    [
      'every category, some of them of what it extends',
      chainOf({ categories: MOST }, { categories: { read: 'allow' } }),
    ],
    ['a preset', [...chainOf({}), preset('strict')]],
  ])('is not one with %s', (_, chain) => {
    expect(flaws(chain)).toEqual([]);
  });
});

describe('what the schema cannot see', () => {
  it.each<[string, Written, object]>([
    [
      'an expression',
      { tools: { x: { when: 'arg.n > 1', action: 'deny' } } },
      {
        pointer: '/tools/x/when',
        message: "unknown variable 'arg' in `arg.n > 1`",
        help: "did you mean 'args'?",
      },
    ],
    ['in a list', { tools: { x: ['deny', { when: '1' }] } }, { pointer: '/tools/x/1/when' }],
    [
      'in a section of another server',
      { servers: { other: { categories: { read: { when: '1' } } } } },
      { pointer: '/servers/other/categories/read/when' },
    ],
    [
      'the sum of a budget',
      { budget: { sum: 'tool.name', max: 1, window: 1 } },
      { pointer: '/budget/sum', message: expect.stringContaining('not a number') },
    ],
    [
      'in a list of budgets',
      {
        tools: {
          x: {
            budget: [
              { sum: '1', max: 1, window: 1 },
              { sum: 'x', max: 1, window: 1 },
            ],
          },
        },
      },
      { pointer: '/tools/x/budget/1/sum' },
    ],
    [
      'the key of a limit',
      { rate_limit: { max: 1, window: 1, key: 'arg.n' } },
      { pointer: '/rate_limit/key' },
    ],
    [
      'a hidden tool with a condition',
      { tools: { x: { action: 'hide', when: 'true' } } },
      {
        pointer: '/tools/x/when',
        message: expect.stringContaining('`hide` takes no `when`'),
        help: expect.stringContaining('deny'),
      },
    ],
    [
      'a hidden resource',
      { resources: { x: 'hide' } },
      {
        pointer: '/resources/x',
        message: expect.stringContaining('`hide` is for tools'),
        help: 'use `deny`',
      },
    ],
    [
      'sections that are equally close',
      { servers: { 'ser*': {}, '*ver': {} } },
      {
        pointer: expect.stringMatching(/^\/servers\/.*/),
        message: expect.stringContaining("name the server 'server' equally closely"),
      },
    ],
  ])('%s', (_, written, expected) => {
    expect(flaws(chainOf({ default: 'deny', ...written }))).toEqual([
      expect.objectContaining({ source: 'policy-wrap.yaml', help: expect.any(String), ...expected }),
    ]);
  });

  it('is all found at once, in the file that has it', () => {
    const chain = chainOf(
      { tools: { x: { when: 'a', action: 'deny' }, y: { when: 'b' } } },
      { tools: { x: { when: 'c' }, z: { when: 'd' } } },
    );
    expect(flaws(chain).map(({ source, pointer }) => `${source} ${pointer}`)).toEqual([
      'policy-wrap.yaml /tools/x/when',
      'policy-wrap.yaml /tools/y/when',
      'base-1.yaml /tools/z/when',
      'policy-wrap.yaml ',
    ]);
  });

  it('sections named like members of objects do no harm', () => {
    const written: Written = {
      default: 'deny',
      servers: Object.fromEntries([
        ['constructor', { default: 'allow' as const }],
        ['toString', {}],
      ]),
    };
    expect(policyFrom(written, 'constructor').layers[0]?.sections).toHaveLength(2);
    expect(policyFrom(written, 'valueOf').layers[0]?.sections).toHaveLength(1);
  });
});

describe('what a file extends', () => {
  const rulesOf = (chain: ExtendsChain) => {
    const [layer] = policyOf([chain]).layers;
    const table = layer?.sections.at(-1)?.tools;
    return Object.fromEntries([...(table?.exact ?? [])].map(([name, { rules }]) => [name, rules]));
  };

  it('is overridden entry by entry, each with its own place', () => {
    const rules = rulesOf(
      chainOf({ default: 'deny', tools: { a: 'deny' } }, { tools: { a: ['allow', 'hide'], b: 'hide' } }),
    );
    expect(rules['a']?.map(({ action, origin }) => [action, origin.source])).toEqual([
      ['deny', 'policy-wrap.yaml'],
    ]);
    expect(rules['b']?.map(({ action, origin }) => [action, origin.source])).toEqual([
      ['hide', 'base-1.yaml'],
    ]);
  });

  it('gives its mode where the file says none', () => {
    expect(policyOf([chainOf({ default: 'deny' }, { mode: 'observe' })]).layers[0]?.mode).toBe('observe');
    expect(
      policyOf([chainOf({ default: 'deny', mode: 'enforce' }, { mode: 'observe' })]).layers[0]?.mode,
    ).toBe('enforce');
    expect(policyOf([chainOf({ default: 'deny' })]).layers[0]?.mode).toBe('enforce');
  });

  it('gives its limits of every call, each kind by itself', () => {
    const chain = chainOf(
      { default: 'deny', rate_limit: { max: 1, window: 1 } },
      { rate_limit: { max: 2, window: 1 }, concurrency: 3 },
    );
    expect(
      policyOf([chain]).layers[0]?.sections[0]?.limits.map(({ limit, origin }) => [
        limit.kind,
        origin.source,
      ]),
    ).toEqual([
      ['rate', 'policy-wrap.yaml'],
      ['concurrency', 'base-1.yaml'],
    ]);
  });
});

describe('places', () => {
  it('rules and limits know where they are written', () => {
    const [layer] = policyFrom({
      default: 'deny',
      tools: { 'x/y~z': [{ rate_limit: { max: 1, window: 1 } }] },
    }).layers;
    const [rule] = layer?.sections[0]?.tools.exact.get('x/y~z')?.rules ?? [];
    expect(rule?.origin).toEqual({ pointer: '/tools/x/y~z/0', source: 'policy-wrap.yaml', line: 3 });
    expect(rule?.limits[0]?.origin).toEqual({
      pointer: '/tools/x/y~z/0/rate_limit',
      source: 'policy-wrap.yaml',
      line: 4,
    });
  });

  it('a limit keeps its counter when the policy is read again', () => {
    const counters = (max: number) =>
      policyFrom({
        default: { action: 'allow', rate_limit: { max, window: 60 } },
      }).layers[0]?.sections[0]?.default?.[0]?.limits.map(({ counter }) => counter);
    expect(counters(1)).toEqual(counters(2));
  });

  const limit = (max: number) => ({ max, window: 60 });
  const countersOf = (policy: ReturnType<typeof policyFrom>) =>
    policy.layers.flatMap(({ sections }) =>
      sections.flatMap(({ tools }) =>
        [...tools.exact.values()].flatMap(({ rules }) =>
          rules.flatMap(({ limits }) => limits.map(({ counter }) => counter)),
        ),
      ),
    );

  it('a rule that is put in front of another leaves its counter as it is', () => {
    const rule = { rate_limit: limit(2) };
    const before = countersOf(policyFrom({ default: 'allow', tools: { x: [rule] } }));
    const counters = (...front: RuleDocument[]) =>
      countersOf(policyFrom({ default: 'allow', tools: { x: [...front, rule] } }));
    expect(countersOf(policyFrom({ default: 'allow', tools: { x: rule } }))).toEqual(before);
    expect(counters({ when: 'false', action: 'deny' })).toEqual(before);
    expect(counters({ when: 'args.a', rate_limit: limit(1) })).toEqual([expect.anything(), ...before]);
    expect(counters({ rate_limit: { ...limit(1), key: 'args.a' } })).toEqual([expect.anything(), ...before]);
    expect(new Set(counters({ rate_limit: [limit(1), limit(3)] })).size).toBe(3);
  });

  it('policies that judge side by side count apart, also in what both extend', () => {
    const base = sourced({ default: 'allow', tools: { x: { rate_limit: limit(1) } } }, 'base.yaml');
    const chains = ['one.yaml', 'other.yaml', 'one.yaml'].map(
      (source) => [sourced({}, source), base] as const,
    );
    const counters = countersOf(policyOf(chains));
    expect(new Set(counters).size).toBe(3);
    expect(countersOf(policyOf(chains.slice(1)))).toContain(counters[1]);
  });

  it('says whether any rule hides', () => {
    const hides = (written: Written, server?: string) =>
      policyFrom({ default: 'deny', ...written }, server).layers[0]?.hides;
    expect(hides({})).toBe(false);
    expect(hides({ tools: { 'x*': ['hide', 'allow'] } })).toBe(true);
    expect(hides({ categories: { read: 'hide' } })).toBe(true);
    expect(hides({ default: 'hide' })).toBe(true);
    expect(hides({ servers: { a: { default: 'hide' } } }, 'a')).toBe(true);
    expect(hides({ servers: { a: { default: 'hide' } } }, 'b')).toBe(false);
  });
});
