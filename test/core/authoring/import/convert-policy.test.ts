import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runCase } from '../../../../src/cli/policy/test-cases.js';
import { readSource } from '../../../../src/config/yaml/source.js';
import { importedFrom } from '../../../../src/core/authoring/import/convert-policy.js';
import { importedText, importNotes } from '../../../../src/core/authoring/import/render.js';
import { compile } from '../../../../src/core/policy/compile/compile.js';
import type { Policy } from '../../../../src/core/policy/compile/policy.js';
import { expressionCompiler } from '../../../../src/core/policy/conditions/cel.js';
import { idleRules } from '../../../../src/core/policy/decide/idle-rules.js';
import { preview } from '../../../../src/core/policy/decide/preview.js';
import { runs } from '../../../runs.js';

const compileExpression = expressionCompiler({ home: '/home/me', windows: false });

/** The policy that comes out. It has to pass every check without a warning. */
function imported(document: Record<string, unknown>): { policy: Policy; text: string; notes: string[] } {
  const result = importedFrom({ version: '1', ...document });
  const text = importedText(result, 'intercept.yaml');
  const { policy, diagnostics } = compile([[readSource(text, 'policy-wrap.yaml')]], 's', compileExpression);
  expect(diagnostics, text).toEqual([]);
  expect(idleRules(policy), text).toEqual([]);
  return { policy, text, notes: importNotes(result) };
}

const happens = (policy: Policy, call: string, args: Record<string, unknown> = {}) =>
  runCase(policy, { call, args, expect: 'allow' }).actual;

/** Cannot be made a text. */
const ODD = { toString: 0, valueOf: 0 };

/** A policy with one rule of one tool. */
const withRule = (rule: object) => imported({ tools: { t: { rules: [{ name: 'r', ...rule }] } } });
const withCondition = (path: string, op: string, value: unknown) =>
  withRule({ conditions: [{ path, op, value }] });

