import fc from 'fast-check';
import { runs } from '../runs.js';
import type { Case } from './cases.js';
import { type Choose, GENTLE, type Mutation, ROUGH } from './mutations.js';
import { ALLOWED, DENIED } from './respelled.js';

const ALL = { ...GENTLE, ...ROUGH };
const MOST_STEPS = 3;
/** More choices than any chain of mutations makes. */
const CHOICES = 40;

/**
 * So many mutated lines. Two of three begin as plain calls and stay JSON for the most part; the others begin anywhere and
 * end as anything. The same for the same `POLICY_WRAP_SEED`.
 */
export function mutants(rows: readonly Case[], usual: number): Case[] {
  const ofRows = rows.flatMap(({ lines }) => lines);
  const plain = [...DENIED, ...ALLOWED];
  const others = [...plain, ...ofRows];
  const choices = fc.array(fc.noBias(fc.nat()), { minLength: CHOICES, maxLength: CHOICES });
  const mutant = fc.tuple(fc.nat({ max: MOST_STEPS - 1 }), choices).map(([more, numbers]): Case => {
    const choose = chooser(numbers);
    const isGentle = choose([true, true, false]);
    const ways: Readonly<Record<string, Mutation>> = isGentle ? GENTLE : ALL;
    const base = choose(isGentle ? plain : others);
    const steps = Array.from({ length: more + 1 }, () => choose(Object.keys(ways)));
    const line = steps.reduce((text, step) => ways[step]?.(text, choose, others) ?? text, base);
    return { name: steps.join(', '), lines: [line] };
  });
  return fc.sample(mutant, runs(usual));
}

function chooser(numbers: readonly number[]): Choose {
  let next = 0;
  return (from) => from[(numbers[next++ % numbers.length] ?? 0) % from.length] as (typeof from)[number];
}
