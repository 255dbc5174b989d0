import fc from 'fast-check';
import { expect, it } from 'vitest';
import { idleConditions } from '../../../../src/core/authoring/lint/idle-conditions.js';
import type { Policy, Rule } from '../../../../src/core/policy/compile/policy.js';
import { decide } from '../../../../src/core/policy/decide/decide.js';
import { combine } from '../../../../src/core/policy/decide/settle.js';
import { runs } from '../../../runs.js';
import { callOf, policyFrom, type Written } from '../../policy/policies.js';

const RUNS = runs(1_000);

const action = fc.constantFrom('allow', 'allow', 'deny', 'require_approval');
const when = fc.constantFrom('args.n > 1', 'args.flag', 'has(args.n)');
const rule = fc.oneof(
  action,
  fc.record({ action, when }),
  fc.record({ action, rate_limit: fc.constant({ max: 1, window: 60 }) }),
);
const entry = fc.oneof({ weight: 3, arbitrary: rule }, fc.array(rule, { minLength: 2, maxLength: 2 }));
const pattern = fc.constantFrom(
  'list_a',
  'delete_a',
  'list_*',
  'list_a*',
  '*_a',
  '*st_a',
  'l?st_*',
  '*',
  '**',
);
const tools = fc.dictionary(pattern, entry, { minKeys: 1, maxKeys: 4, noNullPrototype: true });
const sparse = <T>(key: string, arbitrary: fc.Arbitrary<T>) =>
  fc
    .option(arbitrary, { nil: undefined, freq: 1 })
    .map((value) => (value === undefined ? {} : { [key]: value }));
const section = fc.record({ tools, default: entry }) as fc.Arbitrary<Written>;
const written = fc
  .tuple(
    section,
    sparse('servers', fc.record({ server: fc.record({ tools }) })),
    sparse('categories', categories()),
  )
  .map((parts): Written => Object.assign({}, ...parts));
const args = fc.constantFrom({}, { n: 2 }, { n: 0 }, { flag: true }, { flag: false, n: 2 });

it('a rule whose condition changes nothing can be left out', () => {
  let left = 0;
  fc.assert(
    fc.property(written, args, (document, given) => {
      const policy = policyFrom(document);
      for (const { place } of idleConditions(policy)) {
        left++;
        const without = withoutRule(policy, ({ origin }) => origin === place);
        for (const name of NAMES) expect(judged(without, name, given)).toEqual(judged(policy, name, given));
      }
    }),
    RUNS,
  );
  expect(left).toBeGreaterThan(RUNS.numRuns / 10);
});

const NAMES = ['list_a', 'list_ab', 'delete_a', 'last_a', 'frob'];

function categories() {
  return fc.dictionary(fc.constantFrom('read', 'destructive'), rule, { maxKeys: 2, noNullPrototype: true });
}

function judged(policy: Policy, name: string, given: object) {
  const { action, charges } = combine(decide(policy, callOf(name, given)));
  return { action, limits: charges.map(({ limit }) => limit) };
}

/** The compiled policy with fewer rules. What names resemble stays. */
function withoutRule(policy: Policy, isLeftOut: (rule: Rule) => boolean): Policy {
  const fewer = (rules: readonly Rule[]) => rules.filter((rule) => !isLeftOut(rule));
  const table = <T extends Policy['layers'][number]['sections'][number]['tools']>(entries: T): T => ({
    ...entries,
    exact: new Map(
      [...entries.exact].map(([name, entry]) => [name, { ...entry, rules: fewer(entry.rules) }]),
    ),
    globs: entries.globs.map((entry) => ({ ...entry, rules: fewer(entry.rules) })),
  });
  const layers = policy.layers.map((layer) => ({
    ...layer,
    sections: layer.sections.map((section) => ({
      ...section,
      tools: table(section.tools),
      resources: table(section.resources),
      prompts: table(section.prompts),
      methods: table(section.methods),
      categories: new Map([...section.categories].map(([name, rules]) => [name, fewer(rules)])),
      default: section.default && fewer(section.default),
    })),
  }));
  return { ...policy, layers };
}
