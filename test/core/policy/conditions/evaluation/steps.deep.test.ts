import { describe, expect, it } from 'vitest';
import { cpuTime } from '../../../../cpu-time.js';
import { evaluate } from '../conditions.js';

const TOO_MANY = {
  failure: expect.stringContaining('more than 1000000 steps'),
  cause: expect.stringContaining('more than 1000000 steps'),
};
const list = (length: number, each: (index: number) => unknown = (index) => `t${index}`) =>
  Array.from({ length }, (_, index) => each(index));
const judged = (source: string, args: Record<string, unknown>) => {
  let result: ReturnType<typeof evaluate> | undefined;
  const ms = cpuTime(() => {
    result = evaluate(source, 'bool', JSON.stringify(args));
  });
  return { result, ms };
};

describe('a condition that takes too long for what it is given', () => {
  it.each<[string, Record<string, unknown>]>([
    ['args.l.exists(x, x in args.l && x == "q")', { l: list(20_000) }],
    ['!args.l.exists(x, x in args.l && x == "q")', { l: list(20_000) }],
    ['args.l.exists(x, x in args.l && x == "q") || true', { l: list(20_000) }],
    ['true || args.l.all(x, args.l.all(y, x == y || true))', { l: list(20_000) }],
    ['args.l.map(x, args.l.map(y, x + y)).size() > 0', { l: list(2_000) }],
    ['args.l.exists(x, args.l.exists(y, true) && x == "q")', { l: list(20_000) }],
    [
      'args.l.exists(x, args.m.exists(y, false))',
      { l: list(2_000), m: Object.fromEntries(list(2_000).map((key) => [key, 1])) },
    ],
    ['args.l.all(x, args.m == args.n)', { l: list(2_000), m: list(2_500), n: list(2_500) }],
    ['args.l.exists_one(x, args.l.filter(y, y == x).size() == 1)', { l: list(3_000) }],
    ['args.l.all(x, !args.t.matches(x))', { l: list(2_000, () => 'a+b+c+d'), t: 'a'.repeat(20_000) }],
    ['args.l.all(x, args.t.size() > 0)', { l: list(2_000), t: 'ä'.repeat(100_000) }],
    ['args.l.all(x, !glob(args.t, "*a*b*c*d"))', { l: list(2_000), t: 'abc'.repeat(20_000) }],
    ['args.l.all(x, within(args.t, "/srv"))', { l: list(2_000), t: `/srv/${'a/'.repeat(20_000)}` }],
    ['args.l.all(x, now.getHours(x) < 25)', { l: list(20_000, () => 'Europe/Berlin') }],
    ['args.t.matches(args.t)', { t: 'a'.repeat(100_000) }],
    ['"".matches(args.p)', { p: '(a|b|c|d|e)?'.repeat(20_000) }],
    ['args.l.all(x, "".matches(x))', { l: list(200, (index) => `${'\\pL?'.repeat(2_000)}${index}?`) }],
    ['args.l.exists(x, "".matches(x))', { l: list(200, (index) => `${index}${'\\pL'.repeat(2_000)}(`) }],
  ])('%s fails soon', (source, args) => {
    const { result, ms } = judged(source, args);
    if (source.startsWith('true ||')) expect(result).toEqual({ value: true });
    else expect(result).toMatchObject(TOO_MANY);
    expect(ms).toBeLessThan(5_000);
  });

  it.each<[string, Record<string, unknown>, boolean]>([
    ['args.l.exists(x, x == "q")', { l: list(50_000) }, false],
    ['args.l.all(x, x.startsWith("t") && x.size() < 9)', { l: list(50_000) }, true],
    ['"q" in args.l', { l: list(200_000) }, false],
    ['args.l.map(x, x + "!").filter(x, x == "t9!").size() == 1', { l: list(50_000) }, true],
    ['args.l.map(x, x).exists(x, x == "t19999")', { l: list(20_000) }, true],
    [
      'args.l.exists(x, args.k.exists(y, y == x))',
      { l: list(300), k: list(300, (index) => -index).map(String) },
      false,
    ],
    ['args.l == args.l', { l: list(50_000) }, true],
    ['args.t.contains("password")', { t: 'a'.repeat(1_000_000) }, false],
    ['args.t.matches("(?i)(password|secret|token)[=:]")', { t: 'a '.repeat(200_000) }, false],
    ['args.l.all(x, x.matches("^t[0-9]+$"))', { l: list(50_000) }, true],
    ['args.l.exists(x, x.matches(args.p))', { l: list(200), p: `q${'\\pL'.repeat(1_000)}` }, false],
    ['args.t.size() < 2000000', { t: 'a'.repeat(1_000_000) }, true],
  ])('%s is evaluated', (source, args, value) => {
    expect(judged(source, args).result).toEqual({ value });
  });

  it('begins anew with each evaluation', () => {
    const args = { l: list(30_000) };
    for (let time = 0; time < 20; time++)
      expect(judged('args.l.exists(x, x == "q")', args).result).toEqual({ value: false });
  });
});
