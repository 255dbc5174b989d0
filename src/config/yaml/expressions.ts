import type { Expected } from '../../core/policy/conditions/expression.js';

/** An expression and where it is written. */
export interface WrittenExpression {
  source: string;
  expected: Expected;
  path: readonly (string | number)[];
}

const EXPECTED: Readonly<Record<string, Expected>> = { when: 'bool', sum: 'number', key: 'any' };

/** Their keys are names that people chose, such as a tool that is called `key`. */
const NAMED = new Set<unknown>(['tools', 'resources', 'prompts', 'methods', 'servers']);

/** Whether a document may have any: false is sure. A tenth of the time that looking for them exactly takes. */
export function mayHoldExpression(value: object): boolean {
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner === 'string' && Object.hasOwn(EXPECTED, key)) return true;
    if (typeof inner === 'object' && inner !== null && mayHoldExpression(inner)) return true;
  }
  return false;
}

/** The expressions of a document, which need not fit the schema. */
export function* expressionsIn(
  value: unknown,
  path: readonly (string | number)[] = [],
): Generator<WrittenExpression> {
  if (typeof value !== 'object' || value === null || path[0] === 'tests') return;
  const named = NAMED.has(path.at(-1)) && path.length % 2 === 1;
  for (const [key, inner] of Object.entries(value)) {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    const expected = !named && Object.hasOwn(EXPECTED, key) ? EXPECTED[key] : undefined;
    if (typeof inner !== 'string') yield* expressionsIn(inner, at);
    else if (expected) yield { source: inner, expected, path: at };
  }
}
