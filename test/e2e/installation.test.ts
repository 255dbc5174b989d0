import { cpSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { Place, PROGRAM } from './place.js';

const root = path.dirname(path.dirname(PROGRAM));
const INCOMPLETE =
  'policy-wrap: its build is missing or incomplete\n  help: run npm ci && npm run build, or install the package again';

/** A copy of the package, in which something is broken. */
function copyOf(place: Place, damage: (dist: string) => void): string {
  const copy = path.join(place.folder, 'copy');
  cpSync(path.dirname(PROGRAM), path.join(copy, 'bin'), { recursive: true });
  cpSync(path.join(root, 'dist'), path.join(copy, 'dist'), { recursive: true });
  damage(path.join(copy, 'dist'));
  return path.join(copy, 'bin', 'policy-wrap.js');
}

async function start(place: Place, words: readonly string[]) {
  const { exitCode, stdout, stderr } = await execa(process.execPath, words, {
    cwd: place.work,
    env: place.env,
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
  });
  return { exitCode, stdout, stderr };
}

describe('an installation that is not whole', () => {
  it.each<[string, (dist: string) => void, string[]]>([
    ['no build', (dist) => rmSync(dist, { recursive: true }), ['--', process.execPath, '--version']],
    ['no beginning', (dist) => rmSync(path.join(dist, 'main.cjs')), ['--help']],
    ['half a file', (dist) => truncateSync(path.join(dist, 'main.cjs'), 950), ['--', process.execPath]],
    [
      'a file that was cut off where it could end',
      (dist) => writeFileSync(path.join(dist, 'main.cjs'), '0'),
      ['--help'],
    ],
    ['no shared file', (dist) => rmSync(path.join(dist, 'shared.cjs')), ['--', process.execPath]],
    ['half a program', (dist) => truncateSync(path.join(dist, 'program.cjs'), 900), ['check']],
    ['no command', (dist) => rmSync(path.join(dist, 'explain.cjs')), ['explain', 'x']],
  ])('%s: says what to run', async (_, damage, args) => {
    const place = new Place();
    const done = await start(place, [copyOf(place, damage), ...args]);
    expect(done).toEqual({ exitCode: 1, stdout: '', stderr: INCOMPLETE });
  });

  it('works where it is whole', async () => {
    const place = new Place();
    expect(await start(place, [copyOf(place, () => {}), 'explain', 'x'])).toMatchObject({ exitCode: 0 });
  });
});

describe('an old Node', () => {
  it.each(['12.22.12', '16.20.2', '18.20.8'])('%s: says so', async (version) => {
    const place = new Place();
    const fake = place.write(
      'fake.cjs',
      `const versions = { ...process.versions, node: '${version}' };
      Object.defineProperty(process, 'versions', { value: versions });`,
    );
    expect(await start(place, ['--require', fake, PROGRAM, '--help'])).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `policy-wrap: Node.js ${version} is too old\n  help: install Node.js 20 or later`,
    });
  });
});
