import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onWindows } from '../skip.js';
import { Place, PROGRAM } from './place.js';

const folder = mkdtempSync(path.join(tmpdir(), 'policy-wrap-packed-'));
let tarball = '';

/** What a client gives the servers that it starts. */
function clientEnvironment(place: Place): Record<string, string> {
  const bin = path.join(place.folder, 'bin');
  const { PATH = '' } = process.env;
  return {
    HOME: place.folder,
    PATH: `${bin}${path.delimiter}${PATH}`,
    API_KEY: 'k',
    npm_config_registry: 'http://127.0.0.1:9/',
    EDITOR: 'emacs',
  };
}

/** A program of this name that writes down its environment and who it is. */
function program(folder: string, name: string, record: string): void {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, name);
  const text = `#!${process.execPath}
require('node:fs').writeFileSync(${JSON.stringify(record)}, JSON.stringify({ program: __filename, env: process.env }));
process.stdin.resume();`;
  writeFileSync(file, text);
  chmodSync(file, 0o755);
}

function npx(place: Place, args: readonly string[]) {
  return execa('npx', ['-y', `--package=${tarball}`, 'policy-wrap', ...args], {
    cwd: place.work,
    env: clientEnvironment(place),
    extendEnv: false,
    input: '',
    reject: false,
  });
}

describe.skipIf(onWindows('the programs of this test are scripts with #!'))('started by npx', () => {
  beforeAll(async () => {
    const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
    const { stdout } = await execa('npm', args, { cwd: path.dirname(path.dirname(PROGRAM)) });
    const [packed] = JSON.parse(stdout) as { filename: string }[];
    tarball = path.join(folder, packed?.filename ?? '');
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 }));

  it('the server gets the environment of the client, and the program that the client would start', async () => {
    const place = new Place();
    const record = path.join(place.folder, 'seen.json');
    program(path.join(place.folder, 'bin'), 'uvx', record);
    program(path.join(place.work, 'node_modules', '.bin'), 'uvx', record);
    program(path.join(place.folder, 'node_modules', '.bin'), 'uvx', record);
    await npx(place, ['--', 'uvx', 'server']);
    const { program: started, env } = JSON.parse(readFileSync(record, 'utf8')) as {
      program: string;
      env: Record<string, string>;
    };
    expect(started).toBe(path.join(place.folder, 'bin', 'uvx'));
    // The shell that npx starts adds these.
    const { PWD: _, OLDPWD: __, SHLVL: ___, _: ____, ...rest } = env;
    expect(rest).toEqual(clientEnvironment(place));
  });

  it('what to do next is said as it has to be typed', async () => {
    const { stdout, stderr } = await npx(new Place(), ['chek']);
    expect(stdout + stderr).toContain("did you mean 'npx policy-wrap check'?");
  });
});
