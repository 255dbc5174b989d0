import { describe, expect, it } from 'vitest';
import { CATEGORY_NAMES, type Category } from '../../../../src/core/tools/category.js';
import { classify } from '../../../../src/core/tools/classify/classify.js';
import type { ToolAnnotations, ToolDefinition } from '../../../../src/core/tools/definition.js';
import { LABELLED } from './labelled.js';

/** What is worse than reading and would be called reading lets calls pass that nobody has allowed. */
const DANGEROUS: readonly Category[] = ['execute', 'destructive', 'financial'];

/** What is said of each tool, told with these hints. */
function answers(annotations?: ToolAnnotations) {
  return LABELLED.map(([tool, label]) => {
    const said: ToolDefinition = annotations === undefined ? tool : { ...tool, annotations };
    return { name: tool.name, label, category: classify(said).category };
  });
}

const shareOfRight = (all: ReturnType<typeof answers>) =>
  all.filter(({ label, category }) => label === category).length / all.length;

describe('labelled tools', () => {
  it('are of every category, and there are some of each', () => {
    for (const category of CATEGORY_NAMES)
      expect(LABELLED.filter(([, label]) => label === category).length, category).toBeGreaterThan(8);
    expect(new Set(LABELLED.map(([{ name }]) => name)).size).toBe(LABELLED.length);
  });

  it('are told apart', () => {
    const all = answers();
    expect(shareOfRight(all)).toBeGreaterThanOrEqual(0.95);
    const wrong = all.filter(({ label, category }) => label !== category);
    expect(wrong.filter(({ label, category }) => DANGEROUS.includes(label) && category === 'read')).toEqual(
      [],
    );
    expect(wrong.filter(({ label, category }) => label === 'read' && DANGEROUS.includes(category))).toEqual(
      [],
    );
  });

  it.each<[string, ToolAnnotations]>([
    ['it only reads', { readOnlyHint: true }],
    ['it destroys nothing', { destructiveHint: false }],
    [
      'everything mild at once',
      { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    ],
  ])('are no milder where the server hints that %s', (_, hints) => {
    const plain = new Map(answers().map(({ name, category }) => [name, category]));
    const milder = answers(hints).filter(({ name, category }) => category !== plain.get(name));
    expect(milder).toEqual([]);
  });
});
