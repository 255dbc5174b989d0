import { describe, expect, it } from 'vitest';
import { compile, evaluate } from './conditions.js';

const said = (source: string) => {
  const compiled = compile(source, 'bool');
  return 'flaw' in compiled ? `${compiled.flaw} | ${compiled.help}` : undefined;
};

describe('has', () => {
  it.each<[string, string]>([
    ['has(args["x-y"])', '`"x-y" in args`'],
    ['has(args.a["x y"])', '`"x y" in args.a`'],
    ['has(args.a["b"])', 'has(args.a.b)'],
    ['has(args.x-y)', '`"x-y" in args`'],
    ['has(args.a.x-y-z)', '`"x-y-z" in args.a`'],
    ['has(args.list[0])', '`size(args.list) > 0`'],
    ['has(args.a.b[2])', '`size(args.a.b) > 2`'],
    ['has(args.a[args.k])', '`key in args.a`'],
    ['has(args)', '`args` is always there; write has(args.x)'],
    ['has(x)', 'for an argument write has(args.x)'],
    ['has("x")', 'write has(args.x)'],
    ['has("x-y")', '`"x-y" in args`'],
    ['args.has("x")', 'write has(args.x)'],
    ['args.a.has("x-y")', '`"x-y" in args.a`'],
    ['has()', 'write has(args.x), or `"x-y" in args` for other names'],
    ['has(args.a, args.b)', 'write has(args.x), or'],
    ['has(args.x == 1)', 'write has(args.x), or'],
  ])('%s: %s', (source, help) => {
    expect(said(source)).toMatch(/^'has' takes a member that is written with a dot/);
    expect(said(source)?.split(' | ')[1]).toContain(help);
  });

  it('takes members as before', () => {
    expect(evaluate('has(args.n) && has(args.inside.deep) && !has(args.inside.x)')).toEqual({ value: true });
  });
});

describe('a name with a hyphen', () => {
  it.each<[string, string]>([
    [
      'args.user-id == 1',
      `'args.user-id' is read as a subtraction in \`args.user-id == 1\` | for the member 'user-id' write args["user-id"]`,
    ],
    ['args.a.user-id-x == 1', 'write args.a["user-id-x"]'],
    ['args.user-id.startsWith("a")', 'write args["user-id"]'],
    ['args.mcp-server == "x"', 'write args["mcp-server"]'],
  ])('%s', (source, expected) => {
    expect(said(source)).toContain(expected);
  });

  it.each([
    'args.n-1 == 2',
    'args.n-args.d > 1',
    'args.list.exists(x, args.n-x == 1)',
    '[1].map(id, args.n-id)[0] == 2',
  ])('is none: %s', (source) => {
    expect(said(source)).toBeUndefined();
  });
});

describe('comparisons that always have one result', () => {
  it.each<[string, string]>([
    [
      'tool.category == "Read"',
      "'tool.category' is never 'Read' in `tool.category == \"Read\"` | did you mean 'read'?",
    ],
    ['"severe" != tool.risk', "'tool.risk' is never 'severe' in"],
    ['.tool.risk == "extreme"', 'it is one of low, medium, high and critical'],
    ['!(tool.category in ["read", "delete"])', "'tool.category' is never 'delete'"],
    [
      'client == "cursor"',
      'a map is compared with a string, which are never equal, in `client == "cursor"` | write client.name',
    ],
    ['"x" != tool', '| write tool.name'],
    ['client in ["cursor"]', '| write client.name'],
    ['session == 5', '| write session.calls'],
    ['tool.marks == "moves"', '| write `"moves" in tool.marks`'],
    ['server == 1', '| convert one of them'],
    ['now == "2026-01-01"', '| convert one of them'],
    ['args == []', 'a map is compared with a list'],
    ['size(args.list) == "3"', 'an integer is compared with a string'],
  ])('%s', (source, expected) => {
    expect(said(source)).toContain(expected);
  });

  it.each([
    'tool.category in ["read", "write"]',
    'tool.risk != "low"',
    '[{"category": "Read"}].exists(tool, tool.category == "Read")',
    'args.category == "Read" || args.list == [1.0, 2, 3]',
    'server != "x" && client.name == "Cursor"',
    'args.none == null && size(args.list) == 3.0',
    'args == {"a": 1}',
    'type(args.n) == int',
  ])('may have two: %s', (source) => {
    expect(said(source)).toBeUndefined();
  });
});

