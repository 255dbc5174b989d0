import { describe, expect, it } from 'vitest';
import { expressionReader } from '../../../../../src/core/policy/conditions/cel.js';
import { isExpressionFlaw } from '../../../../../src/core/policy/conditions/expression.js';
import { bindings, compile, evaluate } from '../conditions.js';

describe('loops, which are counted', () => {
  it('fail where they take too many steps, whatever is beside them', () => {
    const args = JSON.stringify({ l: Array.from({ length: 2_000 }, (_, index) => index) });
    for (const source of [
      'args.l.exists(x, args.l.exists(y, x + y < 0))',
      '!args.l.exists(x, args.l.exists(y, x + y < 0)) || true',
    ])
      expect(evaluate(source, 'bool', args)).toMatchObject({
        failure: 'it takes more than 1000000 steps to evaluate for this call',
        cause: 'it takes more than 1000000 steps to evaluate for this call',
      });
  });

  it('says what it said before, of loops that make lists', () => {
    for (const source of [
      '[1, 2].map(x, [3, 4].map(y, x * y)) == [[3, 4], [6, 8]]',
      '[1, 2, 3].map(x, x > 1, x + 1) == [3, 4]',
      '[[1, 2], [3]].map(l, l.filter(x, x > 1)) == [[2], [3]]',
      '[3, 1].map(x, x) + [2] == [3, 1, 2] && [1].filter(x, false) == []',
      '{"b": 1, "a": 2}.map(k, k) == ["b", "a"]',
      '[1, 2].map(x, [x] + [x]) == [[1, 1], [2, 2]]',
      '[1, 2, 3].exists_one(x, x == 2) && [].all(x, false) && ![].exists(x, true)',
      '["a", 1].exists(x, x == 1) && !([1, 2].exists(x, x == 3))',
    ])
      expect(evaluate(source), source).toEqual({ value: true });
    expect(evaluate('["a", 1].map(x, x + 1) == [2]')).toMatchObject({ failure: expect.any(String) });
    expect(evaluate('["a", 1].exists(x, x + 1 == 3)')).toMatchObject({ failure: expect.any(String) });
  });
});

describe('a regular expression', () => {
  it('that is too long is not made', () => {
    expect(evaluate('"a".matches(args.p)', 'bool', JSON.stringify({ p: 'a'.repeat(10_001) }))).toMatchObject({
      failure: expect.any(String),
      cause: 'matches() was given a regular expression of more than 10000 characters',
    });
  });

  it('is the same for every text, and tells what is wrong each time', () => {
    const args = JSON.stringify({ l: ['a', 'b', 'a'], p: '[a-', q: '^b$' });
    expect(evaluate('args.l.filter(x, x.matches(args.q)) == ["b"]', 'bool', args)).toEqual({ value: true });
    expect(evaluate('args.l.exists(x, x.matches(args.p))', 'bool', args)).toHaveProperty('failure');
    expect(evaluate('args.l.exists(x, x.matches(args.p)) || true', 'bool', args)).toEqual({ value: true });
  });
});

describe('compiling', () => {
  it('has steps of its own, whatever an evaluation before has taken', () => {
    const l = Array.from({ length: 2_000 }, (_, index) => `t${index}`);
    const tooLong = compile('args.l.exists(x, x in args.l && x in args.l && x == "q")', 'bool');
    if (isExpressionFlaw(tooLong)) throw new Error(tooLong.flaw);
    expect(tooLong.evaluate(bindings(JSON.stringify({ l })))).toHaveProperty('failure');
    expect(isExpressionFlaw(compile('args.s.matches("^[a-z]+$")', 'bool'))).toBe(false);
    const reader = expressionReader({ home: '/home/me', windows: false });
    expect(
      reader.check('args.s.matches("^[a-z]+$")', 'bool', {
        typeOf: () => undefined,
        elementOf: () => undefined,
      }),
    ).toBeUndefined();
  });
});
