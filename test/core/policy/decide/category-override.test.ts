import { describe, expect, it } from 'vitest';
import type { Policy } from '../../../../src/core/policy/compile/policy.js';
import { decide, isHidden } from '../../../../src/core/policy/decide/decide.js';
import { sampleCall } from '../../../../src/core/policy/decide/sample-call.js';
import { combine } from '../../../../src/core/policy/decide/settle.js';
import type { Classification } from '../../../../src/core/tools/category.js';
import { callOf, chainOf, policyFrom, policyOf, type Written } from '../policies.js';

const byCategory: Written = {
  default: 'deny',
  categories: { read: 'allow', write: 'require_approval', destructive: 'deny' },
};

function actionOf(policy: Policy, name: string, classification?: Classification): string {
  const call = sampleCall({
    ...{ kind: 'tool', name, argumentsText: '{}', server: 'server', now: 0, classification },
  });
  return combine(decide(policy, call)).action;
}

const destructive: Classification = {
  ...{ category: 'destructive', risk: 'critical', known: true, marks: [], evidence: [], contradictions: [] },
};

describe('what a policy says that a tool does', () => {
  it.each<[string, Written['tools'], string, string]>([
    ['a tool of its own category', {}, 'delete_x', 'deny'],
    ['the category that is written', { delete_x: { category: 'read' } }, 'delete_x', 'allow'],
    ['the same for a glob', { 'delete_*': { category: 'write' } }, 'delete_x', 'require_approval'],
    [
      'the closest entry that says one',
      { 'delete_*': { category: 'write' }, delete_x: { category: 'read' } },
      'delete_x',
      'allow',
    ],
    [
      'of those that are equally close the worst',
      { 'delete_*': { category: 'read' }, '*elete_x': { category: 'write' } },
      'delete_x',
      'require_approval',
    ],
    ['rules beside it count first', { delete_x: { category: 'read', action: 'deny' } }, 'delete_x', 'deny'],
    ['an entry without it decides as ever', { delete_x: 'allow' }, 'delete_x', 'allow'],
    ['what only resembles the name gains nothing', { delete_x: { category: 'read' } }, 'Delete_X', 'deny'],
  ])('%s', (_, tools, name, expected) => {
    expect(actionOf(policyFrom({ ...byCategory, tools }), name)).toBe(expected);
  });

  it('counts for the section of the server first', () => {
    const policy = policyFrom(
      {
        ...byCategory,
        tools: { x: { category: 'destructive' } },
        servers: { alpha: { tools: { x: { category: 'read' } } } },
      },
      'alpha',
    );
    expect(actionOf(policy, 'x')).toBe('allow');
  });

  it('is seen by conditions', () => {
    const policy = policyFrom({
      default: [{ when: 'tool.category == "read" && tool.risk == "low"', action: 'allow' }, 'allow'].slice(
        0,
        1,
      ) as Written['default'],
      tools: { delete_x: { category: 'read' } },
    });
    expect(actionOf(policy, 'delete_x')).toBe('allow');
    expect(actionOf(policy, 'delete_y')).toBe('deny');
  });

  it('loosens nothing of another file that judges beside it', () => {
    const policy = policyOf([
      chainOf({ ...byCategory, tools: { delete_x: { category: 'read' } } }),
      chainOf(byCategory),
    ]);
    expect(actionOf(policy, 'delete_x')).toBe('deny');
  });

  it('may hide a tool from lists', () => {
    const policy = policyFrom({
      default: 'allow',
      categories: { destructive: 'hide' },
      tools: { x: { category: 'destructive' } },
    });
    expect(isHidden(policy, 'x')).toBe(true);
    expect(isHidden(policy, 'y')).toBe(false);
    expect(isHidden(policy, 'y', () => destructive)).toBe(true);
  });
});

describe('what is known of a tool', () => {
  it('decides which category counts', () => {
    const policy = policyFrom(byCategory);
    expect(actionOf(policy, 'get_x')).toBe('allow');
    expect(actionOf(policy, 'get_x', destructive)).toBe('deny');
  });

  it('is asked for with trust only where the policy says so', () => {
    const asked: boolean[] = [];
    const ask = (written: Written, server?: string) => {
      asked.length = 0;
      const classification = (trusting: boolean) => {
        asked.push(trusting);
        return destructive;
      };
      decide(policyFrom({ ...byCategory, ...written }, server), { ...callOf('x'), classification });
      return new Set(asked);
    };
    expect(ask({})).toEqual(new Set([false]));
    expect(ask({ trust_annotations: true })).toEqual(new Set([true]));
    const servers = { alpha: { trust_annotations: true } };
    expect(ask({ servers }, 'alpha')).toEqual(new Set([true]));
    expect(ask({ servers }, 'beta')).toEqual(new Set([false]));
    expect(
      ask({ trust_annotations: true, servers: { alpha: { trust_annotations: false } } }, 'alpha'),
    ).toEqual(new Set([false]));
  });
});

describe('a category that was written for another definition', () => {
  const judge = (written: Written, classification = destructive, hasWorsened = () => true) => {
    const call = sampleCall({
      ...{ kind: 'tool', name: 'x', argumentsText: '{}', server: 'server', now: 0, classification },
    });
    return combine(decide(policyFrom({ ...byCategory, ...written }), { ...call, hasWorsened }));
  };
  const pinned: Written = { tools: { x: { category: 'read' } } };

  it('no longer makes it milder', () => {
    expect(judge(pinned, destructive, () => false).action).toBe('allow');
    const { action, reason } = judge(pinned);
    expect(action).toBe('deny');
    expect(reason).toContain('is not the one that was locked, and looks destructive');
  });

  it('is not asked about where the tool looks no worse', () => {
    const ask = () => {
      throw new Error('asked');
    };
    expect(judge({ tools: { x: { category: 'financial' } } }, destructive, ask).action).toBeDefined();
    expect(judge({ tools: {} }, destructive, ask).action).toBe('deny');
  });

  it('still counts where it is the stricter one', () => {
    const written: Written = { ...pinned, categories: { read: 'deny', destructive: 'allow' } };
    expect(judge(written).action).toBe('deny');
    expect(judge({ ...written, tools: { x: { category: 'unknown' } }, default: 'deny' }).action).toBe('deny');
  });

  it('leaves conditions both classes, and takes from the limits of both', () => {
    const when = { when: 'tool.category == "destructive"', action: 'deny' } as const;
    expect(judge({ tools: { x: { category: 'read' }, '*': [when, { action: 'allow' }] } }).action).toBe(
      'deny',
    );
    const limit = (max: number) => ({ action: 'allow' as const, rate_limit: { max, window: 60 } });
    const { charges } = judge({ ...pinned, categories: { read: limit(1), destructive: limit(2) } });
    expect(charges.map(({ limit: { kind }, describe }) => [kind, describe])).toHaveLength(2);
  });

  it('leaves a rule of the tool itself', () => {
    expect(judge({ tools: { x: { category: 'read', action: 'allow' } } }).action).toBe('allow');
  });

  it('hides a tool whose class is hidden', () => {
    const policy = policyFrom({ ...pinned, default: 'allow', categories: { destructive: 'hide' } });
    const found = () => destructive;
    expect(isHidden(policy, 'x', found)).toBe(false);
    expect(isHidden(policy, 'x', found, () => true)).toBe(true);
  });
});
