import { describe, expect, it } from 'vitest';
import { readValue } from '../../../../../src/core/json/value.js';
import { expressionCompiler } from '../../../../../src/core/policy/conditions/cel.js';
import { similarKeys } from '../../../../../src/core/policy/conditions/evaluation/similar-keys.js';
import type { Bindings } from '../../../../../src/core/policy/conditions/expression.js';
import { isExpressionFlaw } from '../../../../../src/core/policy/conditions/expression.js';

describe('keys that some server reads as one', () => {
  it.each([
    ['{"path":"a","Path":"b"}', ['path', 'Path']],
    ['{"deep":[{"x":{"name":1,"NAME":2}}]}', ['name', 'NAME']],
    ['{"params":1,"param\\u017f":2}', ['params', 'paramſ']],
    ['{"name":1,"name\\u0000":2}', ['name', 'name\u0000']],
    ['{"a":{"path\\u0000x":"/etc"}}', ['path', 'path\u0000x']],
    ['{"path":"a","paths":"b"}', undefined],
    ['{"a":{"x":1},"b":{"X":2}}', undefined],
    ['[1,"a",null]', undefined],
  ])('%s', (text, expected) => {
    expect(similarKeys(readValue(text))).toEqual(expected);
  });

  it('makes every condition about the arguments fail, and no other', () => {
    const compile = expressionCompiler({ home: '/home/me', windows: false });
    const bindings = {
      args: readValue('{"path":"/home/me/a","Path":"/etc/passwd"}'),
      tool: { name: 'read', category: 'read', risk: 'low', marks: [] },
      server: 's',
      client: { name: 'c', version: '1' },
      session: { calls: 0 },
      now: 0,
    } satisfies Bindings;
    const evaluate = (source: string) => {
      const compiled = compile(source, 'bool');
      if (isExpressionFlaw(compiled)) throw new Error(compiled.flaw);
      return compiled.evaluate(bindings);
    };
    expect(evaluate('within(args.path, "~")')).toMatchObject({ failure: expect.stringContaining('"Path"') });
    expect(evaluate('tool.name == "read"')).toEqual({ value: true });
  });
});

describe('a key that an expression means and does not see', () => {
  const compile = expressionCompiler({ home: '/home/me', windows: false });
  const evaluate = (source: string, args: string) => {
    const compiled = compile(source, 'bool');
    if (isExpressionFlaw(compiled)) throw new Error(compiled.flaw);
    return compiled.evaluate({
      args: readValue(args),
      tool: { name: 't', category: 'read', risk: 'low', marks: [] },
      server: 's',
      client: { name: 'c', version: '1' },
      session: { calls: 0 },
      now: 0,
    });
  };

  it.each([
    ['has(args.amount) && args.amount > 100', '{"Amount":500}'],
    ['has(args.amount) && args.amount > 100', '{"amount\\u0000":500}'],
    ['has(args.amount) && args.amount > 100', '{"amount\\u0000x":500}'],
    ['"cmd" in args && args.cmd == "rm"', '{"CMD":"rm"}'],
    ['has(args.deep) && has(args.deep.path)', '{"deep":{"Path":"/etc"}}'],
  ])('%s with %s', (source, args) => {
    expect(evaluate(source, args)).toMatchObject({ failure: expect.stringContaining('some servers read') });
  });

  it.each([
    ['has(args.amount) && args.amount > 100', '{"amount":50,"Other":1}', false],
    ['has(args.amount) && args.amount > 100', '{}', false],
    ['args.userId == "a"', '{"userId":"a","UserName":"b"}', true],
  ])('%s with %s is as ever', (source, args, value) => {
    expect(evaluate(source, args)).toEqual({ value });
  });

  it('does not compile loops in loops in loops', () => {
    expect(compile('args.a.all(x, args.b.all(y, x != y))', 'bool')).toHaveProperty('evaluate');
    expect(compile('args.a.all(x, args.b.all(y, args.c.all(z, x != y && y != z)))', 'bool')).toMatchObject({
      flaw: expect.stringContaining('nested more than two deep'),
    });
  });
});
