import { createRequire } from 'node:module';
import { type CelFunc, celEnv } from '@bufbuild/cel';
import { describe, expect, it } from 'vitest';
import { expressionCompiler } from '../../../../src/core/policy/conditions/cel.js';
import { ownFunctions } from '../../../../src/core/policy/conditions/evaluation/functions.js';
import { Steps } from '../../../../src/core/policy/conditions/evaluation/steps.js';
import {
  type CompileExpression,
  isExpressionFlaw,
} from '../../../../src/core/policy/conditions/expression.js';
import { bindings } from './conditions.js';

const MACHINE = { home: '/home/me', windows: false };
const unbundled = expressionCompiler(MACHINE);
const bundled: CompileExpression = createRequire(import.meta.url)(
  '../../../../dist/conditions.cjs',
).conditionCompiler(MACHINE);

/** Expressions of each type, so that each function can do something with one of them. */
const OF_TYPE: Readonly<Record<string, readonly string[]>> = {
  int: ['3'],
  uint: ['3u'],
  double: ['1.5'],
  bool: ['true'],
  bytes: ['b"text"'],
  list: ['[1, 2]'],
  map: ['{"text": 1}'],
  dyn: ['args.n', 'now', 'duration("1h")', 'b"text"'],
  string: [
    '"text"',
    '"3"',
    '"true"',
    '"2027-01-01T00:00:00.5+01:00"',
    '"1h30m"',
    '"Europe/Berlin"',
    '"UTC"',
    '"+01:00"',
    '"/srv"',
    '"https://example.com"',
  ],
  'google.protobuf.Timestamp': ['now'],
  'google.protobuf.Duration': ['duration("1h1.5s")'],
};
/** Names that begin with `@` stand for what is written in another way: as `in`, `has` and loops. */
const WRITTEN = new Map([['@in', ' in ']]);

const overloads = [...celEnv({ funcs: ownFunctions(MACHINE, new Steps()) }).funcs].filter(
  ({ name }) => !name.startsWith('@') || WRITTEN.has(name),
);

describe('the program can do what the code can', () => {
  it.each(overloads.map((overload) => [overload.id, overload] as const))('%s', (_, overload) => {
    const sources = sourcesOf(overload);
    const results = sources.map((source) => said(unbundled, source));
    expect(sources.map((source) => said(bundled, source))).toEqual(results);
    // Otherwise nothing would have been tried but how it fails.
    expect(results.some((result) => 'value' in result)).toBe(true);
  });

  it.each([
    'has(args.inside.deep) && args.list.all(x, x > 0) && args.list.exists_one(x, x == 1)',
    'args.list.map(x, x + 1).filter(x, x > 2).exists(x, x == 4)',
    'type(now) == type(timestamp(0)) || dyn(args.n) == 3',
    'args.flag ? args.s in ["text"] : !args.flag',
    'now.getHours("Europe/Berln") > 1',
    'args.s.matches("[") || timestamp("soon") < now',
  ])('%s', (source) => {
    expect(said(bundled, source)).toEqual(said(unbundled, source));
  });
});

/** Calls of an overload with all that its operands can be. */
function sourcesOf({ name, target, arguments: given }: CelFunc): string[] {
  const operands = [...(target ? [target] : []), ...given].map((type) => OF_TYPE[typeName(type.name)] ?? []);
  const all = operands.reduce<string[][]>(
    (before, each) => before.flatMap((list) => each.map((operand) => [...list, operand])),
    [[]],
  );
  return all.map((list) => called(name, target !== undefined, list));
}

function called(name: string, isMethod: boolean, [first = '', ...others]: readonly string[]): string {
  const operator = WRITTEN.get(name) ?? /^_(\W+)_$/.exec(name)?.[1];
  if (operator !== undefined) return `${first} ${operator} ${others[0]}`;
  const sign = /^(\W)_$/.exec(name)?.[1];
  if (sign !== undefined) return `${sign}(${first})`;
  return isMethod ? `${first}.${name}(${others.join(', ')})` : `${name}(${[first, ...others].join(', ')})`;
}

/** `list(dyn)` is a list. */
function typeName(name: string): string {
  return name.replace(/\(.*$/, '');
}

/** The result, in a form that is the same for values of both programs. */
function said(compile: CompileExpression, source: string) {
  const compiled = compile(source, 'any');
  if (isExpressionFlaw(compiled)) return { flaw: compiled.flaw, help: compiled.help };
  const evaluated = compiled.evaluate(
    bindings('{"n":3,"s":"text","flag":true,"list":[1,2],"inside":{"deep":1}}'),
  );
  return 'value' in evaluated
    ? { value: shown(evaluated.value) }
    : { failure: evaluated.failure, cause: evaluated.cause };
}

function shown(value: unknown): string {
  const isMessage = typeof value === 'object' && value !== null && 'message' in value;
  const plain = isMessage ? value.message : value;
  // What describes a type refers to itself.
  return JSON.stringify(plain, (key, each) =>
    key === 'desc' ? undefined : typeof each === 'bigint' ? `${each}n` : each,
  );
}
