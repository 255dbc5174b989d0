import fc from 'fast-check';
import { expressionCompiler } from '../../../src/core/policy/conditions/cel.js';
import type {
  CompileExpression,
  Expression,
  ExpressionFlaw,
} from '../../../src/core/policy/conditions/expression.js';
import { classifyName } from '../../../src/core/policy/decide/resolve.js';
import { sampleCall } from '../../../src/core/policy/decide/sample-call.js';
import type { ExtendsChain } from '../../../src/core/policy/document/chain.js';
import type {
  EntryDocument,
  PolicyDocument,
  RuleDocument,
  SectionDocument,
} from '../../../src/core/policy/document/document.js';
import type { PlainCall } from '../../reference/decide.js';

/** The arguments of random calls; each may be missing or of a type that nobody expects. */
export interface RandomArguments {
  n?: number | string;
  s?: string | number;
  flag?: boolean | number;
}

type Answer = boolean | 'failed';

/** Conditions and what they mean, written down by hand. */
const CONDITIONS: Readonly<Record<string, (args: RandomArguments) => Answer>> = {
  true: () => true,
  false: () => false,
  'args.n > 1': ({ n }) => (typeof n === 'number' ? n > 1 : 'failed'),
  'args.n > 4': ({ n }) => (typeof n === 'number' ? n > 4 : 'failed'),
  'args.s == "x"': ({ s }) => (typeof s === 'string' || s === null ? s === 'x' : 'failed'),
  'has(args.n)': ({ n }) => n !== undefined,
  'args.flag': ({ flag }) => (typeof flag === 'boolean' ? flag : 'failed'),
  '!args.flag': ({ flag }) => (typeof flag === 'boolean' ? !flag : 'failed'),
  'has(args.n) && args.n > 1': ({ n }) =>
    n === undefined ? false : typeof n === 'number' ? n > 1 : 'failed',
  'args.flag || args.s == "x"': ({ flag, s }) =>
    flag === true || s === 'x'
      ? true
      : flag === false && (typeof s === 'string' || s === null)
        ? false
        : 'failed',
};

const SERVERS = ['alpha', 'alps', 'beta'];
/** No two globs are equally close to a server: that is an error of the policy. */
const SERVER_PATTERNS = ['alpha', 'beta', 'alp*', 'a*', '*'];
const NAMES = ['list_a', 'list_ab', 'delete_a', 'run_a', 'pay_a', 'create_b', 'a', 'frob_a'];
const PATTERNS = [
  ...NAMES,
  'list_*',
  '?ist_a',
  'delete_*',
  '*_a',
  'd*a',
  '*a',
  'l*',
  '*',
  '??',
  'r?n_*',
  '*b',
];

const rarely = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });

const action = fc.constantFrom('allow', 'require_approval', 'deny', 'hide');
const limit = fc.constant({ max: 1, window: 60 });
const limits = fc.oneof(limit, fc.array(limit, { minLength: 1, maxLength: 2 }));
const repeat = fc.oneof(limit, fc.constant(false as const));
const rule: fc.Arbitrary<RuleDocument> = fc
  .record({
    action: rarely(action),
    when: rarely(fc.constantFrom(...Object.keys(CONDITIONS))),
    rate_limit: rarely(limits),
    repeat: rarely(repeat),
  })
  .map((written) => written as RuleDocument)
  .map(({ when, ...written }) => defined({ ...written, when: written.action === 'hide' ? undefined : when }));
const entry = fc.oneof(
  action,
  rule,
  fc.array(fc.oneof(action, rule), { minLength: 1, maxLength: 3 }),
) as fc.Arbitrary<EntryDocument>;

const entries = (names: readonly string[]) =>
  fc.dictionary(fc.constantFrom(...names), entry, { maxKeys: 6, noNullPrototype: true });
const sectionFields = {
  default: rarely(entry),
  rate_limit: rarely(limits),
  repeat: rarely(repeat),
  categories: rarely(entries(['read', 'write', 'execute', 'destructive', 'financial'])),
  tools: rarely(entries(PATTERNS)),
  resources: rarely(entries(['file:///a', 'file:///*', '*'])),
  prompts: rarely(entries(['a', 'a*', '*'])),
};
const section = fc.record(sectionFields).map(defined) as fc.Arbitrary<SectionDocument>;
const document = fc
  .record({
    ...sectionFields,
    mode: rarely(fc.constantFrom('enforce', 'observe')),
    servers: rarely(
      fc.dictionary(fc.constantFrom(...SERVER_PATTERNS), section, { maxKeys: 3, noNullPrototype: true }),
    ),
  })
  .map((written) => ({ version: 1, ...defined(written) })) as fc.Arbitrary<PolicyDocument>;

