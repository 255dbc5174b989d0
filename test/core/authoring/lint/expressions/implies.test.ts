import { describe, expect, it } from 'vitest';
import { implies } from '../../../../../src/core/authoring/lint/expressions/implies.js';
import { expressions } from '../subjects.js';

interface Condition {
  text: string;
  holds: (x: number, y: number) => boolean;
}

const OPERATORS: Record<string, (one: number, other: number) => boolean> = {
  '<': (one, other) => one < other,
  '<=': (one, other) => one <= other,
  '>': (one, other) => one > other,
  '>=': (one, other) => one >= other,
  '==': (one, other) => one === other,
  '!=': (one, other) => one !== other,
};
const VALUES = [0, 1, 1.5, 2, 2.5, 3];

const atoms = Object.entries(OPERATORS).flatMap(([operator, compare]) =>
  [1, 2].flatMap((bound): Condition[] => [
    { text: `args.x ${operator} ${bound}`, holds: (x) => compare(x, bound) },
    { text: `${bound} ${operator} args.y`, holds: (_, y) => compare(bound, y) },
  ]),
);
const conditions = [
  ...atoms,
  ...atoms.flatMap((one, index) =>
    atoms.slice(index + 1, index + 7).flatMap((other): Condition[] => [
      { text: `${one.text} && ${other.text}`, holds: (x, y) => one.holds(x, y) && other.holds(x, y) },
      { text: `${one.text} || ${other.text}`, holds: (x, y) => one.holds(x, y) || other.holds(x, y) },
    ]),
  ),
].map((condition) => ({ ...condition, parsed: expressions.parse(condition.text) }));

describe('implies', () => {
  it('claims nothing that does not hold', () => {
    let claims = 0;
    const wrong: string[] = [];
    for (const one of conditions)
      for (const other of conditions) {
        if (!implies(one.parsed, other.parsed)) continue;
        claims++;
        const fails = VALUES.some((x) => VALUES.some((y) => one.holds(x, y) && !other.holds(x, y)));
        if (fails) wrong.push(`${one.text} → ${other.text}`);
      }
    expect(wrong).toEqual([]);
    expect(claims).toBeGreaterThan(conditions.length * 2);
  });
});
