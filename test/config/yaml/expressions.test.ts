import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expressionsIn, mayHoldExpression } from '../../../src/config/yaml/expressions.js';
import { runs } from '../../runs.js';

const key = fc.constantFrom('tools', 'servers', 'tests', 'when', 'key', 'sum', 'a', '__proto__', '0');
const { value } = fc.letrec<{ value: unknown; object: object }>((tie) => ({
  object: fc.oneof(
    fc.dictionary(key, tie('value'), { maxKeys: 3 }),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
  value: fc.oneof({ maxDepth: 5 }, fc.constantFrom('x', '', 1, null, true), tie('object')),
}));

describe('the quick look for expressions', () => {
  it('is never wrong when it says that there are none', () => {
    fc.assert(
      fc.property(fc.dictionary(key, value), (document) => {
        if (!mayHoldExpression(document)) expect([...expressionsIn(document)]).toEqual([]);
      }),
      runs(1_000),
    );
  });

  it.each<[object, boolean]>([
    [{ tools: { a: 'allow', b: { action: 'deny', reason: 'x' } } }, false],
    [{ tools: { a: [{ when: 'true', action: 'deny' }] } }, true],
    [{ rate_limit: { max: 1, window: 1, key: 'args.a' } }, true],
  ])('%j: %j', (document, expected) => expect(mayHoldExpression(document)).toBe(expected));
});
