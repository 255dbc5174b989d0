import fc from 'fast-check';
import { stringify } from 'yaml';

const NAMES = [
  'x',
  'list_a',
  'delete_a',
  'a*',
  '*',
  '?',
  'constructor',
  '__proto__',
  '1',
  'null',
  'x y',
  '<<',
  'é',
  'X',
  '',
];
const ACTIONS = ['allow', 'deny', 'hide', 'require_approval', 'Deny', 'dеny', 'deny ', '', 'yes', 'null'];
const rarely = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
const mostly = <T>(good: fc.Arbitrary<T>, bad: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 20, arbitrary: good }, { weight: 1, arbitrary: bad });
const odd = fc.constantFrom<unknown>(
  null,
  true,
  0,
  -1,
  1.5,
  Number.POSITIVE_INFINITY,
  '',
  'deny',
  [],
  {},
  [[]],
  { action: [] },
);

const action = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...ACTIONS.slice(0, 4)) },
  fc.constantFrom(...ACTIONS),
);
const limit = fc.record({ max: mostly(fc.constant(1), odd), window: mostly(fc.constantFrom(60, '1h'), odd) });
const rule = fc
  .record({
    action: rarely(action),
    when: rarely(fc.constantFrom('args.a > 1', 'true', 'args.', '1', 'tool.name == "x"', '("'.repeat(40))),
    reason: rarely(fc.constantFrom('no', 'a: b # c', 'line\nbreak', '*x', '"', '')),
    rate_limit: rarely(fc.oneof(limit, fc.array(limit, { maxLength: 2 }))),
    budget: rarely(fc.constant({ sum: 'args.a', max: 1, window: 60 })),
    timeout: rarely(mostly(fc.constant('30s'), odd)),
  })
  .map(defined);
const entry = mostly(fc.oneof(action, action, rule, fc.array(fc.oneof(action, rule), { maxLength: 3 })), odd);
const entries = (names: readonly string[]) =>
  mostly(
    fc
      .array(fc.tuple(fc.constantFrom(...names), entry), { maxLength: 4 })
      .map((pairs) => Object.fromEntries(pairs)),
    odd,
  );
const section = {
  default: fc.option(entry, { nil: undefined, freq: 8 }),
  tools: fc.option(entries(NAMES), { nil: undefined, freq: 8 }),
  categories: rarely(entries(['read', 'write', 'execute', 'destructive', 'financial', 'Read'])),
  resources: rarely(entries(NAMES)),
  prompts: rarely(entries(NAMES)),
  rate_limit: rarely(limit),
};
const document = fc
  .record({
    version: mostly(fc.constant(1), odd),
    ...section,
    mode: rarely(fc.constantFrom('observe', 'enforce', 'off')),
    servers: rarely(
      fc
        .array(fc.tuple(fc.constantFrom('alpha', 'a*', '*', 'beta'), fc.record(section).map(defined)), {
          maxLength: 2,
        })
        .map((pairs) => Object.fromEntries(pairs)),
    ),
  })
  .map(defined);

/** Policy files: as a person writes them in YAML or JSON, and nearly so. */
export function policyTexts(): fc.Arbitrary<string> {
  const writers = fc.constantFrom<(value: unknown) => string>(
    (value) => JSON.stringify(value),
    (value) => JSON.stringify(value, null, '\t'),
    (value) => stringify(value),
    (value) => stringify(value, { collectionStyle: 'flow', defaultStringType: 'QUOTE_SINGLE' }),
    (value) => stringify(value, { defaultStringType: 'BLOCK_FOLDED', defaultKeyType: 'PLAIN' }),
  );
  return fc.tuple(writers, document).map(([write, value]) => write(value));
}

function defined<T extends object>(written: T): T {
  return Object.fromEntries(Object.entries(written).filter(([, value]) => value !== undefined)) as T;
}
