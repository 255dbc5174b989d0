import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditedCall } from '../../../src/audit/entries/audited-call.js';
import { EndedCall } from '../../../src/audit/entries/ended-call.js';
import { KnownWords } from '../../../src/audit/entries/known-words.js';
import { auditLine, type RecordOutcome } from '../../../src/core/audit/record.js';
import type { Charge } from '../../../src/core/limits/limit.js';
import { sampleCall } from '../../../src/core/policy/decide/sample-call.js';
import type { Ruling } from '../../../src/core/policy/decide/settle.js';
import { RISKS } from '../../../src/core/tools/category.js';
import { runs } from '../../runs.js';

/** Texts with all that a line could be cut at wrongly, or that must not be in it as it is. */
const word = fc.constantFrom(
  'send',
  'a"b',
  ',"action":"allow"',
  '"outcome":"completed",',
  'line\u2028end\u0085',
  'token=ghp_0123456789abcdefghij0123',
  '😀\ud800',
  'x'.repeat(1_200),
  '',
);
const RULES = [
  { pointer: '/default', source: 'a "policy"\u2029', line: 1 },
  { pointer: '/tools/x', source: 'preset', line: undefined },
];
const rule = fc.constantFrom(undefined, ...RULES);
const client = fc.constantFrom(
  undefined,
  { name: 'claude', version: '1' },
  { name: 'a"\u2028', version: '' },
);
const charge = fc.record({
  describe: word,
  origin: fc.constantFrom(...RULES),
  counter: word,
}) as fc.Arbitrary<Charge>;
const action = fc.constantFrom('allow' as const, 'deny' as const, 'require_approval' as const);
const ruling: fc.Arbitrary<Ruling> = fc.record({
  ...{ action, rule, reason: fc.option(word, { nil: undefined }), timeout: fc.constant(undefined) },
  charges: fc.array(charge, { maxLength: 2 }),
  observed: fc.option(fc.record({ action, rule, reason: fc.option(word, { nil: undefined }) }), {
    nil: undefined,
  }),
});
const classification = fc
  .record({
    category: fc.constantFrom('read' as const, 'financial' as const),
    known: fc.boolean(),
  })
  .map((found) => ({ ...found, risk: RISKS[found.category], marks: [], evidence: [], contradictions: [] }));
const argumentsText = fc.oneof(
  fc.constantFrom(
    '{}',
    '{"n":12345678901234567890,"e":1.0e2}',
    '{"password":"a","t":"\u2028"}',
    ' { "a" : [ ] } ',
  ),
  fc
    .dictionary(word, fc.oneof(word, fc.integer(), fc.boolean()))
    .map((value) => JSON.stringify(value).replace(/\\ud800/g, '')),
);

const call = fc.record({
  ...{
    kind: fc.constantFrom('tool' as const, 'prompt' as const, 'resource' as const),
    name: word,
    client,
    classification,
  },
  ...{
    argumentsText,
    ruling: fc.option(ruling, { nil: undefined, freq: 9 }),
    others: fc.option(argumentsText, { nil: undefined }),
  },
  rare: fc.constantFrom(
    {},
    {},
    {},
    { taskId: 'task-1' },
    { approval: { approved: true, via: 'page', how: 'approved' } as const },
  ),
  retry: fc.constantFrom({}, {}, {}, { round: { number: 2 } }, { resumption: {} }),
  counted: fc.boolean(),
});
type Given = typeof call extends fc.Arbitrary<infer T> ? T : never;

function audited({
  kind,
  name,
  client,
  classification,
  argumentsText,
  ruling,
  others,
  rare,
  retry,
  counted,
}: Given): AuditedCall {
  const found = sampleCall({ kind, name, argumentsText, server: 's', now: 0, classification });
  return {
    request: {
      ...{
        call: found,
        line: Buffer.from(argumentsText),
        argumentsText,
        client,
        round: undefined,
        resumption: undefined,
      },
      ...{ otherParams: () => others, ...retry },
    },
    ...{ ruling, approval: undefined, taskId: undefined, startedAt: performance.now(), ...rare },
    over: counted ? [] : (ruling?.charges.slice(0, 1) ?? []),
  };
}

const outcome = fc.constantFrom<RecordOutcome>('completed', 'tool_error', 'refused', 'forwarded');
const context = fc
  .constantFrom('redacted' as const, 'full' as const, 'hash' as const)
  .map((detail) => ({ session: 'one', server: 'a"\u2028b', detail }));

describe('the line of a call', () => {
  it('is that of its record, whatever calls came before it', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(call, outcome), { maxLength: 6 }), context, (calls, of) => {
        const words = new KnownWords();
        const ended = [...calls, ...calls].map(
          ([given, how]) => new EndedCall(audited(given), how, of, words),
        );
        for (const entry of ended) expect(entry.line()).toBe(auditLine(entry.record()));
      }),
      runs(100),
    );
  });
});
