import { chmodSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findProjectFile, findUserFile, namedFile } from '../../src/config/find.js';
import { onWindows } from '../skip.js';
import { folderWith, withoutPrivileges } from './folder.js';

const POLICY = 'version: 1\ndefault: deny\n';

/** What is found from a folder below, relative to the top; `undefined` when nothing is. */
async function found(files: Readonly<Record<string, string>>, from = '.'): Promise<string | undefined> {
  const folder = folderWith(files);
  const file = await findProjectFile(path.join(folder, from));
  return file && [path.relative(folder, file.file).replaceAll('\\', '/'), ...file.within].join('#');
}

describe('findProjectFile', () => {
  it.each([
    'policy-wrap.yaml',
    'policy-wrap.yml',
    'policy-wrap.json',
    '.policy-wraprc',
    '.policy-wraprc.yaml',
    '.policy-wraprc.yml',
    '.policy-wraprc.json',
    '.config/policy-wrap.yaml',
    '.config/policy-wrap.yml',
    '.config/policy-wrap.json',
  ])('finds %s', async (name) => {
    expect(await found({ [name]: POLICY })).toBe(name);
  });

  it.each([
    'policy-wrap.js',
    'policy-wrap.mjs',
    'policy-wrap.ts',
    'policy-wrap.config.js',
    '.policy-wraprc.js',
    '.policy-wraprc.cjs',
    'policy-wrap',
    'policy-wrap.toml',
  ])('does not take %s for a policy: that would be code, or no known format', async (name) => {
    expect(await found({ [name]: POLICY })).toBeUndefined();
  });

  it.each<[string, Record<string, string>, string | undefined]>([
    ['yaml before json', { 'policy-wrap.json': '{}', 'policy-wrap.yaml': POLICY }, 'policy-wrap.yaml'],
    [
      'a plain name before a hidden one',
      { '.policy-wraprc': POLICY, 'policy-wrap.json': '{}' },
      'policy-wrap.json',
    ],
    [
      'a file of its own before package.json',
      { 'package.json': '{"policy-wrap":{}}', '.config/policy-wrap.json': '{}' },
      '.config/policy-wrap.json',
    ],
    [
      'a folder of that name is no policy',
      { 'policy-wrap.yaml/x': '', 'policy-wrap.json': '{}' },
      'policy-wrap.json',
    ],
    [
      'package.json with the key',
      { 'package.json': '{"name":"x","policy-wrap":{}}' },
      'package.json#policy-wrap',
    ],
    ['package.json without it', { 'package.json': '{"name":"x"}' }, undefined],
    [
      'package.json that only depends on it',
      { 'package.json': '{"devDependencies":{"policy-wrap":"1"}}' },
      undefined,
    ],
    [
      'package.json with a byte order mark',
      { 'package.json': '\ufeff{"devDependencies":{"policy-wrap":"1"}}' },
      undefined,
    ],
    [
      'a broken package.json that may hold it',
      { 'package.json': '{"policy-wrap":{}' },
      'package.json#policy-wrap',
    ],
    ['a broken package.json that does not', { 'package.json': '{"name":' }, undefined],
    ['a file called .config, below which nothing can be', { '.config': 'CONFIG_X=y' }, undefined],
    [
      'package.json beside a file called .config',
      { '.config': 'CONFIG_X=y', 'package.json': '{"policy-wrap":{}}' },
      'package.json#policy-wrap',
    ],
    ['a folder called package.json', { 'package.json/x': '' }, undefined],
  ])('%s', async (_, files, expected) => {
    expect(await found(files)).toBe(expected);
  });

  it.each<[string, Record<string, string>, string, string | undefined]>([
    [
      'up to the root of the repository',
      { '.git/': '', 'policy-wrap.yaml': POLICY, 'a/b/': '' },
      'a/b',
      'policy-wrap.yaml',
    ],
    [
      'a closer one first',
      { '.git/': '', 'policy-wrap.yaml': POLICY, 'a/policy-wrap.json': '{}', 'a/b/': '' },
      'a/b',
      'a/policy-wrap.json',
    ],
    ['not above the root', { 'policy-wrap.yaml': POLICY, 'a/.git/': '', 'a/b/': '' }, 'a/b', undefined],
    [
      'a work tree has a file for a root',
      { 'policy-wrap.yaml': POLICY, 'a/.git': 'gitdir: x', 'a/policy-wrap.yml': POLICY, 'a/b/': '' },
      'a/b',
      'a/policy-wrap.yml',
    ],
    ['only here where there is no repository', { 'policy-wrap.yaml': POLICY, 'a/': '' }, 'a', undefined],
  ])('looks %s', async (_, files, from, expected) => {
    expect(await found(files, from)).toBe(expected);
  });

  it('says that nobody named the file, and what it was found in', async () => {
    const folder = folderWith({ 'policy-wrap.yaml': POLICY });
    expect(await findProjectFile(folder)).toEqual({
      file: path.join(folder, 'policy-wrap.yaml'),
      within: [],
      discovered: folder,
    });
  });

  it('takes a relative folder', async () => {
    const folder = folderWith({ '.git/': '', 'policy-wrap.yaml': POLICY, 'a/b/': '' });
    const relative = path.relative(process.cwd(), path.join(folder, 'a/b'));
    expect((await findProjectFile(relative))?.file).toBe(path.join(folder, 'policy-wrap.yaml'));
  });

  it('finds a link that leads nowhere, so that the missing policy is noticed', async () => {
    const folder = folderWith({ 'policy-wrap.json': '{}' });
    symlinkSync(path.join(folder, 'gone.yaml'), path.join(folder, 'policy-wrap.yaml'));
    expect((await findProjectFile(folder))?.file).toBe(path.join(folder, 'policy-wrap.yaml'));
  });

  it.skipIf(onWindows('links take a right'))(
    'looks at nothing outside of the repository on Windows',
    async () => {
      const elsewhere = folderWith({
        'package.json': '{"policy-wrap": {"version": 1}}',
        'config/policy-wrap.yaml': POLICY,
      });
      const link = (from: string, to: string) => {
        const folder = folderWith({ '.git/': '' });
        symlinkSync(path.join(elsewhere, to), path.join(folder, from));
        return folder;
      };
      for (const folder of [link('package.json', 'package.json'), link('.config', 'config')]) {
        expect(await findProjectFile(folder, true)).toBeUndefined();
        // Elsewhere a look does no harm, and the link is an error when it is read.
        expect(await findProjectFile(folder, false)).toBeDefined();
      }
      const policy = link('policy-wrap.yaml', 'config/policy-wrap.yaml');
      for (const windows of [true, false])
        expect((await findProjectFile(policy, windows))?.file).toBe(path.join(policy, 'policy-wrap.yaml'));
      const inside = folderWith({ '.git/': '', 'x/policy-wrap.yaml': POLICY });
      symlinkSync('x', path.join(inside, '.config'));
      expect((await findProjectFile(inside, true))?.file).toBe(path.join(inside, '.config/policy-wrap.yaml'));
    },
  );

  it.skipIf(onWindows('folders have no mode'))('finds what may not be seen', async () => {
    const folder = folderWith({ '.config/policy-wrap.yaml': POLICY });
    chmodSync(folder, 0o755);
    chmodSync(path.join(folder, '.config'), 0);
    const found = await withoutPrivileges(() => findProjectFile(folder));
    chmodSync(path.join(folder, '.config'), 0o700);
    expect(found?.file).toBe(path.join(folder, '.config/policy-wrap.yaml'));
  });
});

describe('findUserFile', () => {
  it.each<[Record<string, string>, string | undefined]>([
    [{}, undefined],
    [{ 'policy-wrap.yaml': POLICY }, 'policy-wrap.yaml'],
    [{ 'policy-wrap.yml': POLICY, 'policy-wrap.json': '{}' }, 'policy-wrap.yml'],
    [{ '.policy-wraprc': POLICY }, undefined],
    [{ 'package.json': '{"policy-wrap":{}}' }, undefined],
  ])('in %j: %j', (files, expected) => {
    const folder = folderWith(files);
    const file = findUserFile(folder);
    expect(file).toEqual(expected && { file: path.join(folder, expected), within: [] });
  });

  it('finds nothing in a folder that does not exist', () => {
    expect(findUserFile(path.join(folderWith(), 'gone'))).toBeUndefined();
  });
});

describe('namedFile', () => {
  it('takes a whole file, and of a package.json the part that is the policy', () => {
    const folder = folderWith();
    writeFileSync(path.join(folder, 'x.yaml'), '');
    expect(namedFile(path.join(folder, 'x.yaml')).within).toEqual([]);
    expect(namedFile(path.join(folder, 'package.json')).within).toEqual(['policy-wrap']);
  });
});
