/** How many times as many inputs as in CI: `FUZZ_RUNS=200 npx vitest run test/core/json.property.test.ts`. */
const FACTOR = Number(process.env['FUZZ_RUNS'] ?? 1);

/** Parameters of a property that is checked on so many inputs in CI. The same seed always gives the same inputs. */
export function runs(inCI: number): { numRuns: number; seed: number } {
  return { numRuns: Math.ceil(inCI * FACTOR), seed: 20260728 };
}

/** The time-out of a test with such a property, in milliseconds: none where more than usual was asked for. */
export const PATIENCE = FACTOR > 1 ? 0 : 30_000;
