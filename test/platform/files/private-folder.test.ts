import { chmodSync, lstatSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isPrivate, makeFolder, makePrivateFolder } from '../../../src/platform/files/private-folder.js';
import { stateFolder } from '../../approvals/inbox/inbox-place.js';
import { onWindows } from '../../skip.js';

const noModes = onWindows('files have no mode');

describe.skipIf(noModes)('the private folder', () => {
  const mode = (folder: string) => lstatSync(folder).mode & 0o777;

  it('is made for this user alone, with what lies above it', () => {
    const folder = path.join(stateFolder(), 'approvals');
    makePrivateFolder(folder);
    expect([mode(folder), mode(path.dirname(folder))]).toEqual([0o700, 0o700]);
    expect(isPrivate(lstatSync(folder))).toBe(true);
  });

  it.each(['777', '750', '701', '500'])('that had the mode %s is closed before it is used', (octal) => {
    const open = Number.parseInt(octal, 8);
    const folder = path.join(stateFolder(), 'approvals');
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, open);
    if ((open & 0o077) !== 0) expect(isPrivate(lstatSync(folder))).toBe(false);
    makePrivateFolder(folder);
    expect(mode(folder)).toBe(0o700);
  });

  it('is not taken through a link, and is no file', () => {
    const state = stateFolder();
    mkdirSync(path.join(state, 'elsewhere'), { recursive: true, mode: 0o700 });
    symlinkSync('elsewhere', path.join(state, 'link'));
    symlinkSync('nowhere', path.join(state, 'dangling'));
    writeFileSync(path.join(state, 'file'), '');
    for (const name of ['link', 'dangling', 'file']) {
      expect(() => makePrivateFolder(path.join(state, name))).toThrow('is not a folder');
      expect(isPrivate(lstatSync(path.join(state, name)))).toBe(false);
    }
  });
});

describe.skipIf(noModes)('a folder', () => {
  it('is made for this user alone, and what is there stays as it is', () => {
    const state = stateFolder();
    mkdirSync(path.join(state, 'open'), { recursive: true });
    chmodSync(path.join(state, 'open'), 0o755);
    makeFolder(path.join(state, 'open', 'a', 'b'));
    const mode = (name: string) => statSync(path.join(state, name)).mode & 0o777;
    expect(['open', 'open/a', 'open/a/b'].map(mode)).toEqual([0o755, 0o700, 0o700]);
    makeFolder(path.join(state, 'open'));
    expect(mode('open')).toBe(0o755);
  });

  it('may be reached through a link', () => {
    const state = stateFolder();
    mkdirSync(path.join(state, 'real'), { recursive: true });
    symlinkSync('real', path.join(state, 'link'));
    makeFolder(path.join(state, 'link'));
    makeFolder(path.join(state, 'link', 'a'));
    expect(statSync(path.join(state, 'real', 'a')).isDirectory()).toBe(true);
  });

  it('cannot be made where something else is, above it or in its place, nor where the system has none', () => {
    const state = stateFolder();
    mkdirSync(state, { recursive: true });
    writeFileSync(path.join(state, 'file'), '');
    symlinkSync('nowhere', path.join(state, 'dangling'));
    for (const name of ['file', 'dangling', 'file/a', 'dangling/a/b'])
      expect(() => makeFolder(path.join(state, name))).toThrow();
    if (process.platform === 'linux') expect(() => makeFolder('/proc/policy-wrap/a/b')).toThrow();
  });
});
