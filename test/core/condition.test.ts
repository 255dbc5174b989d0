import { describe, expect, it } from 'vitest';
import { expressionCompiler } from '../../src/core/condition.js';
import type { Bindings, Evaluated, Expected } from '../../src/core/expression.js';
import { isExpressionFlaw } from '../../src/core/expression.js';
import { readValue } from '../../src/core/value.js';

const compile = expressionCompiler({ home: '/home/me', windows: false });
const ARGUMENTS =
  `{"n":3,"d":1.5,"s":"text","flag":true,"none":null,"path":"~/a","url":"https://Example.com/x",
  "list":[1,2,3],"items":[{"price":3},{"price":5}],"big":9007199254740993,"huge":12345678901234567890,"over":1e400,
  "inside":{"deep":[1e400]}}`.replaceAll('\n', '');

function bindings(argumentsText: string): Bindings {
  return {
    args: readValue(argumentsText),
    tool: { name: 'list_a', category: 'read', risk: 'low' },
    server: 'amazon-mq',
    client: { name: 'cursor', version: '1.2' },
    session: { calls: 3 },
    now: Date.UTC(2026, 10, 23, 12),
  };
}

function evaluate(source: string, expected: Expected = 'bool', argumentsText = ARGUMENTS): Evaluated {
  const compiled = compile(source, expected);
  if (isExpressionFlaw(compiled)) throw new Error(`${compiled.flaw}; ${compiled.help}`);
  return compiled.evaluate(bindings(argumentsText));
}

function flawOf(source: string, expected: Expected = 'bool'): { flaw: string; help?: string | undefined } {
  const compiled = compile(source, expected);
  if (!isExpressionFlaw(compiled)) throw new Error('no flaw was found');
  return compiled;
}

describe('conditions that are true', () => {
  it.each([
    'true',
    'args.flag',
    'args.n > 2 && args.n <= 3',
    'args.n == 3.0',
    'args.n < 3.5',
    'args.d > 1',
    '-args.n < 0 && args.n % 2 == 1',
    'args["n"] == 3',
    'args.none == null',
    'args.big == 9007199254740993 && args.big != 9007199254740992',
    '"n" in args && !("m" in args)',
    'has(args.n) && !has(args.m)',
    'args.s in ["text", "other"]',
    'args.s.startsWith("te") && args.s.endsWith("xt") && args.s.contains("ex") && args.s.size() == 4',
    'args.s.matches("^[a-z]+$")',
    'args.s + "s" == "texts"',
    'args.n > 2 ? args.flag : false',
    'args.list.all(n, n > 0) && args.list.exists(n, n == 2) && args.list.exists_one(n, n == 3)',
    'args.items.all(item, item.price > 2)',
    'args.items.map(item, item.price) == [3, 5]',
    'args.items.filter(item, item.price > 4).size() == 1',
    'args.items.exists(item, args.list.exists(n, n == item.price))',
    'args.items[0].price == 3',
    'size(args.list) == 3 && [1] + [2] == [1, 2]',
    '{"a": 1}.a == 1',
    'int("3") == args.n && string(args.n) == "3" && double(args.n) == 3.0 && type(args.n) == int',
    'tool.name == "list_a" && tool.category == "read" && tool.risk == "low" && tool["name"] == "list_a"',
    'server == "amazon-mq" && client.name == "cursor" && client.version.startsWith("1.")',
    'session.calls == 3 && session.calls + 1 > 3',
    'now > timestamp("2026-01-01T00:00:00Z") && now.getHours() == 12',
    'now - timestamp("2026-11-23T11:00:00Z") == duration("1h")',
    'now.getDayOfWeek("Europe/Vienna") == 1',
    'within(args.path, "~") && within("/home/me/a/../b", "~") && !within("/etc", "~")',
    'glob(args.s, "t?x*")',
    'host(args.url) == "example.com"',
    'host(args.url).endsWith(".com")',
    '.args.n == 3',
    'args.missing > 1 || true',
    '!(args.missing > 1 && false)',
  ])('%s', (source) => {
    expect(evaluate(source)).toEqual({ value: true });
  });
});

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
    ['a regular expression that is none', 'args.s.matches("(")'],
    ['a regular expression that no linear matcher has', 'args.s.matches("(a)\\\\1")'],
  ])('%s', (_, source) => {
    expect(evaluate(source)).toEqual({ failure: expect.any(String) });
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
    expect(evaluate(source)).toEqual({ failure: expect.stringMatching(/not every reader|overload/) });
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
    expect(evaluate(source, 'bool', text)).toEqual({ failure: expect.any(String) });
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
    expect(evaluate(source, 'bool', text)).toEqual({ failure: expect.any(String) });
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
    expect(condition('args.n == 1')).toEqual({ failure: 'no' });
    expect(condition('server == "amazon-mq"')).toEqual({ value: true });
  });

  it('a regular expression costs no more than its text is long', () => {
    const text = JSON.stringify({ s: `${'a'.repeat(50_000)}!` });
    expect(evaluate('args.s.matches("(a+)+$")', 'bool', text)).toEqual({ value: false });
  });

  it('members of objects in the program are no arguments', () => {
    for (const name of ['constructor', 'size', 'toString', '__proto__', 'get']) {
      expect(evaluate(`has(args.${name})`)).toEqual({ value: false });
      expect(evaluate(`args.${name} == 1`)).toEqual({ failure: expect.any(String) });
    }
    expect(evaluate('args.__proto__ == 1', 'bool', '{"__proto__": 1}')).toEqual({ value: true });
  });
});

