import { describe, expect, it } from 'vitest';
import type { Expected } from '../../../../../src/core/policy/conditions/expression.js';
import { evaluate } from '../conditions.js';

function causeOf(source: string, args: string, expected: Expected = 'bool'): string | undefined {
  const evaluated = evaluate(source, expected, args);
  if (!('failure' in evaluated)) throw new Error('it did not fail');
  return evaluated.cause;
}

describe('why a condition failed, in names and types', () => {
  it.each<[string, string, string]>([
    ['args.amount > 50000', '{"amount":"6"}', "'amount' is a string, and the condition needs a number"],
    ['50000 < args.amount', '{"amount":"6"}', "'amount' is a string, and the condition needs a number"],
    ['args.amount > 50000', '{}', "'amount' is missing"],
    ['args.amount > 50000', '{"amount":null}', "'amount' is null, and the condition needs a number"],
    ['args.force', '{}', "'force' is missing"],
    ['args.force', '{"force":"true"}', "'force' is a string, and the condition needs a boolean"],
    ['!args.force', '{"force":"true"}', "'force' is a string, and the condition needs a boolean"],
    [
      'has(args.force) && args.force',
      '{"force":1}',
      "'force' is a number, and the condition needs a boolean",
    ],
    ['args.a > 1 || args.b', '{"a":0,"b":[]}', "'b' is a list, and the condition needs a boolean"],
    ['args.env == "prod"', '{"env":["prod"]}', "'env' is a list, and the condition needs a string"],
    ['args.env in ["prod", "live"]', '{"env":5}', "'env' is a number, and the condition needs a string"],
    ['"prod" in args.tags', '{"tags":"prod"}', "'tags' is a string, and the condition needs a list or a map"],
    ['args.a.b.c == 1', '{"a":{"b":"x"}}', "'a.b' is a string, and the condition needs a map"],
    ['args.a.b.c == 1', '{"a":{"b":{}}}', "'a.b.c' is missing"],
    [
      'has(args.options.force) && args.options.force',
      '{"options":"{}"}',
      "'options' is a string, and the condition needs a map",
    ],
    ['has(args.options.force)', '{}', "'options' is missing"],
    ['args.s.startsWith("a")', '{"s":5}', "'s' is a number, and the condition needs a string"],
    ['within(args.path, "/srv")', '{"path":[]}', "'path' is a list, and the condition needs a string"],
    [
      'args.items.exists(item, item.price > 3)',
      '{"items":[{"price":1},{"price":"5"}]}',
      "'items[].price' is a string, and the condition needs a number",
    ],
    ['args.items.exists(item, item.price > 3)', '{"items":[{"cost":1}]}', "'items[].price' is missing"],
    [
      'args.items.exists(item, item.price > 3)',
      '{"items":5}',
      "'items' is a number, and the condition needs a list or a map",
    ],
    ['args["x-y"] > 3', '{"x-y":true}', '\'args["x-y"]\' is a boolean, and the condition needs a number'],
    ['args.n * 2 > 3', '{"n":1.5}', "'n' is a decimal number, and the condition needs a whole number"],
    ['args.n + 1 > 3', '{"n":"1"}', "'n' is a string, and the condition needs a number"],
    ['args.big > 3', '{"big":12345678901234567890}', "'big' is a number that not every reader can hold"],
    ['args.s != "a"', '{"s":"a\\u0000"}', "'s' has a U+0000 in it, where some servers end a string"],
    ['host(args.url) == "x"', '{"url":"x"}', 'host() was given a string that is not a plain URL'],
    [
      'within(args.path, "/srv")',
      '{"path":"%2e"}',
      'within() was given a path that can be read in more than one way',
    ],
    ['args.path == "x"', '{"path":"x","Path":"y"}', 'some servers read the argument "Path" as "path"'],
  ])('%s with %s', (source, args, cause) => {
    expect(causeOf(source, args)).toBe(cause);
  });

  it.each<[string, string]>([
    ['int(args.s) > 5', '{"s":"SECRET"}'],
    ['timestamp(args.s) < now', '{"s":"SECRET"}'],
    ['duration(args.s) < duration("1h")', '{"s":"SECRET"}'],
    ['args.s.matches(args.s + "(")', '{"s":"SECRET"}'],
    ['args.m[args.s] == 1', '{"s":"SECRET","m":{}}'],
    ['args.l[args.n] == 1', '{"n":424242,"l":[]}'],
    ['args.n + 9223372036854775807 > 0', '{"n":424242}'],
    ['args.m == {"a": 1}', '{"m":{"a":"SECRET"}}'],
    ['{args.s: 1, args.s: 2} == {}', '{"s":"SECRET"}'],
  ])('%s with %s repeats no value', (source, args) => {
    expect(causeOf(source, args) ?? '').not.toMatch(/SECRET|424242/);
  });

  it('is told of sums and keys too', () => {
    expect(causeOf('args.amount * 2', '{"amount":"6"}', 'number')).toBe(
      "'amount' is a string, and the condition needs a number",
    );
    expect(causeOf('args.team.id', '{"team":"6"}', 'any')).toBe(
      "'team' is a string, and the condition needs a map",
    );
  });
});
