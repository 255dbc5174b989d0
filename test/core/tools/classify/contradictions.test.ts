import { describe, expect, it } from 'vitest';
import { classify } from '../../../../src/core/tools/classify/classify.js';
import type { ToolDefinition } from '../../../../src/core/tools/definition.js';

const ROWS: readonly [ToolDefinition, string[]][] = [
  [{ name: 'get_x' }, []],
  [{ name: 'get_x', annotations: { readOnlyHint: true } }, []],
  [{ name: 'delete_x', annotations: { destructiveHint: true } }, []],
  [{ name: 'frobnicate', annotations: { readOnlyHint: true } }, []],
  [
    { name: 'delete_x', annotations: { readOnlyHint: true } },
    ['It calls itself read-only (readOnlyHint), but: "delete" in the name.'],
  ],
  [
    { name: 'delete_x', annotations: { destructiveHint: false } },
    ['It says that it destroys nothing (destructiveHint: false), but: "delete" in the name.'],
  ],
  [
    { name: 'get_x', annotations: { destructiveHint: true } },
    ['It calls itself destructive (destructiveHint), but its name only reads: "get" in the name.'],
  ],
  [
    { name: 'get_x', description: 'Deletes an x' },
    ['Its name only reads ("get" in the name), but its description says "Deletes".'],
  ],
  [
    { name: 'x', annotations: { readOnlyHint: true, destructiveHint: true } },
    ['It calls itself both read-only (readOnlyHint) and destructive (destructiveHint).'],
  ],
  [
    { name: 'delete_x', description: 'Zero side effects.' },
    ['Its description says "Zero side effects", but: "delete" in the name.'],
  ],
  [
    { name: 'run_x', description: 'It never deletes.' },
    ['Its description says "never deletes", but: "run" in the name.'],
  ],
  [{ name: 'update_x', description: 'Updates x. Does not delete it.' }, []],
];

describe('contradictions', () => {
  it.each(ROWS)('%j', (tool, sentences) => {
    expect(classify(tool).contradictions).toEqual(sentences);
  });
});
