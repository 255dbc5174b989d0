import { describe, expect, it } from 'vitest';
import { formatDecimal } from '../../../../src/core/limits/decimal.js';
import type { Charge } from '../../../../src/core/limits/limit.js';
import { chargesOf } from '../../../../src/core/policy/decide/charge.js';
import { sampleCall } from '../../../../src/core/policy/decide/sample-call.js';
import type { RuleDocument } from '../../../../src/core/policy/document/document.js';
import { policyFrom, type Written } from '../policies.js';

function chargesFor(written: Written, argumentsText = '{}', name = 'pay'): ReturnType<typeof chargesOf> {
  const [layer] = policyFrom({ default: 'allow', ...written }).layers;
  const entry = layer?.sections[0]?.tools.exact.get('pay');
  const limits = [
    ...(entry?.rules ?? []).flatMap((rule) => rule.limits),
    ...(layer?.sections[0]?.limits ?? []),
  ];
  const call = sampleCall({ kind: 'tool', name, argumentsText, server: 'server', now: 0 });
  return chargesOf(limits, call, false);
}

function charged(rule: RuleDocument, argumentsText?: string): Charge[] {
  const charges = chargesFor({ tools: { pay: rule } }, argumentsText);
  if ('failure' in charges) throw new Error(charges.failure);
  return charges;
}

function failure(rule: RuleDocument, argumentsText?: string): string {
  const charges = chargesFor({ tools: { pay: rule } }, argumentsText);
  if (!('failure' in charges)) throw new Error('nothing failed');
  return charges.failure;
}

const BUDGET: RuleDocument = { budget: { sum: 'args.amount', max: 100.5, window: '1d' } };
const KEYED: RuleDocument = { rate_limit: { max: 2, window: 60, key: 'args.to' } };

describe('what the agent is told of a limit', () => {
  it.each<[RuleDocument, string]>([
    [{ rate_limit: { max: 10, window: 60 } }, 'pay is limited to 10 calls per 60 s'],
    [{ rate_limit: { max: 1, window: '1h' } }, 'pay is limited to 1 call per 1 h'],
    [KEYED, 'pay is limited to 2 calls per 60 s for each args.to'],
    [BUDGET, 'pay is limited to a total of 100.5 (args.amount) per 1 day'],
    [{ concurrency: 1 }, 'pay is limited to 1 call at a time'],
    [{ concurrency: 3 }, 'pay is limited to 3 calls at a time'],
    [{ repeat: { max: 1, window: '5m' } }, 'the same call is limited to 1 time per 5 min'],
    [{ repeat: { max: 2, window: 1 } }, 'the same call is limited to 2 times per 1 s'],
  ])('%j', (rule, text) => {
    expect(charged(rule, '{"to":"a","amount":1}').map(({ describe }) => describe)).toEqual([text]);
  });

  it.each<[Written, string]>([
    [{ rate_limit: { max: 5, window: 60 } }, 'this session is limited to 5 calls per 60 s'],
    [{ concurrency: 5 }, 'this session is limited to 5 calls at a time'],
  ])('of every call: %j', (written, text) => {
    expect(chargesFor(written)).toEqual([expect.objectContaining({ describe: text })]);
  });

  it('names the rule', () => {
    const rule = {
      rate_limit: [
        { max: 1, window: 1 },
        { max: 2, window: 2 },
      ],
      budget: [{ sum: '1', max: 1, window: 1 }],
    };
    expect(charged(rule).map(({ origin }) => origin.pointer)).toEqual([
      '/tools/pay/rate_limit/0',
      '/tools/pay/rate_limit/1',
      '/tools/pay/budget/0',
    ]);
  });
});

