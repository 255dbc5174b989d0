import { describe, expect, it } from 'vitest';
import type { Bindings } from '../../../../src/core/policy/conditions/expression.js';
import { isExpressionFlaw } from '../../../../src/core/policy/conditions/expression.js';
import { bindings, compile, evaluate } from './conditions.js';

describe('conditions that fail', () => {
  it.each([
    ['a missing argument', 'args.missing > 1'],
    ['a missing argument that is only unequal', 'args.missing != 1'],
    ['a member of something else', 'args.n.x == 1'],
    ['a wrong type', 'args.s > 1'],
    ['an index outside', 'args.list[7] == 1'],
    ['a division by zero', '1 / (args.n - 3) == 1'],
    ['an overflow', 'args.n + 9223372036854775807 > 0'],
    ['a text that is no number', 'int(args.s) > 1'],
    ['a text that is no URL', 'host(args.s) == "example.com"'],
    ['a text that is no URL and only unequal', 'host(args.s) != "example.com"'],
    ['a path that is no text', 'within(args.list, "/")'],
    ['a regular expression that is none', 'args.s.matches("(" + args.s)'],
    ['a regular expression that no linear matcher has', 'args.s.matches("(a)" + r"\\1")'],
  ])('%s', (_, source) => {
    expect(evaluate(source)).toMatchObject({ failure: expect.any(String) });
  });

  it.each([
    'args.over > 5',
    'args.over != 5',
    'args.over == 5',
    'args.huge > 5',
    'args.huge != 5',
    '!(args.huge == 5)',
    'args.huge == args.over',
    'args.huge in [1]',
    'type(args.huge) != int',
    'args.inside.deep[0] != 5',
    'args.inside.deep.all(n, n != 5)',
    'args.inside != {"deep": [5]}',
    'string(args.huge) != "5"',
  ])('a number that readers read differently: %s', (source) => {
    expect(evaluate(source)).toMatchObject({ failure: expect.stringMatching(/not every reader|overload/) });
  });

  it.each([
    'args.cut == "prod"',
    'args.cut != "prod"',
    '!(args.cut == "prod")',
    'args.cut in ["x"]',
    'args.cut.startsWith("x")',
    'glob(args.cut, "x")',
    'args.cut.size() > 100',
    'args.list[0] != "prod"',
  ])('a text that servers in C end early: %s', (source) => {
    const text = '{"cut":"prod\\u0000x","list":["prod\\u0000x"]}';
    expect(evaluate(source, 'bool', text)).toMatchObject({ failure: expect.any(String) });
  });

  it.each([
    'args.env == "prod"',
    'args.env != "prod"',
    '!(args.env == "prod")',
    'args.env in ["prod", "live"]',
    '!(args.env in ["prod", "live"])',
    'args.id == "5"',
    'args.id != "5"',
    'args.map == "prod"',
    'args.flag == "true"',
    'args.env[0] == 5',
  ])('a value of another type, which servers may turn into the one that is meant: %s', (source) => {
    const text = '{"env":["prod"],"id":5,"map":{"a":1},"flag":true}';
    expect(evaluate(source, 'bool', text)).toMatchObject({ failure: expect.any(String) });
  });

  it.each([
    ['args.none != "text" && args.s != null && null == args.none', true],
    ['args.s in [1, "text"]', true],
    ['args.n == 3.0 && args.n in [1.0, 3.0] && args.d != 1', true],
    ['args.list == [1, 2, 3] && args.items[0] == {"price": 3.0}', true],
    ['args.s in {"text": 1} && !(args.s in {"other": 1})', true],
    ['now == timestamp("2026-11-23T12:00:00Z")', true],
    ['args.s in ["a", "b"]', false],
    ['args.n in []', false],
  ])('but values of one type, and null, are compared: %s', (source, value) => {
    expect(evaluate(source)).toEqual({ value });
  });

  it('but what stands beside such a number can be read', () => {
    expect(evaluate('args.n == 3')).toEqual({ value: true });
    expect(evaluate('args.inside.size() == 1')).toEqual({ value: true });
  });

  it('arguments that cannot be read make those conditions fail that read them', () => {
    const unreadable: Bindings = {
      ...bindings('{}'),
      get args(): never {
        throw new Error('no');
      },
    };
    const condition = (source: string) => {
      const compiled = compile(source, 'bool');
      return isExpressionFlaw(compiled) ? compiled : compiled.evaluate(unreadable);
    };
    expect(condition('args.n == 1')).toMatchObject({ failure: 'no' });
    expect(condition('server == "amazon-mq"')).toEqual({ value: true });
  });

  it('a regular expression costs no more than its text is long', () => {
    const text = JSON.stringify({ s: `${'a'.repeat(50_000)}!` });
    expect(evaluate('args.s.matches("(a+)+$")', 'bool', text)).toEqual({ value: false });
  });

  it('members of objects in the program are no arguments', () => {
    for (const name of ['constructor', 'size', 'toString', '__proto__', 'get']) {
      expect(evaluate(`has(args.${name})`)).toEqual({ value: false });
      expect(evaluate(`args.${name} == 1`)).toMatchObject({ failure: expect.any(String) });
    }
    expect(evaluate('args.__proto__ == 1', 'bool', '{"__proto__": 1}')).toEqual({ value: true });
  });
});
