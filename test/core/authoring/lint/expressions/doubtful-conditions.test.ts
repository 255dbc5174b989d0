import { describe, expect, it } from 'vitest';
import { doubtfulConditions } from '../../../../../src/core/authoring/lint/expressions/doubtful-conditions.js';
import { expressionReader } from '../../../../../src/core/policy/conditions/cel.js';
import { policyFrom } from '../../../policy/policies.js';

const reader = expressionReader({ home: '/home/me', windows: false });

function doubts(when: string, typesAreKnown = false): string[] {
  const policy = policyFrom({ default: 'deny', tools: { x: { when, action: 'allow' } } });
  return doubtfulConditions(policy, reader, typesAreKnown).map(
    ({ severity, place, message, help }) => `${severity} ${place?.pointer}: ${message} | ${help}`,
  );
}

describe('conditions that are hardly meant as they are written', () => {
  it.each<[string, string]>([
    [
      'args.content.length > 10',
      'warning /tools/x/when: strings and lists have no \'.length\', so this fails unless it is a map with such a member, in `args.content.length > 10` | write size(args.content), or args.content["length"] for a member of a map',
    ],
    ['args.a["b c"].length > 10', 'write size(args.a["b c"])'],
    ['args.list[0].length > 10', 'write size(x)'],
    ['args.list.exists(name, name.length > 10)', 'write size(name), or name["length"]'],
    [
      'within(args.path, "$HOME/x")',
      'warning /tools/x/when: "$HOME/x" is taken as it is written, without the values of variables, in `within(args.path, "$HOME/x")` | write "~/x"',
    ],
    ['within(args.path, "$' + '{HOME}/x")', '| write "~/x"'],
    ['within(args.path, "%USERPROFILE%\\\\x")', '| write "~/x"'],
    ['within(args.path, "$env:USERPROFILE")', '| write "~"'],
    ['within(args.path, "/srv/$USER")', '| write the path itself; only ~/ stands for'],
    ['within(args.path, "file:///srv/x")', 'within() takes paths, not URLs'],
    ['within(args.path, "/srv/**/*")', '| write "/srv": all that is below it is in it'],
    ['within(args.path, "/*")', '| write "/": all'],
    ['within(args.path, "src")', 'info /tools/x/when: within() with "src" fails for every path that is not'],
    ['within(args.path, "./src")', 'info /tools/x/when'],
    ['glob("*.env", args.path)', '| the text comes first: glob(args.path, "*.env")'],
    [
      'within("/srv/files", args.path)',
      'true of all folders above it, in `within("/srv/files", args.path)` | the path comes first: within(args.path, "/srv/files")',
    ],
    ['!within("/srv", args.a.path)', '| the path comes first: within(args.a.path, "/srv")'],
    [
      'now.getDayOfWeek("Europe/Berlin") == 7',
      'getDayOfWeek() is never 7 in `now.getDayOfWeek("Europe/Berlin") == 7` | Sunday is 0',
    ],
    ['now.getDayOfWeek() in [6, 7]', 'getDayOfWeek() is never 7'],
    ['12 == now.getMonth()', '| January is 0, December is 11'],
    ['now.getHours() > 24', 'getHours() is never 24'],
    ['now.getDate() == 0', '| the first day of a month is 1'],
    ['args.path.matches("/^a\\\\/b/i")', '| write "(?i)^a/b"'],
    ['args.path.matches("/b$/")', '| write "b$"'],
  ])('%s', (when, expected) => {
    const [first, ...more] = doubts(when);
    expect(first).toContain(expected);
    expect(more).toEqual([]);
  });

  it.each([
    'size(args.content) > 10 && args.content.startsWith("x")',
    'args.box["length"] > 10 && args.length > 3',
    'has(args.box.length)',
    'within(args.path, "/srv/data") || within(args.path, "~/x") || within(args.path, "C:\\\\x")',
    'within(args.path, args.root)',
    'now.getHours() < 24 && now.getDayOfWeek("UTC") < 7 && 0 <= now.getMinutes()',
    'now.getDayOfWeek() in [0, 6] || now.getHours("UTC") >= 23 || now.getMonth() == 11 || now.getDate() == 31',
    'within(args.path, "/srv/100%") || within(args.path, "/srv/a$b")',
    'glob(args.path, "*.env") || glob("/srv", args.pattern)',
    'args.path.matches("/etc/") || args.path.matches("/home/my") || args.path.matches("^/a/.*")',
  ])('and not %s', (when) => {
    expect(doubts(when)).toEqual([]);
  });

  it('leave what the type of an argument says to the comparison with a server', () => {
    expect(doubts('args.content.length > 10', true)).toEqual([]);
    expect(doubts('within(args.path, "$HOME/x")', true)).toHaveLength(1);
  });

  it('are found in keys and sums of limits, wherever those are', () => {
    const window = 60;
    const policy = policyFrom({
      default: { action: 'allow', budget: { sum: 'args.a.length', max: 1, window } },
      rate_limit: { max: 1, window, key: 'args.b.length' },
      categories: { read: { when: 'args.c.length > 1', action: 'deny' } },
      resources: { 'x:*': { when: 'within(args.uri, "$HOME")', action: 'deny' } },
    });
    expect(doubtfulConditions(policy, reader, false).map(({ place }) => place?.pointer)).toEqual([
      '/resources/x:*/when',
      '/categories/read/when',
      '/default/budget/sum',
      '/rate_limit/key',
    ]);
    expect(doubtfulConditions(policy, undefined, false)).toEqual([]);
  });
});