it('a time zone that there is not is compared with those that there are', () => {
  expect(said('now.getHours("Europe/Berln") > 1')).toMatch(
    /there is no time zone 'Europe\/Berln' .* \| did you mean 'Europe\/Berlin'\?$/,
  );
  expect(said('now.getHours("nowhere at all") > 1')).toMatch(/in the IANA database/);
});

describe('what other languages have', () => {
  it.each<[string, string]>([
    ['args.x.length() > 1', "unknown function 'length' in `args.x.length() > 1` | write size(x)"],
    ['len(args.x) > 1', '| write size(x)'],
    ['args.x.toLowerCase() == "x"', '(?i)'],
    ['args.x.includes("x")', 'x.contains("part"), for an element of a list `"element" in x`'],
    ['args.x.indexOf("x") > 0', 'x.contains("part")'],
    ['args.x.match("x")', 'write x.matches("…")'],
    ['args.x.trim() == "x"', 'CEL has none'],
    ['args.x.startswith("/etc")', "did you mean 'startsWith'?"],
    ['args.x.is_empty()', 'write size(x) == 0'],
    ['exists(args.x)', 'write has(args.x) for an argument'],
    ['args.list.some(x, x == 1)', "unknown function 'some' in"],
    ['not(args.x == 1)', 'write !(…)'],
    ['args.x == None', "unknown variable 'None' in `args.x == None` | write null, or `!has(args.x)`"],
    ['args.x == True', '| write true'],
    ['input.x == 1', 'the arguments are `args`, as in args.x'],
    ['args.x in "xyz"', 'for a part of a string write x.contains("part")'],
    ['type(args.x) == "string"', 'a type is compared with a string'],
    ['tool.name.length > 3', "a string has no 'length' in `tool.name.length > 3` | write size(x)"],
    ['args.x === 1', '| write == in place of ==='],
    ['args.x !== 1', '| write != in place of !=='],
    ['args.x == 1 and args.y == 1', '| write && in place of and'],
    ['args.x == "a and b" or args.y == 1', '| write || in place of or'],
    ['not args.x', '| write !(…) in place of not'],
    ['/x/.test(args.x)', '| a regular expression is a string: write x.matches("…")'],
    ['args.x.match(/and/)', '| a regular expression is a string'],
    ['args.x =~ "x"', '| write x.matches("…")'],
    ['args.x contains "x"', '| it is called behind a dot'],
    ['args.x?.y == 1', '| write has(args.x) && args.x == …'],
    ['args.list.some(x => x == 1)', '| a loop is written list.exists(x, x == 1)'],
    ['args.x = 1', '| compare with == in place of ='],
    ['args.x == "and', '| it is CEL (cel.dev)'],
  ])('%s', (source, expected) => {
    expect(said(source)).toContain(expected);
  });
});

describe('the host of a URL is a name in lower case', () => {
  it.each<[string, string]>([
    ['host(args.url) == "Example.com"', `'host(…)' is never 'Example.com' in`],
    ['host(args.url) == "https://example.com/x"', 'write "example.com": the name alone'],
    ['"example.com:443" != host(args.url)', 'write "example.com": the name alone'],
    ['host(args.url) in ["a.example", "*.example.com"]', '`.endsWith(".example.com")`'],
  ])('%s', (source, expected) => {
    expect(said(source)).toContain(expected);
  });

  it.each(['host(args.url) == "127.0.0.1"', 'host(args.url) in ["a.example", "x_1.b-c.example"]'])(
    'as in %s',
    (source) => {
      expect(said(source)).toBeUndefined();
    },
  );
});

describe('a folder with which within() always fails', () => {
  it.each(['', '~root/x', ' /etc', '/a%20b', '/a\\u0000b'])('%j', (folder) => {
    expect(said(`within(args.path, "${folder}")`)).toMatch(/^within\(\) fails for each call with the folder/);
  });

  it.each(['/', '~', '~/x', '~\\\\x', 'C:\\\\x', '.', 'a~b', '100%/x'])('is not %j', (folder) => {
    expect(said(`within(args.path, "${folder}")`)).toBeUndefined();
  });
});
