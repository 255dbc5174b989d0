import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { skip } from '../skip.js';

interface Difference {
  key: string;
}

interface Run {
  checks: number;
  differences: Difference[];
}

type Compare = (direct: Checks, wrapped: Checks) => Difference[];
type Checks = Map<string, { status: string; message: string; details: string }>;

const here = (name: string) => path.join(import.meta.dirname, name);
const ALLOW = here('policies/allow.yaml');

/** Runs the script without installing anything. */
function conformance(...args: string[]) {
  return execa(process.execPath, [here('run.mjs'), '--offline', ...args], { reject: false });
}

describe('compare', async () => {
  // A variable, since the script has no types.
  const module = pathToFileURL(here('runner/compare.mjs')).href;
  const { compare } = (await import(module)) as { compare: Compare };
  const passed = { status: 'SUCCESS', message: '', details: '{"result":{"content":[]}}' };
  const checks = (check: typeof passed | undefined): Checks =>
    new Map([['always', passed], ...(check ? [['tools-list: tools-list', check] as const] : [])]);

  it('finds no difference where there is none', () => {
    expect(compare(checks(passed), checks({ ...passed }))).toEqual([]);
  });

  it.each([
    ['fails', { ...passed, status: 'FAILURE' }],
    ['says something else', { ...passed, message: '"Missing tools array"' }],
    ['has seen another answer', { ...passed, details: '{"result":{"isError":true}}' }],
    ['is absent', undefined],
  ])('finds a check that %s', (_what, check) => {
    expect(compare(checks(passed), checks(check))).toMatchObject([{ key: 'tools-list: tools-list' }]);
    expect(compare(checks(check), checks(passed))).toMatchObject([{ key: 'tools-list: tools-list' }]);
  });
});

const prepared = await conformance('--install', '--revision', '2026-07-28');
const isMissing = skip(prepared.exitCode === 2, `the conformance suite is missing. ${prepared.stderr}`);
if (!isMissing && prepared.exitCode !== 0) throw new Error(prepared.stderr || prepared.shortMessage);

describe.skipIf(isMissing)('the official conformance suite, 2026-07-28', () => {
  let run: Run;

  beforeAll(async () => {
    const choice = ['--revision', '2026-07-28', '--policy', ALLOW];
    // One at a time, for the sake of the tests that run beside this one.
    const { stdout, stderr } = await conformance('--json', '--at-once', '1', ...choice);
    if (stdout === '') throw new Error(stderr);
    const { runs } = JSON.parse(stdout) as { runs: [Run] };
    run = runs[0];
  }, 300_000);

  it('gives every check the same result through the wrapper', () => {
    expect(run.checks).toBeGreaterThan(180);
    expect(run.differences.map(({ key }) => key)).toEqual([]);
  });
});
