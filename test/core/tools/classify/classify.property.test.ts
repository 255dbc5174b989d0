import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Category } from '../../../../src/core/tools/category.js';
import { isWorse } from '../../../../src/core/tools/category.js';
import { classify } from '../../../../src/core/tools/classify/classify.js';
import type { ToolAnnotations, ToolDefinition } from '../../../../src/core/tools/definition.js';
import { runs } from '../../../runs.js';

const WORDS = (
  'get list delete run query pay create order send manage thing invoice file sql command and or to by not the Deletes ' +
  'Returns returns never only read SELECT , . : permanently this tool use 删除 获取'
).split(' ');
const word = fc.oneof(
  fc.constantFrom(...WORDS),
  fc.string({ maxLength: 8 }),
  fc.string({ unit: 'grapheme', maxLength: 4 }),
);
const name = fc.array(word, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('_'));
const text = fc.array(word, { maxLength: 40 }).map((parts) => parts.join(' '));
const hint = fc.option(fc.boolean(), { nil: undefined });
const annotations = fc.record<ToolAnnotations>({
  readOnlyHint: hint,
  destructiveHint: hint,
  idempotentHint: hint,
});
const inputSchema = fc.oneof(
  fc.jsonValue(),
  fc
    .dictionary(word, fc.record({ type: fc.constant('string'), enum: fc.array(word) }))
    .map((properties) => ({ properties })),
);
const tool = fc.record<ToolDefinition>({
  name,
  description: fc.option(text, { nil: undefined }),
  inputSchema,
});

function isAsBad(category: Category, as: Category): boolean {
  return category === as || isWorse(category, as);
}

describe('classify', () => {
  it('says the same each time, whatever it is given', () => {
    fc.assert(
      fc.property(tool, annotations, (each, hints) => {
        const hinted = { ...each, annotations: hints };
        expect(classify(hinted)).toEqual(classify(structuredClone(hinted)));
      }),
      runs(100),
    );
  });

  it('takes no hint for a reason to be milder', () => {
    fc.assert(
      fc.property(tool, annotations, (each, hints) => {
        const [bare, hinted] = [classify(each), classify({ ...each, annotations: hints })];
        expect(isAsBad(hinted.category, bare.category)).toBe(true);
      }),
      runs(100),
    );
  });

  it('takes no description and no schema for a reason to be milder than a name that says something dangerous', () => {
    const verb = fc.constantFrom(
      'delete',
      'purge',
      'pay',
      'refund',
      'restart',
      'deploy',
      'exec',
      'uninstall',
    );
    fc.assert(
      fc.property(verb, tool, annotations, (danger, each, hints) => {
        const named = classify({ name: `${danger}_thing` });
        const told = classify({ ...each, name: `${danger}_thing`, annotations: hints });
        expect(isAsBad(told.category, named.category)).toBe(true);
      }),
      runs(100),
    );
  });

  it('has evidence that is short', () => {
    fc.assert(
      fc.property(tool, annotations, (each, hints) => {
        const { evidence, contradictions } = classify({ ...each, annotations: hints });
        expect(evidence.length).toBeGreaterThan(0);
        for (const sentence of [...evidence, ...contradictions]) expect(sentence.length).toBeLessThan(240);
      }),
      runs(100),
    );
  });
});