describe('conditions of Intercept', () => {
  it.each<[string, string, unknown, Record<string, unknown>, boolean]>([
    ['args.a', 'eq', 'main', { a: 'main' }, true],
    ['args.a', 'eq', 'main', { a: 'dev' }, false],
    ['args.a', 'eq', 'main', {}, false],
    ['args.a', 'eq', 5, { a: 5 }, true],
    ['args.a', 'eq', 5, { a: 5.5 }, false],
    ['args.a', 'eq', true, { a: true }, true],
    ['args.a', 'eq', true, { a: false }, false],
    ['args.a', 'eq', null, { a: null }, true],
    ['args.a', 'neq', 'prod', { a: 'dev' }, true],
    ['args.a', 'neq', 'prod', { a: 'prod' }, false],
    ['args.a', 'neq', 'prod', {}, false],
    ['args.a', 'in', ['usd', 'eur'], { a: 'eur' }, true],
    ['args.a', 'in', ['usd', 'eur'], { a: 'gbp' }, false],
    ['args.a', 'in', [1, 2], { a: 2 }, true],
    ['args.a', 'in', [], { a: 2 }, false],
    ['args.a', 'in', ['usd'], {}, false],
    ['args.a', 'not_in', ['admin'], { a: 'user' }, true],
    ['args.a', 'not_in', ['admin'], { a: 'admin' }, false],
    ['args.a', 'not_in', ['admin'], {}, false],
    ['args.a', 'lt', 5, { a: 4.9 }, true],
    ['args.a', 'lt', 5, { a: 5 }, false],
    ['args.a', 'lte', 5, { a: 5 }, true],
    ['args.a', 'lte', 5, { a: 5.1 }, false],
    ['args.a', 'gt', -5, { a: -4 }, true],
    ['args.a', 'gt', -5, { a: -5 }, false],
    ['args.a', 'gte', 0.5, { a: 0.5 }, true],
    ['args.a', 'gte', 0.5, { a: 0 }, false],
    ['args.a', 'lt', 5, { a: '4' }, false],
    ['args.a', 'lt', 5, {}, false],
    ['args.a', 'lt', 5, { a: null }, false],
    ['args.a', 'regex', '^feat/', { a: 'feat/x' }, true],
    ['args.a', 'regex', '^feat/', { a: 'fix/feat/' }, false],
    ['args.a', 'regex', String.raw`\d+\.\d "x'`, { a: `12.3 "x'` }, true],
    ['args.a', 'regex', String.raw`^\w+\\$`, { a: 'ab\\' }, true],
    ['args.a', 'regex', 'é+\n', { a: 'éé\n' }, true],
    ['args.a', 'regex', '^feat/', { a: 5 }, false],
    ['args.a', 'contains', 'test', { a: 'a test b' }, true],
    ['args.a', 'contains', 'test', { a: 'a b' }, false],
    ['args.a', 'contains', 'test', { a: ['x', 'test'] }, true],
    ['args.a', 'contains', 'test', { a: ['x'] }, false],
    ['args.a', 'contains', 'test', { a: { test: 1 } }, false],
    ['args.a', 'contains', 'test', { a: 5 }, false],
    ['args.a', 'contains', 5, { a: [4, 5] }, true],
    ['args.a', 'contains', 5, { a: '5' }, false],
    ['args.a', 'contains', 'x', {}, false],
    ['args.a', 'exists', true, { a: 0 }, true],
    ['args.a', 'exists', true, { a: null }, false],
    ['args.a', 'exists', true, {}, false],
    ['args.a', 'exists', false, {}, true],
    ['args.a', 'exists', false, { a: null }, true],
    ['args.a', 'exists', false, { a: '' }, false],
    ['args.a.b', 'exists', false, {}, true],
    ['args.a.b', 'exists', false, { a: {} }, true],
    ['args.a.b', 'exists', false, { a: { b: 1 } }, false],
    ['args.a.b', 'exists', true, { a: { b: 1 } }, true],
    ['args.a.b', 'exists', true, { a: {} }, false],
    ['args.a.b.c', 'eq', 'x', { a: { b: { c: 'x' } } }, true],
    ['args.a.b.c', 'eq', 'x', { a: { b: {} } }, false],
    ['args.my-field', 'eq', 'x', { 'my-field': 'x' }, true],
    ['args.my-field', 'exists', false, {}, true],
    ['args.my-field', 'exists', false, { 'my-field': 1 }, false],
    ['args.in', 'eq', 'x', { in: 'x' }, true],
    ['args.0', 'eq', 'x', { 0: 'x' }, true],
    ['args.a"b', 'eq', `'"\\`, { 'a"b': `'"\\` }, true],
  ])('%s %s %j with %j: %j', (path, op, value, args, passes) => {
    const { policy } = withCondition(path, op, value);
    expect(happens(policy, 't', args)).toBe(passes ? 'allow' : 'deny');
  });

  it('hold together in a rule, and each rule has to hold', () => {
    const { policy } = imported({
      tools: {
        t: {
          rules: [
            {
              name: 'one',
              conditions: [
                { path: 'args.a', op: 'lte', value: 5 },
                { path: 'args.b', op: 'exists', value: false },
              ],
              on_deny: 'First.',
            },
            { name: 'two', conditions: [{ path: 'args.c', op: 'neq', value: 'x' }], on_deny: 'Second.' },
          ],
        },
      },
    });
    expect(happens(policy, 't', { a: 5, c: 'y' })).toBe('allow');
    expect(happens(policy, 't', { a: 6, c: 'y' })).toBe('deny');
    expect(happens(policy, 't', { a: 5, b: 1, c: 'y' })).toBe('deny');
    expect(happens(policy, 't', { a: 5, c: 'x' })).toBe('deny');
    expect(
      runCase(policy, { call: 't', args: { a: 5, c: 'x' }, expect: 'deny', reason: 'Second.' }).passed,
    ).toBe(true);
  });

  it.each([
    [{ path: 'args.a', op: 'like', value: 'x' }],
    [{ path: 'args.a', op: 'lt', value: 'x' }],
    [{ path: 'args.a', op: 'in', value: 'x' }],
    [{ path: 'args.a', op: 'regex', value: 5 }],
    [{ path: 'args.a', op: 'exists', value: 'yes' }],
    [{ path: 'session.a', op: 'eq', value: 5 }],
    [{ path: 'args.a', op: 'eq', value: { b: 1 } }],
    [{ path: 'args.a', op: 'eq', value: 5, unless: 'b' }],
    [{ path: 'state.t.n', op: 'lt', value: 5 }],
    [{ path: 'state._global.n', op: 'lt', value: 5 }],
    [{ op: 'eq', value: 5 }],
    ['args.a == 5'],
  ])('that cannot be said have a person asked: %j', (condition) => {
    const { policy, notes, text } = withRule({ conditions: [condition] });
    expect(happens(policy, 't', { a: 5 })).toBe('require_approval');
    expect(notes.join()).toContain('so a person is asked instead');
    expect(text).toContain('# note: this cannot be converted');
  });
});