describe('what is known to be wrong before any call', () => {
  it.each<[string, string, string]>([
    ['arg.x > 1', "unknown variable 'arg'", "did you mean 'args'?"],
    ['amount > 1', "unknown variable 'amount'", 'an argument is written args.amount'],
    ['args.n > 1 || bad', "unknown variable 'bad'", 'the variables are args'],
    ['args.list.all(item, itm > 1)', "unknown variable 'itm'", "did you mean 'item'?"],
    ['tool.nme == "a"', "tool has no 'nme'", "did you mean 'tool.name'?"],
    ['client.id == "a"', "client has no 'id'", 'it has name, version'],
    ['has(session.count)', "session has no 'count'", 'it has calls'],
    ['server.name == "a"', "a string has no 'name'", 'only maps'],
    ['wihtin(args.path, "/")', "unknown function 'wihtin'", "did you mean 'within'?"],
    ['args.s.toUpperCase() == "A"', "unknown function 'toUpperCase'", 'within, host and glob'],
    ['within(args.path)', "'within' cannot be applied to any value", 'it is written within(string, string)'],
    ['args.s.glob("a")', "'glob' cannot be applied", 'it is written glob(string, string)'],
    ['within(1, "/")', "'within' cannot be applied to an integer and a string", 'within(string, string)'],
    ['1 + "a" == 2', "'+' cannot be applied to an integer and a string", 'convert one of them'],
    ['server > 5', "'>' cannot be applied to a string and an integer", 'convert one of them'],
    ['now > 5', "'>' cannot be applied to a timestamp and an integer", 'convert one of them'],
    ['!tool.name', 'cannot be applied to a string', 'convert'],
    ['1 && args.flag', 'an integer stands where true or false is needed', 'compare it'],
    ['tool.name ? true : false', 'a string stands where true or false is needed', 'compare it'],
    ['1', 'the result is an integer, not true or false', 'compare it'],
    ['"deny"', 'the result is a string, not true or false', 'compare it'],
    ['tool.name', 'the result is a string, not true or false', 'compare it'],
    ['args', 'the result is a map, not true or false', 'compare it'],
    ['args.n > 1 ? 1 : 2', 'the result is an integer, not true or false', 'compare it'],
    ['host(args.url)', 'the result is a string, not true or false', 'compare it'],
    ['Thing{a: 1} == 1', "unknown type 'Thing'", 'write a map'],
    ['args.n = 1', 'at character 8', 'compare with =='],
    ['args.n >', 'at character', 'compare with =='],
    ['args.n > 1 and args.n < 3', 'at character 12', 'join with &&'],
    ['not args.flag', 'at character 5', 'negate with !'],
    ['"open', 'at character 1', 'quote texts'],
    [' ', 'at character', 'compare with =='],
    ['args.n > 1 &&\n  args.flag and true', 'in its line 2 at character 13', 'join with &&'],
  ])('%s', (source, flaw, help) => {
    const found = flawOf(source);
    expect(found.flaw).toContain(flaw);
    expect(found.flaw).toContain(`\`${source}\``);
    expect(found.flaw.length).toBeLessThan(160);
    expect(found.help).toContain(help);
  });

  it.each(['"a"', 'true', 'args.n > 1', 'tool', '[1]', 'now'])('%s is no number', (source) => {
    expect(flawOf(source, 'number').flaw).toContain('not a number');
  });

  it.each(['args.n', '1', '1.5', 'args.n * 2', 'int(args.s)', 'args.flag ? 1 : 2', 'size(args.list)'])(
    '%s may be a number',
    (source) => {
      expect(isExpressionFlaw(compile(source, 'number'))).toBe(false);
    },
  );

  it.each(['args.n', 'tool.name', 'true', 'args.s + server'])('%s may be a key', (source) => {
    expect(isExpressionFlaw(compile(source, 'any'))).toBe(false);
  });
});
