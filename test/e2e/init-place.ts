import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { type Place, PROGRAM } from './place.js';

/** Runs the program to its end. */
export function run(place: Place, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], {
    cwd: place.work,
    env: place.env,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

export const FILE = 'policy-wrap.yaml';
/** What a file says. */
export const text = (place: Place, file = FILE) => readFileSync(path.join(place.work, file), 'utf8');

/** A saved list of tools, and the options that name it. */
export function saved(place: Place, tools: unknown[], server = 'my-server'): string[] {
  return ['--tools', place.write('tools.json', JSON.stringify({ tools })), '--server', server];
}

/** The policy passes `check` without a warning, and its own tests. Returns what `test` prints. */
export function expectUsable(place: Place): string {
  const check = run(place, 'check');
  expect(check).toMatchObject({ status: 0, stderr: `policy-wrap: ${FILE} can be used\n` });
  const test = run(place, 'test');
  expect(test.status, test.stdout + test.stderr).toBe(0);
  return test.stdout;
}