describe('budgets', () => {
  it.each<[string, string]>([
    ['3', '3'],
    ['0', '0'],
    ['0.1', '0.1'],
    ['1e2', '100'],
    ['9007199254740994', '9007199254740994'],
  ])('an amount of %s is %s', (amount, expected) => {
    const [charge] = charged(BUDGET, `{"amount":${amount}}`);
    expect(charge?.amount && formatDecimal(charge.amount)).toBe(expected);
  });

  it.each<[string, string, string]>([
    ['missing', '{}', "'amount' is missing"],
    ['negative', '{"amount":-1}', 'it is -1'],
    ['a little negative', '{"amount":-0.001}', 'it is -0.001'],
    ['a text', '{"amount":"5"}', 'it is a string'],
    ['null', '{"amount":null}', 'it is not a single value'],
    ['a list', '{"amount":[1]}', 'it is not a single value'],
    ['true', '{"amount":true}', 'it is true'],
    ['beyond all numbers', '{"amount":1e400}', 'not every reader can hold'],
    ['beyond exact numbers', '{"amount":9007199254740993}', 'not every reader can hold'],
  ])('an amount that is %s cannot be counted', (_, argumentsText, why) => {
    expect(failure(BUDGET, argumentsText)).toContain(
      'The amount `args.amount` of this call cannot be counted',
    );
    expect(failure(BUDGET, argumentsText)).toContain(why);
  });

  it.each(['int(args.secret)', 'args.list[args.secret]', 'bool(args.secret) ? 1 : 2', 'args.secret'])(
    'no reason quotes a text of an argument: %s',
    (sum) => {
      const why = failure({ budget: { sum, max: 1, window: 1 } }, '{"secret":"hunter2","list":{}}');
      expect(why).not.toContain('hunter2');
    },
  );

  it('NaN and infinity cannot be counted', () => {
    for (const sum of ['0.0 / 0.0', '1.0 / 0.0', '-1.0 / 0.0'])
      expect(failure({ budget: { sum, max: 1, window: 1 } })).toContain('cannot be counted');
  });
});

describe('counters', () => {
  const counter = (rule: RuleDocument, argumentsText: string) => charged(rule, argumentsText)[0]?.counter;

  it.each<[string, string, boolean]>([
    ['"a"', '"a"', true],
    ['"a"', '"b"', false],
    ['1', '"1"', true],
    ['1', '"01"', true],
    ['1', 'true', true],
    ['"a"', '"A "', true],
    ['1', '1.0', true],
    ['1', '2', false],
    ['0', '-0.0', true],
    ['true', '"true"', true],
    ['true', 'false', false],
    ['"a b"', '"a"', false],
  ])('the keys %s and %s share one: %j', (one, other, expected) => {
    const same = counter(KEYED, `{"to":${one}}`) === counter(KEYED, `{"to":${other}}`);
    expect(same).toBe(expected);
  });

  it.each(['{}', '{"to":null}', '{"to":["a"]}', '{"to":{}}', '{"to":1e999}'])(
    'a key without a single value refuses the call: %s',
    (argumentsText) => {
      expect(failure(KEYED, argumentsText)).toContain(
        'The key `args.to` of a limit has no value for this call',
      );
    },
  );

  it.each<[string, string, boolean]>([
    ['{"a":1,"b":2}', '{"b":2,"a":1}', true],
    ['{"a":1}', '{"a":2}', false],
    ['{"a":1}', '{"a":"1"}', false],
    ['{}', '{"a":null}', false],
    ['{"a":[1,2]}', '{"a":[2,1]}', false],
  ])('the same call again: %s and %s: %j', (one, other, expected) => {
    const rule = { repeat: { max: 1, window: 1 } };
    expect(counter(rule, one) === counter(rule, other)).toBe(expected);
  });

  it('different tools are never the same call', () => {
    const counterOf = (name: string) => {
      const charges = chargesFor({ repeat: { max: 1, window: 1 } }, '{}', name);
      return 'failure' in charges ? undefined : charges[0]?.counter;
    };
    expect(counterOf('a')).not.toBe(counterOf('b'));
  });

  it('two limits of one rule have two', () => {
    const rule = {
      rate_limit: [
        { max: 1, window: 1 },
        { max: 1, window: 1 },
      ],
    };
    expect(new Set(charged(rule).map(({ counter: id }) => id)).size).toBe(2);
  });
});
