import { describe, expect, it } from 'vitest';
import type { Layer } from '../../../../src/core/policy/compile/policy.js';
import { decide } from '../../../../src/core/policy/decide/decide.js';
import { classifyName, resolve, stepsOf } from '../../../../src/core/policy/decide/resolve.js';
import type { Action } from '../../../../src/core/policy/document/document.js';
import { callOf, policyFrom, type Written } from '../policies.js';

function layerOf(written: Written, server?: string): Layer {
  const [layer] = policyFrom({ default: 'allow', ...written }, server).layers;
  if (layer === undefined) throw new Error('a policy has a layer');
  return layer;
}

/** Where a name is looked up, in order. */
function steps(written: Written, name: string, kind: 'tool' | 'resource' | 'prompt' = 'tool'): string[] {
  const found = stepsOf(layerOf(written, 'alpha'), { kind, name, classification: () => classifyName(name) });
  return found.map(({ rules }) => rules.map(({ origin }) => origin.pointer).join(' + '));
}

describe('the order in which names are looked up', () => {
  it.each<[string, Written, string[]]>([
    ['nothing but the default', {}, ['/default']],
    [
      'exact before globs',
      { tools: { 'list_*': 'allow', '*': 'deny', list_a: 'hide' } },
      ['/tools/list_a', '/tools/list_*', '/tools/*', '/default'],
    ],
    [
      'the glob with more literal characters first',
      { tools: { '*t_a': 'allow', 'lis*': 'allow', '*i*_*': 'allow' } },
      ['/tools/*t_a + /tools/lis*', '/tools/*i*_*', '/default'],
    ],
    [
      'names before categories before the default',
      { categories: { read: 'allow', write: 'deny' }, tools: { '*': 'allow' } },
      ['/tools/*', '/categories/read', '/default'],
    ],
    [
      'each in the section of the server first',
      {
        categories: { read: 'allow' },
        tools: { '*': 'deny' },
        servers: { alpha: { default: 'deny', categories: { read: 'deny' }, tools: { 'l*': 'deny' } } },
      },
      [
        '/servers/alpha/tools/l*',
        '/tools/*',
        '/servers/alpha/categories/read',
        '/categories/read',
        '/servers/alpha/default',
        '/default',
      ],
    ],
    [
      'only the closest section',
      {
        servers: {
          '*': { tools: { list_a: 'deny' } },
          'al*': { default: 'deny' },
          beta: { tools: { list_a: 'deny' } },
        },
      },
      ['/servers/al*/default', '/default'],
    ],
  ])('%s', (_, written, expected) => {
    expect(steps(written, 'list_a')).toEqual(expected);
  });

  it('resources and prompts have their own names and no default', () => {
    const written: Written = {
      default: 'deny',
      categories: { read: 'deny' },
      tools: { '*': 'deny' },
      resources: { 'file:///*': 'deny', '*': 'allow' },
    };
    expect(steps(written, 'file:///etc/passwd', 'resource')).toEqual([
      '/resources/file:///*',
      '/resources/*',
    ]);
    expect(steps(written, 'list_a', 'prompt')).toEqual([]);
  });

  it('is the same when it is remembered', () => {
    const layer = layerOf({ tools: { a: 'deny' } });
    expect(resolve(layer, 'tool', 'a')).toBe(resolve(layer, 'tool', 'a'));
    expect(resolve(layer, 'prompt', 'a')).not.toBe(resolve(layer, 'tool', 'a'));
  });

  it('names that objects have by themselves are names', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty'])
      expect(steps({ tools: { x: 'deny' } }, name)).toEqual(['/default']);
    expect(steps({ tools: Object.fromEntries([['constructor', 'deny' as const]]) }, 'constructor')).toEqual([
      '/tools/constructor',
      '/default',
    ]);
  });

  it('remembers a bounded number of names', () => {
    const layer = layerOf({ tools: { 'a*': 'deny' } });
    const first = resolve(layer, 'tool', 'a0');
    for (let index = 0; index < 12_000; index++) resolve(layer, 'tool', `a${index}`);
    expect(resolve(layer, 'tool', 'a0')).not.toBe(first);
    expect(resolve(layer, 'tool', 'a0')).toEqual(first);
  });
});

