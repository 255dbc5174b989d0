import { describe, expect, it } from 'vitest';
import { lint } from '../../../../src/core/authoring/lint/lint.js';
import type { ExtendsChain } from '../../../../src/core/policy/document/chain.js';
import { chainOf, sourced, type Written } from '../../policy/policies.js';
import { lintOf, subjectOf, told } from './subjects.js';

const TOOLS = ['list_brokers', 'list_queues', 'delete_broker'];
const limit = (max: number, window: number | string) => ({ max, window });

describe('entries that never decide', () => {
  it.each<[string, Written, RegExp]>([
    [
      'a glob, where each tool has an entry',
      { tools: { 'list_*': 'deny', list_brokers: 'allow', list_queues: ['allow'] } },
      /^warning shadowed-entry \/tools\/list_\*: this entry never decides: each of the 2 tools that 'list_\*' matches is named more closely, by \/tools\/list_brokers and \/tools\/list_queues/,
    ],
    [
      'a glob behind a closer one',
      { tools: { 'list_b*': 'deny', 'list_br*': 'allow' } },
      /^warning shadowed-entry .*the only tool that 'list_b\*' matches is named more closely, by \/tools\/list_br\*/,
    ],
    [
      'an entry behind the part of the server',
      { servers: { server: { tools: { '*_broker': 'deny' } } }, tools: { delete_broker: 'allow' } },
      /^info shadowed-entry \/tools\/delete_broker: this entry never decides, because \/servers\/server\/tools\/\*_broker does/,
    ],
    [
      'a guard that a test is about',
      {
        tools: { 'delete_*': 'deny', delete_broker: 'require_approval' },
        tests: [{ call: 'delete_all', expect: 'deny' }],
      },
      /^info shadowed-entry/,
    ],
  ])('%s', (_, written, expected) => {
    const lines = told(lintOf(written, TOOLS)).filter((line) => line.includes('shadowed'));
    expect(lines).toEqual([expect.stringMatching(expected)]);
  });

  it.each<[string, Written]>([
    ['some tools are left', { tools: { 'list_*': 'deny', list_brokers: 'allow' } }],
    [
      'the closer ones have conditions',
      {
        tools: {
          'list_*': 'deny',
          list_brokers: { when: 'args.x == 1', action: 'deny' },
          list_queues: 'deny',
        },
      },
    ],
    [
      'the closer one only says what the tool does',
      { tools: { 'delete_*': 'deny', delete_broker: { category: 'write' } } },
    ],
    ['both are equally close', { tools: { 'delete_b*': 'deny', '*e_broker': 'deny' } }],
  ])('says nothing where %s', (_, written) => {
    expect(told(lintOf(written, TOOLS)).filter((line) => line.includes('shadowed'))).toEqual([]);
  });
});

describe('categories without tools', () => {
  it('are good to know', () => {
    const written: Written = {
      categories: { read: 'allow', execute: 'deny', financial: 'deny', destructive: 'deny' },
    };
    expect(told(lintOf(written, TOOLS))).toEqual([
      'info empty-category /categories/execute: the server has no tools of the categories execute and financial | keep the rules for future tools',
    ]);
  });
});