/** What their engine does, by its documents: numbers as numbers, all else by its text. */
function theirs(op: string, value: unknown, args: Record<string, unknown>): boolean {
  const actual = args['a'];
  const exists = Object.hasOwn(args, 'a');
  if (op === 'exists') return (exists && actual !== null) === value;
  if (!exists) return false;
  const shown = (one: unknown) =>
    one === null ? '<nil>' : typeof one === 'object' ? JSON.stringify(one) : String(one);
  const equal = (one: unknown, other: unknown) =>
    typeof one === 'number' && typeof other === 'number' ? one === other : shown(one) === shown(other);
  const both = typeof actual === 'number' && typeof value === 'number';
  switch (op) {
    case 'eq':
      return equal(actual, value);
    case 'neq':
      return !equal(actual, value);
    case 'in':
      return (value as unknown[]).some((each) => equal(actual, each));
    case 'not_in':
      return !(value as unknown[]).some((each) => equal(actual, each));
    case 'lt':
      return both && actual < value;
    case 'lte':
      return both && actual <= value;
    case 'gt':
      return both && actual > value;
    case 'gte':
      return both && actual >= value;
    default:
      if (typeof actual === 'string') return typeof value === 'string' && actual.includes(value);
      return Array.isArray(actual) && actual.some((each) => equal(each, value));
  }
}

