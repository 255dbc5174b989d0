import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { onWindows } from '../skip.js';
import { Place, PROGRAM } from './place.js';

const otherFolders = onWindows('the folders of the user do not come from these variables');

describe.skipIf(otherFolders)('where the folders of the user are not known', () => {
  it.each([
    { HOME: '', XDG_CONFIG_HOME: '', XDG_STATE_HOME: '' },
    { HOME: '', XDG_STATE_HOME: '' },
  ])('nothing is started, and no file of a repository passes for the own one: %j', async (env) => {
    const place = new Place();
    for (const folder of ['.config/policy-wrap', 'Library/Preferences/policy-wrap'])
      place.write(`${folder}/policy-wrap.yaml`, 'version: 1\ndefault: allow\n');
    const touch = `require('node:fs').writeFileSync('started', '')`;
    const { exitCode, stdout, stderr } = await execa('node', [PROGRAM, '--', process.execPath, '-e', touch], {
      cwd: place.work,
      env: { ...place.env, ...env },
      extendEnv: false,
      reject: false,
      input: '',
    });
    expect(stderr).toMatch(/^policy-wrap: the folder of the user is not known: '.*'\n {2}help: set HOME/);
    expect({ exitCode, stdout, started: place.has('started') }).toEqual({
      exitCode: 1,
      stdout: '',
      started: false,
    });
  });
});
