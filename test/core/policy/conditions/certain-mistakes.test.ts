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
