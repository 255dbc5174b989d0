import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { compileCacheFolder } from '../../../src/platform/files/compile-cache.js';
import { stateFolder } from '../../approvals/inbox/inbox-place.js';
import { Place, PROGRAM } from '../../e2e/place.js';
import { onWindows, withoutRoot } from '../../skip.js';

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

describe.skipIf(onWindows('files have no mode'))('a start', () => {
  const folderOf = (place: Place) => path.join(place.folder, 'cache', 'policy-wrap', 'code');

  async function start(place: Place, more: Record<string, string> = {}, ...flags: string[]) {
    const env = { ...place.env, XDG_CACHE_HOME: path.join(place.folder, 'cache'), ...more };
    const words = ['sh', process.execPath, ...flags, PROGRAM, '--version'];
    const shell = 'umask 000; exec "$@"';
    await execa('sh', ['-c', shell, ...words], { cwd: place.work, env, extendEnv: false });
  }

  /** The names of what is kept, and what tells whether it was written again. */
  const kept = (place: Place) =>
    Object.fromEntries(
      readdirSync(folderOf(place)).map((name) => [name, lstatSync(path.join(folderOf(place), name)).ino]),
    );

  it('keeps compiled code for this user alone, and the next one takes it as it is', async () => {
    const place = new Place();
    await start(place);
    expect(mode(folderOf(place))).toBe(0o700);
    const before = kept(place);
    expect(Object.keys(before).map((name) => name.split('-')[0])).toContain('shared.cjs');
    for (const name of Object.keys(before)) expect(mode(path.join(folderOf(place), name))).toBe(0o600);
    await start(place);
    expect(kept(place)).toEqual(before);
  });

  it('keeps it apart for each way to start Node', async () => {
    const place = new Place();
    await start(place);
    const before = kept(place);
    await start(place, {}, '--no-opt');
    expect(kept(place)).toMatchObject(before);
    expect(Object.keys(kept(place)).length).toBe(2 * Object.keys(before).length);
  });

  it.each<[string, (file: string) => void]>([
    ['is cut off', (file) => truncateSync(file, lstatSync(file).size - 1)],
    ['was changed in the middle', (file) => flip(file, 0.5)],
    ['was changed at its end', (file) => flip(file, 0.99)],
    ['is full of zeros', (file) => writeFileSync(file, Buffer.alloc(lstatSync(file).size), { mode: 0o600 })],
    ['can be written by others', (file) => chmodSync(file, 0o620)],
    [
      'has another name, too',
      (file) => linkSync(file, path.join(path.dirname(path.dirname(file)), path.basename(file))),
    ],
    ['is a link', (file) => replaceByLink(file)],
  ])('compiles again where what was kept %s, and keeps that', async (_, damage) => {
    const place = new Place();
    await start(place);
    const before = kept(place);
    for (const name of Object.keys(before)) damage(path.join(folderOf(place), name));
    await start(place);
    const after = kept(place);
    expect(Object.keys(after)).toEqual(Object.keys(before));
    for (const name of Object.keys(after)) {
      expect(after[name]).not.toBe(before[name]);
      expect(mode(path.join(folderOf(place), name))).toBe(0o600);
    }
    await start(place);
    expect(kept(place)).toEqual(after);
  });

  it('keeps none in a folder that others could write', async () => {
    const place = new Place();
    mkdirSync(folderOf(place), { recursive: true });
    chmodSync(folderOf(place), 0o777);
    await start(place);
    expect(readdirSync(folderOf(place))).toEqual([]);
  });

  it('keeps none where the user wants none of Node, either', async () => {
    const place = new Place();
    await start(place, { NODE_DISABLE_COMPILE_CACHE: '1' });
    expect(existsSync(folderOf(place))).toBe(false);
  });

  it('works where nothing can be kept', async () => {
    const place = new Place();
    await expect(start(place, { XDG_CACHE_HOME: '/proc/nowhere' })).resolves.toBeUndefined();
  });
});

function flip(file: string, share: number): void {
  const content = readFileSync(file);
  const at = Math.floor(content.length * share);
  content.writeUInt8(content.readUInt8(at) ^ 1, at);
  writeFileSync(file, content);
}

function replaceByLink(file: string): void {
  const elsewhere = path.join(path.dirname(path.dirname(file)), path.basename(file));
  renameSync(file, elsewhere);
  symlinkSync(elsewhere, file);
}