describe('what comes out', () => {
  const scalar = fc.oneof(
    fc.constantFrom('', 'a', 'ab', '5', 'true', 'null'),
    fc.integer({ min: -3, max: 6 }),
    fc.boolean(),
    fc.constant(null),
  );
  const value = fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }), fc.constant({ a: 1 }));

  it('never lets a call pass that Intercept refuses, and refuses none that it lets pass where types agree', () => {
    const ops = fc.constantFrom('eq', 'neq', 'in', 'not_in', 'lt', 'lte', 'gt', 'gte', 'contains', 'exists');
    fc.assert(
      fc.property(
        ops,
        scalar,
        fc.array(scalar, { maxLength: 3 }),
        fc.boolean(),
        fc.option(value, { nil: undefined }),
        (op, one, list, flag, actual) => {
          const expected = op.endsWith('in')
            ? list
            : op === 'exists'
              ? flag
              : op.length <= 3 && /[lg]t/.test(op)
                ? 3
                : one;
          const args = actual === undefined ? {} : { a: actual };
          const ours = happens(withCondition('args.a', op, expected).policy, 't', args);
          if (!theirs(op, expected, args)) expect(ours).not.toBe('allow');
          else if (typeof actual === typeof expected && actual !== null && typeof actual !== 'object')
            expect(ours).toBe('allow');
        },
      ),
      runs(400),
    );
  });

  it.each<[string, object, string]>([
    ['a rate', { rate_limit: '5/hour' }, 'allow x5, limited x2'],
    ['a rate as a map', { rate_limit: { max: 3, window: 60 } }, 'allow x3, limited x4'],
    [
      'a counter up to',
      { conditions: [{ path: 'state.t.n', op: 'lte', value: 4 }], state: { counter: 'n', window: 'day' } },
      'allow x4, limited x3',
    ],
    [
      'a counter below',
      { conditions: [{ path: 'state.t.n', op: 'lt', value: 4 }], state: { counter: 'n', window: 'minute' } },
      'allow x3, limited x4',
    ],
    [
      'a counter that grows by two',
      {
        conditions: [{ path: 'state.t.n', op: 'lte', value: 5 }],
        state: { counter: 'n', window: 'day', increment: 2 },
      },
      'allow x2, limited x5',
    ],
    [
      'a sum',
      {
        conditions: [{ path: 'state.t.n', op: 'lte', value: 30 }],
        state: { counter: 'n', window: 'day', increment_from: 'args.amount' },
      },
      'allow x3, limited x4',
    ],
    [
      'a counter that lets nothing pass',
      { conditions: [{ path: 'state.t.n', op: 'lt', value: 1 }], state: { counter: 'n', window: 'day' } },
      'deny x7',
    ],
  ])('limits calls by %s', (_, rule, expected) => {
    const { policy } = withRule(rule);
    const { actual } = runCase(policy, { call: 't', args: { amount: 10 }, times: 7, expect: 'allow' });
    expect(actual).toBe(expected);
  });

  it.each([
    [{ rate_limit: '5/fortnight' }],
    [{ rate_limit: '0x5/hour' }],
    [{ rate_limit: 5 }],
    [{ conditions: [{ path: 'state.t.n', op: 'gt', value: 4 }], state: { counter: 'n', window: 'day' } }],
    [{ conditions: [{ path: 'state.t.n', op: 'lt', value: 4 }], state: { counter: 'n', window: 'week' } }],
    [
      {
        conditions: [{ path: 'state.t.n', op: 'lt', value: 4 }],
        state: { counter: 'n', window: 'day', increment: -1 },
      },
    ],
    [{ action: 'require_approval' }],
    [{ action: 'log', conditions: [{ path: 'args.a', op: 'eq', value: 1 }] }],
    [{ action: 'deny', unless: 'sunday' }],
  ])('asks a person where it cannot say %j', (rule) => {
    const { policy } = withRule(rule);
    expect(happens(policy, 't', { a: 1 })).toBe('require_approval');
  });

  it('has one counter for all calls where theirs has', () => {
    const { policy } = imported({
      tools: { a: { rules: [] }, '*': { rules: [{ name: 'g', rate_limit: '5/minute' }] } },
    });
    expect(policy.layers[0]?.sections[0]?.limits).toHaveLength(1);
    expect(runCase(policy, { call: 'a', times: 6, expect: 'allow' }).actual).toBe('allow x5, limited');
  });

  it('applies rules for all tools to each', () => {
    const rule = { name: 'g', conditions: [{ path: 'args.force', op: 'exists', value: false }] };
    const { policy } = imported({
      tools: { a: { rules: [{ name: 'r', rate_limit: '5/hour' }] }, '*': { rules: [rule] } },
    });
    for (const tool of ['a', 'another']) {
      expect(happens(policy, tool)).toBe('allow');
      expect(happens(policy, tool, { force: true })).toBe('deny');
    }
  });

  it.each<[unknown, string]>([
    [undefined, 'allow'],
    ['allow', 'allow'],
    ['deny', 'deny'],
    ['ask', 'require_approval'],
  ])('has the default %j', (written, expected) => {
    const { policy } = imported({ default: written, tools: { a: { rules: [] }, b: null } });
    expect(happens(policy, 'other')).toBe(expected);
    expect(happens(policy, 'a')).toBe('allow');
    expect(happens(policy, 'b')).toBe('allow');
  });

  it('hides what is hidden', () => {
    const { policy } = imported({ hide: ['a', 'b'], tools: { a: { rules: [] }, c: { rules: [] } } });
    expect(['a', 'b', 'c'].map((name) => preview(policy, name).action)).toEqual(['hide', 'hide', 'allow']);
    const all = imported({ hide: ['*'], tools: { a: { rules: [] } } }).policy;
    expect(['a', 'x'].map((name) => preview(all, name).action)).toEqual(['hide', 'hide']);
  });

  it('refuses what is refused, with its reason', () => {
    const { policy } = withRule({ action: 'deny', on_deny: 'No "drops": #1' });
    expect(preview(policy, 't')).toMatchObject({ action: 'deny', reason: 'No "drops": #1' });
  });

  it('reads require, deny_if and limits', () => {
    const { policy } = imported({
      default: 'deny',
      all_tools: { limits: [{ max: 4, window: 'minute' }] },
      tools: {
        t: {
          require: [{ path: 'args.reason', op: 'exists', value: true }],
          deny_if: [{ path: 'args.amount', op: 'gt', value: 100, message: 'Too much.' }],
          limits: [{ max: 2, window: 'hour' }],
        },
        u: {},
      },
    });
    expect(happens(policy, 't')).toBe('deny');
    expect(happens(policy, 't', { reason: 'x', amount: 101 })).toBe('deny');
    expect(runCase(policy, { call: 't', args: { reason: 'x' }, times: 3, expect: 'allow' }).actual).toBe(
      'allow x2, limited',
    );
    expect(runCase(policy, { call: 'u', times: 5, expect: 'allow' }).actual).toBe('allow x4, limited');
  });

  it.each(['a*', 'yes', 'null', '1.0', 'a: b', `"'`, 'ü'])('names a tool called %j', (name) => {
    const { policy } = imported({ default: 'deny', tools: { [name]: { rules: [] } } });
    expect(happens(policy, name)).toBe(name === 'a*' ? 'require_approval' : 'allow');
  });

  it.each([
    { action: ODD },
    { conditions: [{ path: ODD, op: ODD, value: ODD }] },
    { conditions: [{ path: 'state.t.a', op: 'lte', value: 5 }], state: { counter: ODD, window: ODD } },
    { rate_limit: { max: 5, window: ODD } },
  ])('asks where a map stands in the place of a text: %j', (rule) => {
    expect(happens(withRule(rule).policy, 't')).toBe('require_approval');
  });

  it('tells what is different', () => {
    const { notes } = imported({
      events: 'x',
      tools: { t: { rules: [{ name: 'r', rate_limit: '5/hour', on_deny: 'Slow down.' }], tags: ['x'] } },
    });
    expect(notes.join('\n')).toMatch(/'events' is not known/);
    expect(notes.join('\n')).toMatch(/windows slide/);
    expect(notes.join('\n')).toMatch(/counters are those of one running policy-wrap/);
    expect(notes.join('\n')).toMatch(/t: over the limit the message was: Slow down\./);
    expect(notes.join('\n')).toMatch(/t: this cannot be converted \('tags' is not known\)/);
  });
});