describe('names that resemble a restricted one', () => {
  const RESTRICTED: Written = {
    default: 'allow',
    tools: { delete_broker: 'deny', 'kill_*': 'require_approval', list_a: 'allow', promote: 'hide' },
  };

  it.each([
    'Delete_Broker',
    'DELETE_BROKER',
    'delete_broker ',
    'delete_\u200bbroker',
    '\uff44elete_broker',
    'delete_bro\u212aer',
    'delete\u00ad_broker',
    'delete_broker\0',
    'Kill_all',
    'KILL_',
    '\uff4bill_x',
  ])('%j is refused', (name) => {
    const [verdict] = decide(policyFrom(RESTRICTED), callOf(name)).verdicts;
    expect(verdict).toMatchObject({
      action: 'deny',
      charges: [],
      reason: expect.stringContaining('differs from'),
    });
  });

  it.each<[string, NonNullable<Written['tools']>[string], Action]>([
    ['its category', { category: 'destructive' }, 'deny'],
    ['a milder category', { category: 'read' }, 'deny'],
    ['a limit', { rate_limit: { max: 1, window: 60 } }, 'deny'],
    ['a limit that it allows', { action: 'allow', concurrency: 1 }, 'deny'],
    ['a time-out', { timeout: 5 }, 'deny'],
    ['nothing', 'allow', 'allow'],
  ])('what resembles a name that is restricted by %s', (_, entry, expected) => {
    for (const name of ['Frobnicate', 'FROBNICATE', 'frobnicate\u200b']) {
      const written: Written = {
        default: 'allow',
        tools: { frobnicate: entry },
        prompts: { frobnicate: 'deny' },
      };
      expect(decide(policyFrom(written), callOf(name)).verdicts[0]?.action).toBe(expected);
      expect(decide(policyFrom(written), callOf(name, {}, 'prompt')).verdicts[0]?.action).toBe('deny');
    }
  });

  it('what resembles a hidden name is answered like it', () => {
    expect(decide(policyFrom(RESTRICTED), callOf('Promote')).verdicts[0]?.action).toBe('hide');
  });

  it.each(['LIST_A', 'delete_brokers', 'deletebroker', 'kil_x', 'undelete_broker', 'delete-broker'])(
    '%j is not, as nothing restricts what it resembles',
    (name) => {
      expect(decide(policyFrom(RESTRICTED), callOf(name)).verdicts[0]?.action).toBe('allow');
    },
  );

  it.each<[string, Written['tools'], string, string]>([
    ['an exact entry of its own', { delete_x: 'deny', Delete_x: 'allow' }, 'Delete_x', 'allow'],
    [
      'a glob that names it as closely',
      { '*delete*': 'require_approval', '*Delete*': 'require_approval' },
      'xDeletex',
      'require_approval',
    ],
    ['a glob that names it more closely', { 'del*': 'deny', 'Delete_*': 'allow' }, 'Delete_x', 'allow'],
    ['a glob that names it less closely', { 'delete_*': 'deny', '*': 'allow' }, 'Delete_x', 'deny'],
    [
      'a closer glob with a condition',
      { 'del*': 'deny', 'Delete_*': { when: 'args.n > 1', action: 'allow' } },
      'Delete_x',
      'deny',
    ],
    ['a restricted glob that matches it anyway', { '*': 'require_approval' }, 'Delete_x', 'require_approval'],
  ])('%s', (_, tools, name, action) => {
    expect(decide(policyFrom({ default: 'allow', tools }), callOf(name)).verdicts[0]?.action).toBe(action);
  });

  it('the section of the server comes before the top level', () => {
    const written = (own: Written['tools']): Written => ({
      default: 'allow',
      tools: { 'delete_*': 'deny' },
      servers: { server: { tools: own } },
    });
    const action = (own: Written['tools']) =>
      decide(policyFrom(written(own)), callOf('Delete_x')).verdicts[0]?.action;
    expect(action({ '*': 'allow' })).toBe('allow');
    expect(action({ '*': { when: 'args.n > 1', action: 'allow' } })).toBe('deny');
    expect(action({ y: 'allow' })).toBe('deny');
  });

  it('holds for resources and prompts, too', () => {
    const policy = policyFrom({
      default: 'allow',
      resources: { 'file:///etc/*': 'deny' },
      prompts: { secret: 'deny' },
    });
    expect(decide(policy, callOf('FILE:///etc/passwd', {}, 'resource')).verdicts[0]?.action).toBe('deny');
    expect(decide(policy, callOf('Secret', {}, 'prompt')).verdicts[0]?.action).toBe('deny');
    expect(decide(policy, callOf('Secret', {}, 'tool')).verdicts[0]?.action).toBe('allow');
  });
});

describe('classifyName', () => {
  it('gives lookalikes in compatibility forms the class of what they look like', () => {
    expect(classifyName('\uff44\uff45\uff4c\uff45\uff54\uff45_x')).toEqual(classifyName('delete_x'));
  });
});
