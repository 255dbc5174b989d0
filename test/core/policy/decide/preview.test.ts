import { describe, expect, it } from 'vitest';
import { decisionWords } from '../../../../src/core/authoring/report/decision-words.js';
import { preview } from '../../../../src/core/policy/decide/preview.js';
import { chainOf, policyFrom, policyOf, type Written } from '../policies.js';

const words = (written: Written, name = 'a') => decisionWords(preview(policyFrom(written), name));
const limit = { max: 10, window: 60 };

describe('what a policy does with a tool, in a few words', () => {
  it.each<[Written, string]>([
    [{ default: 'allow' }, 'allow'],
    [{ default: 'require_approval' }, 'ask'],
    [{ default: 'hide' }, 'hide'],
    [{ default: 'deny', mode: 'observe' }, 'allow (would deny)'],
    [{ default: { action: 'allow', rate_limit: limit } }, 'allow, 10 calls per 60 s'],
    [
      { default: { action: 'allow', rate_limit: limit, concurrency: 2 } },
      'allow, 10 calls per 60 s and 1 more limit',
    ],
    [
      { default: { action: 'allow', rate_limit: [limit, { max: 90, window: 3600 }], concurrency: 2 } },
      'allow, 10 calls per 60 s and 2 more limits',
    ],
    [{ default: 'allow', repeat: limit, rate_limit: limit }, 'allow'],
    [{ default: { action: 'require_approval', rate_limit: limit } }, 'ask'],
    [{ default: 'deny', tools: { a: { when: 'args.x', action: 'allow' } } }, 'by arguments'],
    [{ default: 'allow', tools: { a: { rate_limit: limit } } }, 'allow, 10 calls per 60 s'],
    [{ default: 'require_approval', tools: { a: { rate_limit: limit } } }, 'ask'],
    [{ default: 'allow', tools: { a: { when: 'args.x', rate_limit: limit } } }, 'allow'],
    [
      { default: 'hide', tools: { a: { timeout: 5 }, '?': { when: 'args.x', action: 'deny' } } },
      'by arguments',
    ],
    [{ default: 'deny', tools: { a: { when: 'args.x', action: 'deny' } } }, 'deny'],
  ])('%j', (written, said) => {
    expect(words(written)).toBe(said);
  });
});

describe('the preview on a tool whose rules need arguments', () => {
  it('is of a call to which no condition applies', () => {
    const when = 'args.amount > 100';
    const policy = policyFrom({ tools: { a: [{ when, action: 'deny' }, 'allow'] }, default: 'hide' });
    const { action, rule, conditions } = preview(policy, 'a');
    expect({ action, pointer: rule?.pointer }).toEqual({ action: 'allow', pointer: '/tools/a/1' });
    expect(conditions).toEqual([expect.objectContaining({ when, action: 'deny' })]);
    const search = policyFrom({ tools: { a: [{ when, action: 'deny' }] }, default: 'require_approval' });
    expect(preview(search, 'a').action).toBe('require_approval');
  });

  it('names limits, whatever they count', () => {
    const policy = policyFrom({
      default: {
        action: 'allow',
        budget: { sum: 'args.amount', max: 5, window: 60 },
        rate_limit: { max: 1, window: 60, key: 'args.to' },
      },
    });
    const { action, limits } = preview(policy, 'a');
    expect(action).toBe('allow');
    expect(limits.join()).toContain('a total of 5 (args.amount) per 60 s');
    expect(limits.join()).toContain('1 call per 60 s for each args.to');
  });

  it('is the strictest of files side by side', () => {
    const policy = policyOf([chainOf({ default: 'allow' }), chainOf({ default: 'deny' })]);
    expect(preview(policy, 'a').action).toBe('deny');
  });
});
