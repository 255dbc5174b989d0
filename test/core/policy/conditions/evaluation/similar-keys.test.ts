import { describe, expect, it } from 'vitest';
import { readValue } from '../../../../../src/core/json/value.js';
import { expressionCompiler } from '../../../../../src/core/policy/conditions/cel.js';
import { similarKeys } from '../../../../../src/core/policy/conditions/evaluation/similar-keys.js';
import type { Bindings } from '../../../../../src/core/policy/conditions/expression.js';
import { isExpressionFlaw } from '../../../../../src/core/policy/conditions/expression.js';
import { cpuTime } from '../../../../cpu-time.js';

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

  it('fails where that would take too long, before it has taken it', () => {
    const keys = Array.from({ length: 40_000 }, (_, index) => [`${index}${'\ufdfa'.repeat(40)}`, 1]);
    const args = JSON.stringify(Object.fromEntries(keys));
    for (const source of ['args.a == 1', 'has(args.a)', 'true || has(args.a)', 'has(args.a) || true']) {
      let found: unknown;
      expect(
        cpuTime(() => {
          found = evaluate(source, args);
        }),
      ).toBeLessThan(2_000);
      if (source.startsWith('true')) expect(found).toEqual({ value: true });
      else expect(found).toMatchObject({ failure: expect.stringContaining('more than 1000000 steps') });
    }
  });

  it('does not for a table of many rows, nor for many usual keys', () => {
    const rows = Array.from({ length: 10_000 }, (_, index) => ({
      参数名称: index,
      Größe: 1,
      Straße: 2,
      名前: 3,
    }));
    const usual = Object.fromEntries(rows.map((_, index) => [`Feld für Straße ${index}`, index]));
    expect(evaluate('size(args.rows) > 9', JSON.stringify({ rows }))).toEqual({ value: true });
    expect(evaluate('!has(args.amount)', JSON.stringify(usual))).toEqual({ value: true });
  });

  it('does not compile loops in loops in loops', () => {
    expect(compile('args.a.all(x, args.b.all(y, x != y))', 'bool')).toHaveProperty('evaluate');
    expect(compile('args.a.all(x, args.b.all(y, args.c.all(z, x != y && y != z)))', 'bool')).toMatchObject({
      flaw: expect.stringContaining('nested more than two deep'),
    });
  });
});
