import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../../../src/core/policy/compile/compile.js';
import { restricts } from '../../../../src/core/policy/compile/late-entry.js';
import type { Layer } from '../../../../src/core/policy/compile/policy.js';
import type { CompileExpression } from '../../../../src/core/policy/conditions/expression.js';
import type { SourcedDocument } from '../../../../src/core/policy/document/chain.js';
import type { PolicyDocument } from '../../../../src/core/policy/document/document.js';
import { runs } from '../../../runs.js';

const compileExpression: CompileExpression = (source) =>
  source === 'bad' ? { flaw: 'bad' } : { source, evaluate: () => ({ value: true }) };

const action = fc.constantFrom('allow', 'deny', 'require_approval', 'hide');
const limit = fc.constantFrom(
  { max: 1, window: 60 },
  { max: 2, window: '1m', key: 'args.a' },
  { max: 1, window: 1, key: 'bad' },
);
const rule = fc.record(
  {
    action,
    reason: fc.constant('because'),
    when: fc.constantFrom('true', 'bad'),
    rate_limit: fc.oneof(limit, fc.array(limit, { minLength: 1, maxLength: 2 })),
    budget: fc.constant({ sum: 'args.n', max: 5, window: 60 }),
    concurrency: fc.constant(2),
    repeat: fc.constantFrom(false, { max: 2, window: 60 }),
    timeout: fc.constantFrom(5, '1m'),
    category: fc.constantFrom('read', 'destructive', 'unknown'),
  },
  { requiredKeys: [] },
);
const entry = fc.oneof(action, rule, fc.array(fc.oneof(action, rule), { minLength: 1, maxLength: 3 }));
const tools = fc.dictionary(fc.constantFrom('a', 'b', 'read_*', 'Read_*', 'c?', 'constructor'), entry);
const chainOf = (documents: readonly object[]) =>
  documents.map(
    (document, at): SourcedDocument => ({
      source: `${at}.yaml`,
      document: document as PolicyDocument,
      lineOf: () => 1,
    }),
  ) as [SourcedDocument, ...SourcedDocument[]];

const entriesOf = ({ sections }: Layer) =>
  sections.flatMap(({ tools: { exact, globs } }) => [...exact.values(), ...globs]);

describe('entries that are compiled when they are first looked at', () => {
  it('say what was said of them before, and nothing that is wrong', () => {
    fc.assert(
      fc.property(tools, tools, fc.boolean(), (own, base, inServer) => {
        const document = inServer ? { servers: { s: { tools: own } } } : { tools: own };
        const chain = chainOf([
          { version: 1, default: 'deny', ...document },
          { version: 1, tools: base },
        ]);
        const { policy, diagnostics } = compile([chain], 's', compileExpression);
        const told = diagnostics.length;
        const [layer] = policy.layers;
        if (layer === undefined) throw new Error('a chain makes a layer');
        const restricting = layer.sections.map((section) =>
          section.tools.restricting.map((each) => each.entry),
        );
        const entries = entriesOf(layer);
        expect(layer.hides).toBe(entries.some(({ rules }) => rules.some((each) => each.action === 'hide')));
        expect(restricting).toEqual(
          layer.sections.map(({ tools: { exact, globs } }) => {
            const kept = new Set([...exact.values(), ...globs].filter(restricts));
            return expect.arrayContaining([...kept]);
          }),
        );
        expect(restricting.flat().every(restricts)).toBe(true);
        expect(diagnostics.length).toBe(told);
      }),
      runs(500),
    );
  });

  it('are the same whenever they are looked at', () => {
    const chain = chainOf([
      { version: 1, default: 'deny', tools: { a: { action: 'allow', rate_limit: { max: 1, window: 60 } } } },
    ]);
    const { policy } = compile([chain], 's', compileExpression);
    const found = policy.layers[0]?.sections[0]?.tools.exact.get('a');
    expect(found?.rules).toBe(found?.rules);
    expect(found?.rules[0]?.limits).toHaveLength(1);
    expect(found?.origin).toEqual({ pointer: '/tools/a', source: '0.yaml', line: 1 });
  });
});
