import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/core/policy/decide/decide.js';
import { callOf, policyFrom, type Written } from '../policies.js';

function verdictOf(written: Written, name: string, args: object) {
  const [verdict] = decide(policyFrom(written), callOf(name, args)).verdicts;
  return { action: verdict?.action, rule: verdict?.rule?.pointer, reason: verdict?.reason };
}

const MISTYPED = "'amount' is a string, and the condition needs a number";

describe('the reason of a refusal by a condition that failed', () => {
  const pay = { when: 'args.amount > 50000', action: 'deny' as const };

  it('says which argument it was about, and of which type that is', () => {
    expect(verdictOf({ default: 'allow', tools: { pay } }, 'pay', { amount: '6' })).toEqual({
      action: 'deny',
      rule: '/tools/pay',
      reason: `The condition of this rule cannot be judged, so it applies: ${MISTYPED}.`,
    });
    expect(verdictOf({ default: 'allow', tools: { pay } }, 'pay', {}).reason).toContain(
      "'amount' is missing",
    );
  });

  it('keeps the reason of the rule', () => {
    const rule = { ...pay, reason: 'Charges are capped.' };
    expect(verdictOf({ default: 'allow', tools: { pay: rule } }, 'pay', { amount: '6' }).reason).toBe(
      `The condition of this rule cannot be judged, so it applies: ${MISTYPED}. Charges are capped.`,
    );
    expect(verdictOf({ default: 'allow', tools: { pay: rule } }, 'pay', { amount: 60_000 }).reason).toBe(
      'Charges are capped.',
    );
  });

  it('is told to the person who is asked', () => {
    const rule = { ...pay, action: 'require_approval' as const };
    const { action, reason } = verdictOf({ default: 'allow', tools: { pay: rule } }, 'pay', { amount: [] });
    expect(action).toBe('require_approval');
    expect(reason).toContain("'amount' is a list, and the condition needs a number");
  });

  it.each([
    ['an entry', { default: 'deny', tools: { pay: { when: 'args.amount < 10', action: 'allow' } } }],
    [
      'a category',
      { default: 'deny', categories: { financial: { when: 'args.amount < 10', action: 'allow' } } },
    ],
    [
      'one of several rules',
      {
        default: 'deny',
        tools: {
          pay: [
            { when: 'args.amount < 10', action: 'allow' },
            { when: 'args.x', action: 'allow' },
          ],
        },
      },
    ],
  ] satisfies [string, Written][])(
    'says of a rule that may have allowed it why it did not: %s',
    (_, written) => {
      expect(verdictOf(written, 'pay', { amount: '5' })).toEqual({
        action: 'deny',
        rule: '/default',
        reason: `The condition of a rule that may allow this call cannot be judged: ${MISTYPED}.`,
      });
    },
  );

  it('says so after the reason of the rule that refuses', () => {
    const written: Written = {
      default: { action: 'deny', reason: 'Nothing else.' },
      tools: { pay: { when: 'args.amount < 10', action: 'allow' } },
    };
    expect(verdictOf(written, 'pay', { amount: '5' }).reason).toBe(
      `Nothing else. The condition of a rule that may allow this call cannot be judged: ${MISTYPED}.`,
    );
  });

  it('is that of a rule whose condition is true, where there is one', () => {
    const rules = [
      { when: 'args.amount > 50000', action: 'deny' as const, reason: 'Too much.' },
      { when: 'args.to == "me"', action: 'deny' as const, reason: 'Not to yourself.' },
    ];
    expect(verdictOf({ default: 'allow', tools: { pay: rules } }, 'pay', { amount: '6', to: 'me' })).toEqual({
      action: 'deny',
      rule: '/tools/pay/1',
      reason: 'Not to yourself.',
    });
  });

  it('repeats no value of an argument', () => {
    const rule = { when: 'int(args.amount) > 5 || args.other[args.amount] == 1', action: 'deny' as const };
    const { reason } = verdictOf({ default: 'allow', tools: { pay: rule } }, 'pay', {
      amount: 'hunter2',
      other: {},
    });
    expect(reason).toContain('cannot be judged');
    expect(reason).not.toContain('hunter2');
  });

  it('says nothing where the call is allowed', () => {
    const rules = [{ when: 'args.amount < 10', action: 'allow' as const }, 'allow' as const];
    expect(verdictOf({ default: 'deny', tools: { pay: rules } }, 'pay', { amount: '5' }).reason).toBe(
      undefined,
    );
  });

  it('says that a condition took too many steps', () => {
    const rule = { when: 'args.l.exists(x, args.l.exists(y, x + y < 0))', action: 'deny' as const };
    const args = { l: Array.from({ length: 2_000 }, (_, index) => index) };
    expect(verdictOf({ default: 'allow', tools: { pay: rule } }, 'pay', args).reason).toBe(
      'The condition of this rule cannot be judged, so it applies: it takes more than 1000000 steps to evaluate for this call.',
    );
  });
});