/** A policy and what it extends. Every limit has a `max` of its own, by which it is known. */
export const documents = fc.array(document, { minLength: 1, maxLength: 3 }).map(numbered);
/** Policies that judge side by side. */
export const layers = fc
  .array(fc.array(document, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 2 })
  .map(numbered);

const args = fc
  .record({
    n: rarely(fc.constantFrom(0, 2, 6, 'text')),
    s: rarely(fc.constantFrom('x', 'y', 3)),
    flag: rarely(fc.constantFrom(true, false, 5)),
  })
  .map((written) => defined(written) as RandomArguments);
const namesOf = (kind: PlainCall['kind'], names: readonly string[]) =>
  fc.record({ kind: fc.constant(kind), name: fc.constantFrom(...names) });
const asked = fc.oneof(
  { weight: 4, arbitrary: namesOf('tool', NAMES) },
  namesOf('resource', ['file:///a', 'file:///b', 'http://a']),
  namesOf('prompt', ['a', 'ab', 'b']),
);

export const server = fc.constantFrom(...SERVERS);
export const calls = fc.array(fc.tuple(asked, args), { minLength: 6, maxLength: 12 });
export type RandomCall = [{ kind: PlainCall['kind']; name: string }, RandomArguments];

/** The same, one after another, so that limits are met: the milliseconds since the one before are with each. */
export const sequences = fc.array(
  fc.tuple(
    fc.constantFrom(0, 1, 20_000, 59_999, 60_000),
    fc.record({ kind: fc.constant('tool' as const), name: fc.constantFrom('list_a', 'list_ab', 'create_b') }),
    fc.constantFrom<RandomArguments>({}, { n: 2 }, { s: 'x' }),
  ),
  { minLength: 5, maxLength: 25 },
);

/** Policies that judge side by side and extend the same one, which limits by each way that there is. */
export const sharingLayers = fc
  .tuple(fc.array(document, { minLength: 1, maxLength: 3 }), document)
  .map(([tops, base]) => ({
    tops: tops.map(withSmallLimits),
    base: withSmallLimits({ default: 'allow' as const, ...base }),
  }));

/** The same call for the reference and for the real thing. */
export function bothCalls([{ kind, name }, written]: RandomCall, server: string) {
  const argumentsText = JSON.stringify(written);
  const plain: PlainCall = {
    kind,
    name,
    category: classifyName(name).known ? classifyName(name).category : 'unknown',
    server,
    when: (condition) => CONDITIONS[condition]?.(kind === 'resource' ? {} : written) ?? 'failed',
  };
  return { plain, call: sampleCall({ kind, name, argumentsText, server, now: 0 }) };
}

/** Documents as if they had been read from files called `file 0`, `file 1` … */
export function chainOf(written: readonly PolicyDocument[], name = 'file'): ExtendsChain {
  const [first, ...rest] = written.map((one, index) => ({
    source: `${name} ${index}`,
    document: one,
    lineOf: () => undefined,
  }));
  if (first === undefined) throw new Error('a chain has a document');
  return [first, ...rest];
}

const compiled = new Map<string, Expression | ExpressionFlaw>();
const compileAnew = expressionCompiler({ home: '/home/me', windows: false });

/** Random policies use the same few conditions again and again. */
export const compileExpression: CompileExpression = (source, expected) => {
  const made = compiled.get(source) ?? compileAnew(source, expected);
  compiled.set(source, made);
  return made;
};

function defined<T extends object>(written: T): T {
  return Object.fromEntries(Object.entries(written).filter(([, value]) => value !== undefined)) as T;
}

/** Limits that a few calls meet. */
function withSmallLimits<T>(written: T): T {
  let next = 0;
  return JSON.parse(JSON.stringify(written, (key, value) => (key === 'max' ? 1 + (next++ % 3) : value))) as T;
}

function numbered<T>(written: T): T {
  let next = 1;
  return JSON.parse(JSON.stringify(written, (key, value) => (key === 'max' ? next++ : value))) as T;
}
