import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { onWindows } from '../skip.js';

const BENCH = fileURLToPath(new URL('../../bench/run.mjs', import.meta.url));

const RELAY = fileURLToPath(new URL('../../bench/node-raw.cjs', import.meta.url));

const run = async (...options: string[]): Promise<{ code: number; stdout: string }> => {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [BENCH, '--quick', ...options]);
    return { code: 0, stdout };
  } catch (error) {
    return error as { code: number; stdout: string };
  }
};

it.skipIf(onWindows('the bench has no named pipes'))(
  'a row of the bench that was not measured is a goal that is not met',
  async () => {
    // Without a wrapper the references are measured alone: no goal has a figure.
    const { code, stdout } = await run('--check', '--only', 'lists', '--wrap', 'nowhere.js');
    expect(code).toBe(1);
    expect(stdout).toContain('0 of 2 goals met.');
    expect(stdout).toContain('not measured: tools/list, 5,000 tools, some hidden: -, goal ≤ 4\n');
  },
);

it.skipIf(onWindows('the bench has no named pipes'))(
  'another wrapper has a column of its own, and one that does not work stops no row',
  async () => {
    const other = `other=${process.execPath} ${RELAY}`;
    const { stdout } = await run('--only', 'lists', '--against', other, '--against', 'broken=false');
    expect(stdout).toMatch(/direct +node-raw +policy-wrap +other +broken +ratio/);
    expect(stdout).toContain('left out of the next row: broken: it ended');
    expect(stdout).toMatch(/none hidden, µs( +[\d.,]+){4} +- +[\d.,]+ /);
  },
);
