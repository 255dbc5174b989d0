import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runsFor, SEED } from '../runs.js';
import { inputs } from './inputs.js';
import { TARGETS } from './targets/index.js';

/** For all targets together. More are for a person who waits: `FUZZ_SECONDS=3600 npx vitest run test/fuzz`. */
const SECONDS = Number(process.env['FUZZ_SECONDS'] ?? (process.env['CI'] ? 40 : 8));
const share = (SECONDS * 1_000) / Object.keys(TARGETS).length;

describe.each(Object.entries(TARGETS))('%s', (name, target) => {
  it('holds for all seeds', () => {
    const seeds = target.seeds();
    expect(seeds.length).toBeGreaterThan(0);
    for (const seed of seeds) target.run(seed);
  });

  it('holds for whatever comes', { timeout: share * 4 + 120_000 }, () => {
    let executions = 0;
    const start = performance.now();
    const property = fc.property(inputs(target), (input) => {
      executions++;
      target.run(input);
    });
    fc.assert(property, runsFor(share));
    const rate = Math.round((executions / (performance.now() - start)) * 1_000);
    console.log(`fuzz ${name}: ${executions} executions, ${rate} a second, seed ${SEED}`);
    expect(executions).toBeGreaterThan(0);
  });
});
