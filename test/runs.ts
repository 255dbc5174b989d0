import { randomInt } from 'node:crypto';

/** The seed where `POLICY_WRAP_SEED` sets no other: two runs of the same tests try the same inputs. */
const USUAL_SEED = 20_260_728;

/** The seed of every property. `POLICY_WRAP_SEED=7` sets it, `POLICY_WRAP_SEED=random` draws one for the whole run. */
export const SEED = seed(process.env['POLICY_WRAP_SEED']);

/** How many times as many inputs as usual: `FUZZ_RUNS=200 npx vitest run test/core/json`. */
export const FACTOR = factor(process.env['FUZZ_RUNS']);

/** Parameters of a property that is usually checked on so many inputs. */
export function runs(usual: number): { numRuns: number; seed: number } {
  return { numRuns: Math.ceil(usual * FACTOR), seed: SEED };
}

/** Parameters of a property that is checked for as long as this, in milliseconds, and at least once. */
export function runsFor(duration: number) {
  return { numRuns: Number.MAX_SAFE_INTEGER, seed: SEED, interruptAfterTimeLimit: duration };
}

function seed(given = String(USUAL_SEED)): number {
  if (given !== 'random') return number('POLICY_WRAP_SEED', given, Number.isInteger);
  const drawn = randomInt(2 ** 31);
  // The configuration of vitest loads this first, so that all processes that run tests inherit the same seed.
  process.env['POLICY_WRAP_SEED'] = String(drawn);
  console.error(`the seed of all properties is ${drawn}; POLICY_WRAP_SEED=${drawn} repeats them`);
  return drawn;
}

function factor(given = '1'): number {
  return number('FUZZ_RUNS', given, (value) => value > 0 && Number.isFinite(value));
}

function number(name: string, given: string, isFine: (value: number) => boolean): number {
  const value = given.trim() === '' ? Number.NaN : Number(given);
  if (!isFine(value)) throw new Error(`${name} is '${given}'`);
  return value;
}
