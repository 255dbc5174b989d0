import { describe, expect, it } from 'vitest';
import type { Expected } from '../../../../src/core/policy/conditions/expression.js';
import { isExpressionFlaw } from '../../../../src/core/policy/conditions/expression.js';
import { compile, evaluate } from './conditions.js';

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
    'args.big == 9007199254740994 && args.big != 9007199254740992',
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
    ['args.s.frobnicate() == "A"', "unknown function 'frobnicate'", 'within(), host() and glob()'],
    ['within(args.path)', "'within' cannot be applied to any value", 'it is written within(string, string)'],
    ['args.s.glob("a")', "'glob' cannot be applied", 'it is written glob(string, string)'],
    ['within(1, "/")', "'within' cannot be applied to an integer and a string", 'within(string, string)'],
    ['1 + "a" == 2', "'+' cannot be applied to an integer and a string", 'convert one of them'],
    ['server > 5', "'>' cannot be applied to a string and an integer", 'convert one of them'],
    ['now > 5', "'>' cannot be applied to a timestamp and an integer", 'convert one of them'],
    ['!tool.name', 'cannot be applied to a string', 'convert'],
    ['1 && args.flag', 'an integer is used where true or false is needed', 'compare it'],
    ['tool.name ? true : false', 'a string is used where true or false is needed', 'compare it'],
    ['1', 'the result is an integer, not true or false', 'compare it'],
    ['"deny"', 'the result is a string, not true or false', 'compare it'],
    ['tool.name', 'the result is a string, not true or false', 'compare it'],
    ['args', 'the result is a map, not true or false', 'compare it'],
    ['args.n > 1 ? 1 : 2', 'the result is an integer, not true or false', 'compare it'],
    ['host(args.url)', 'the result is a string, not true or false', 'compare it'],
    ['Thing{a: 1} == 1', "unknown type 'Thing'", 'write a map'],
    ['args.n = 1', 'at character 8', 'compare with =='],
    ['args.n >', 'at character', 'compare with =='],
    ['args.n > 1 and args.n < 3', 'at character 12', 'write && in place of and'],
    ['not args.flag', 'at character 5', 'write !(…) in place of not'],
    ['"open', 'at character 1', 'quote strings'],
    [' ', 'at character', 'compare with =='],
    ['args.n > 1 &&\n  args.flag and true', 'in its line 2 at character 13', 'write && in place of and'],
  ])('%s', (source, flaw, help) => {
    const found = flawOf(source);
    expect(found.flaw).toContain(flaw);
    expect(found.flaw).toContain(`\`${source}\``);
    expect(found.flaw.length).toBeLessThan(160);
    expect(found.help).toContain(help);
  });

  it.each([
    ['args.q.matches("(")', "RE2 has no such regular expression as '('"],
    ['args.q.matches("a{1,2000}")', 'RE2 has no such regular expression'],
    ['args.q.matches(r"(a)\\1")', 'RE2 has no such regular expression'],
    ['args.q.matches("(?=a)")', 'RE2 has no such regular expression'],
    [`args.q.matches("${'a'.repeat(10_001)}")`, 'a regular expression has more than 10000 characters'],
    ['args.l.exists(x, x.matches("["))', 'RE2 has no such regular expression'],
    ['now.getHours("Europe/Berln") > 3', "there is no time zone 'Europe/Berln'"],
    ['now.getDayOfWeek("CET+1") == 1', "there is no time zone 'CET+1'"],
  ])('%s can only fail', (source, flaw) => {
    expect(flawOf(source).flaw).toContain(flaw);
  });

  it.each([
    'args.q.matches("^a{1,900}$")',
    'now.getHours("Europe/Berlin") > 3',
    'now.getHours("+02:00") > 3',
  ])('%s can be evaluated', (source) => {
    expect(isExpressionFlaw(compile(source, 'bool'))).toBe(false);
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
