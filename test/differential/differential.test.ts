import { afterAll, describe, expect, it } from 'vitest';
import { table } from '../../src/cli/terminal/table.js';
import { Place } from '../e2e/place.js';
import { runs, SEED } from '../runs.js';
import { onWindows, skip } from '../skip.js';
import { type Case, inBatch, inModernEra, rowsOfFixture, withOwnIds } from './cases.js';
import { type Era, HONEST } from './honest.js';
import { mutants } from './mutants.js';
import { type Execution, letters, POLICY } from './oracle.js';
import { respelled } from './respelled.js';
import { prepareServers } from './servers.js';
import { type Outcome, Trial } from './trial.js';

/** How lines are sent in an era. */
const WRITTEN: Readonly<Record<Era, (hostile: Case) => Case>> = {
  '2025-03-26': inBatch,
  '2025-11-25': (hostile) => hostile,
  '2026-07-28': inModernEra,
};
/** Mutated lines for each server and era. */
const MUTANTS = 500;
const { numRuns: RUNS } = runs(MUTANTS);
const LONGEST = 120_000 + RUNS * 60;

const isWindows = onWindows('there is no /etc, of which the policy of this test speaks');
const servers = isWindows ? [] : await prepareServers();
const trials = servers.flatMap(({ name, eras, prepared }) =>
  'missing' in prepared ? [] : eras.map((era) => ({ name, era, prepared })),
);
const missing = servers.flatMap(({ name, prepared }) =>
  'missing' in prepared ? [{ name, why: prepared.missing }] : [],
);
for (const { name, why } of missing) skip(true, `${name}: ${why}`);

const HEAD = [
  'server',
  'era',
  'lines',
  'executed, denied: direct',
  'wrapped',
  'executed, all: direct',
  'wrapped',
  'honest',
];
const reported: string[][] = [];

describe.skipIf(isWindows)('what a server executes', () => {
  afterAll(() => console.log(`seed ${SEED}, ${RUNS} mutated lines for each\n${table(HEAD, reported)}`));

  // A server whose toolchain this machine lacks: its name says which and why, and CI installs what can be had.
  it.skip.each(missing)('$name: $why', () => {});

  it.each(trials)(
    'is nothing denied, and all that is honest: $name, $era',
    async (each) => {
      const rows = rowsOfFixture();
      const hostile = [...rows, ...respelled(), ...mutants(rows, MUTANTS)];
      const cases = withOwnIds(hostile.map(WRITTEN[each.era]));
      const place = new Place();
      place.policy(POLICY);
      const trial = new Trial(place, each.prepared, each.era);

      const direct = await trial.run(cases, 'direct');
      const wrapped = await trial.run(cases, 'wrapped');
      report(each, cases.flatMap(({ lines }) => lines).length, direct, wrapped);

      expect(unjudged(wrapped.executed, place.audit()), 'executed and never judged').toEqual([]);
      if (wrapped.denied.length > 0)
        expect(await trial.guilty(wrapped.suspects), 'lines that got past the policy').toEqual([]);
      expect(wrapped.denied).toEqual([]);
      expect(wrapped.failures).toEqual([]);
      expect(sorted(honestOf(wrapped))).toEqual(sorted(wrapped.honest.map(({ expected }) => expected)));
      // Otherwise this test could not fail.
      expect(direct.denied.length).toBeGreaterThan(0);
    },
    LONGEST,
  );
});

function report(
  { name, era }: { name: string; era: string },
  lines: number,
  direct: Outcome,
  wrapped: Outcome,
): void {
  reported.push([
    name,
    era,
    String(lines),
    String(direct.denied.length),
    String(wrapped.denied.length),
    String(direct.executed.length),
    String(wrapped.executed.length),
    `${honestOf(wrapped).length} of ${wrapped.honest.length}`,
  ]);
}

function honestOf({ executed }: Outcome): Execution[] {
  return executed.filter(({ arguments: given }) => String(given['text']).startsWith(HONEST));
}

function sorted(executions: readonly Execution[]): Execution[] {
  const text = ({ arguments: given }: Execution) => String(given['text']);
  return [...executions].sort((one, other) => (text(one) < text(other) ? -1 : 1));
}

/** Tools that ran more often than policy-wrap let calls of them through. */
function unjudged(executed: readonly Execution[], audit: readonly Record<string, unknown>[]): string[] {
  const left = new Map<string, number>();
  const count = (tool: unknown, by: number) =>
    left.set(letters(String(tool)), (left.get(letters(String(tool))) ?? 0) + by);
  for (const { kind, tool, outcome } of audit)
    if (kind === 'tool' && !['refused', 'failed', 'withdrawn'].includes(String(outcome))) count(tool, 1);
  for (const { tool } of executed) count(tool, -1);
  return [...left].filter(([, surplus]) => surplus < 0).map(([tool]) => tool);
}