describe('limits that are never met', () => {
  it.each<[string, Written, RegExp]>([
    [
      'looser than that of every call',
      { rate_limit: limit(60, 60), tools: { '*': { rate_limit: limit(100, 60) } } },
      /^warning unreachable-limit \/tools\/\*\/rate_limit: this limit \(100 per 60 s\) is never reached, because \/rate_limit \(60 per 60 s\) limits the same calls and is reached first/,
    ],
    ['the same', { rate_limit: limit(60, 60), tools: { '*': { rate_limit: limit(60, 60) } } }, /^warning/],
    [
      'over a longer window',
      { rate_limit: limit(60, 60), tools: { '*': { rate_limit: limit(3600, '1h') } } },
      /^warning/,
    ],
    [
      'over a shorter window',
      { rate_limit: limit(60, '1h'), tools: { '*': { rate_limit: limit(60, 60) } } },
      /^warning/,
    ],
    [
      'for each key',
      { rate_limit: limit(5, 60), tools: { '*': { rate_limit: { ...limit(6, 60), key: 'args.a' } } } },
      /^warning/,
    ],
    [
      'beside another of the rule',
      { tools: { '*': { rate_limit: [limit(5, 60), limit(300, '1h')] } } },
      /^warning unreachable-limit \/tools\/\*\/rate_limit\/1/,
    ],
    [
      'twice',
      { tools: { '*': { rate_limit: [limit(5, 60), limit(5, 60)] } } },
      /^warning unreachable-limit \/tools\/\*\/rate_limit\/1/,
    ],
    [
      'beside a rule that always applies',
      { tools: { '*': [{ rate_limit: limit(5, 60) }, { when: 'args.a == 1', rate_limit: limit(9, 60) }] } },
      /^warning unreachable-limit \/tools\/\*\/1/,
    ],
    ['repeats', { rate_limit: limit(5, 60), repeat: limit(5, 60) }, /^warning unreachable-limit \/repeat/],
    ['at a time', { concurrency: 2, categories: { read: { concurrency: 3 } } }, /^warning .*\(3 at a time\)/],
    [
      'budgets',
      {
        tools: {
          '*': {
            budget: [
              { sum: 'args.a', ...limit(100, 60) },
              { sum: 'args.a', ...limit(6000, '1h') },
            ],
          },
        },
      },
      /^warning unreachable-limit \/tools\/\*\/budget\/1/,
    ],
  ])('%s', (_, written, expected) => {
    const lines = told(lintOf(written, TOOLS)).filter((line) => line.includes('limit'));
    expect(lines).toEqual([expect.stringMatching(expected)]);
  });

  it.each<[string, Written]>([
    ['tighter', { rate_limit: limit(60, 60), tools: { '*': { rate_limit: limit(59, 60) } } }],
    [
      'tighter over a longer window',
      { rate_limit: limit(60, 60), tools: { '*': { rate_limit: limit(3599, '1h') } } },
    ],
    [
      'tighter over a window that two do not cover',
      { rate_limit: limit(60, 60), tools: { '*': { rate_limit: limit(119, 61) } } },
    ],
    [
      'of another kind',
      {
        rate_limit: limit(1, 60),
        tools: { '*': { concurrency: 9, budget: { sum: 'args.a', ...limit(9, 60) } } },
      },
    ],
    ['beside repeats', { repeat: limit(5, 60), tools: { '*': { rate_limit: limit(9, 60) } } }],
    [
      'beside one for each key',
      { rate_limit: { ...limit(5, 60), key: 'tool.name' }, tools: { '*': { rate_limit: limit(9, 60) } } },
    ],
    [
      'beside one that observes',
      { mode: 'observe', rate_limit: limit(5, 60), tools: { '*': { rate_limit: limit(9, 60) } } },
    ],
    [
      'beside a rule with a condition',
      { tools: { '*': [{ rate_limit: limit(9, 60) }, { when: 'args.a == 1', rate_limit: limit(5, 60) }] } },
    ],
    [
      'of another tool',
      { tools: { list_brokers: { rate_limit: limit(5, 60) }, list_queues: { rate_limit: limit(9, 60) } } },
    ],
    [
      'of other sums',
      {
        tools: {
          '*': {
            budget: [
              { sum: 'args.a', ...limit(1, 60) },
              { sum: 'args.b', ...limit(9, 60) },
            ],
          },
        },
      },
    ],
  ])('says nothing of one that is %s', (_, written) => {
    expect(told(lintOf(written, TOOLS)).filter((line) => line.includes('limit'))).toEqual([]);
  });

  it('is mild where two files meet', () => {
    const own = chainOf({ default: 'deny', rate_limit: limit(9, 60) });
    const user: ExtendsChain = [sourced({ default: 'deny', rate_limit: limit(5, 60) }, 'user.yaml')];
    const chains = [own, user];
    expect(told(lint(subjectOf(chains, TOOLS)))).toEqual([
      expect.stringMatching(/^info unreachable-limit \/rate_limit/),
    ]);
  });
});
