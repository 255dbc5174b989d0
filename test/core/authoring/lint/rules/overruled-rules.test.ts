import { describe, expect, it } from 'vitest';
import type { Written } from '../../../policy/policies.js';
import { lintOf, told, tool } from '../subjects.js';

const PAY = [tool('pay', { amount: {}, to: {} })];

function overruled(written: Written): string[] {
  return told(lintOf(written, PAY)).filter((line) => line.includes('overruled'));
}

function rules(lenient: string, strict: string): Written {
  return {
    tools: {
      pay: [{ when: lenient, action: 'require_approval' }, { when: strict, action: 'deny' }, 'allow'],
    },
  };
}

describe('rules that never decide', () => {
  it.each<[string, string]>([
    ['args.amount > 50000', 'args.amount > 10000'],
    ['args.amount > 5', 'args.amount>5'],
    ['args.amount > 5', 'args.amount >= 5'],
    ['args.amount >= 6', 'args.amount > 5'],
    ['5 < args.amount', '3.5 < args.amount'],
    ['args.amount == 7', 'args.amount > 5'],
    ['args.amount <= 3', 'args.amount < 4'],
    ['args.amount > 5 && args.to == "x"', 'args.amount > 1'],
    ['args.amount > 5', 'args.amount > 1 || args.to == "x"'],
    ['args.amount > 5 || args.amount > 7', 'args.amount > 1'],
    ['args.amount > 5 && args.to == "x"', 'args.to == "x" && args.amount > 1'],
    ['args.to.startsWith("x")', 'args.to.startsWith( "x" )'],
  ])('%s beside a stricter %s', (lenient, strict) => {
    expect(overruled(rules(lenient, strict))).toEqual([
      'warning overruled-rule /tools/pay/0: this rule never decides, because /tools/pay/1 applies whenever it does and is stricter (deny) | leave this one out, or write when the stricter one is to apply',
    ]);
  });

  it.each<[string, string]>([
    ['args.amount > 10000', 'args.amount > 50000'],
    ['args.amount >= 5', 'args.amount > 5'],
    ['args.amount < 5', 'args.amount > 1'],
    ['args.amount > 5', 'args.to > 1'],
    ['args.amount > 5', 'args.amount > 1 && args.to == "x"'],
    ['args.amount > 5 || args.to == "x"', 'args.amount > 1'],
    ['args.amount != 7', 'args.amount > 5'],
    ['args.to == "7"', 'args.to == "8"'],
    ['!(args.amount > 5)', 'args.amount > 5'],
  ])('says nothing of %s beside %s', (lenient, strict) => {
    expect(overruled(rules(lenient, strict))).toEqual([]);
  });

  it('in another entry that is as close', () => {
    expect(overruled({ tools: { 'p*': 'allow', '*y': 'deny' } })).toEqual([
      expect.stringMatching(/^warning overruled-rule \/tools\/p\*: .* because \/tools\/\*y applies/),
    ]);
  });

  it('says nothing of what counts, what check says anyway, and what is for other tools', () => {
    const rate_limit = { max: 1, window: 60 };
    expect(overruled({ tools: { 'p*': { rate_limit }, '*y': 'require_approval' } })).toEqual([]);
    expect(overruled({ tools: { pay: ['deny', 'allow'] } })).toEqual([]);
    const two = [...PAY, tool('pad')];
    expect(
      told(lintOf({ tools: { 'p*': 'allow', '*y': 'deny' } }, two)).filter((line) =>
        line.includes('overruled'),
      ),
    ).toEqual([]);
  });
});
