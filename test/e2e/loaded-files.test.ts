import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { Place, PROGRAM } from './place.js';

/** Prints the files of the build that were loaded, when the program ends. */
const LISTING = `process.on('exit', () => {
  const names = Object.keys(require.cache).filter((file) => /[\\\\/]dist[\\\\/]/.test(file));
  require('node:fs').writeSync(2, JSON.stringify(names.map((file) => require('node:path').basename(file))));
});`;

async function loaded(args: readonly string[]): Promise<string[]> {
  const place = new Place();
  const listing = place.write('listing.cjs', LISTING);
  const { stderr } = await execa(process.execPath, ['--require', listing, PROGRAM, ...args], {
    cwd: place.work,
    env: place.env,
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
  });
  return JSON.parse(stderr.split('\n').at(-1) ?? '') as string[];
}

describe('what is loaded', () => {
  it('is, to run a server, neither the parser of commands nor anything of theirs', async () => {
    const files = await loaded(['--quiet', '--', process.execPath, '--version']);
    expect(files).toEqual(['main.cjs', 'shared.cjs', 'relay.cjs']);
  });

  it('is, for help, nothing that carries out a command', async () => {
    const files = await loaded(['--help']);
    expect(files.sort()).toEqual(['main.cjs', 'program.cjs', 'shared-rarely.cjs', 'shared.cjs']);
  });
});
