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
