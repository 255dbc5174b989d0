import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findProjectFile } from '../../src/config/find.js';
import { searchFolder } from '../../src/config/search-folder.js';
import { Place, PROGRAM } from '../e2e/place.js';
import { onWindows } from '../skip.js';
import { folderWith } from './folder.js';

const root = path.resolve(import.meta.dirname, '../..');
const POLICY = 'version: 1\ndefault: deny\n';

/** Each leaves a mark when it is run, as CommonJS or as a module. */
const code = (marker: string) =>
  `(globalThis.process).getBuiltinModule('node:fs').writeFileSync(${JSON.stringify(marker)}, 'it was run');\n`;

/** Where cosmiconfig, of this or a later major version, and tools like it look for code. */
const HOSTILE = [
  '.config/config.js',
  '.config/config.cjs',
  '.config/config.mjs',
  '.config/config.ts',
  '.config/policy-wrap.js',
  '.config/policy-wraprc.js',
  '.config/policy-wraprc.cjs',
  '.config.js',
  '.config.cjs',
  '.cosmiconfigrc',
  '.cosmiconfigrc.js',
  'cosmiconfig.config.js',
  'config.js',
  'config.ts',
  'policy-wrap.js',
  'policy-wrap.cjs',
  'policy-wrap.ts',
  'policy-wrap.config.js',
  'policy-wrap.config.cjs',
  'policy-wrap.config.ts',
  '.policy-wraprc.js',
  '.policy-wraprc.cjs',
  '.policy-wraprc.ts',
];

const hostileFiles = (marker: string): Record<string, string> =>
  Object.fromEntries(HOSTILE.map((name) => [name, code(marker)]));

/** By a key of package.json, versions 8 and later are told to look elsewhere. */
const ELSEWHERE = { cosmiconfig: { searchPlaces: ['config.js', '.config.cjs'] } };

describe('a repository that wants to be run by being searched', () => {
  it.each<[string, Record<string, string>, string | undefined]>([
    ['alone', {}, undefined],
    ['beside a policy', { 'policy-wrap.yaml': POLICY }, 'policy-wrap.yaml'],
    ['beside a policy that comes last', { '.config/policy-wrap.json': '{}' }, '.config/policy-wrap.json'],
    ['with a package.json that names it', { 'package.json': JSON.stringify(ELSEWHERE) }, undefined],
    [
      'with a package.json that names it beside a policy',
      { 'package.json': JSON.stringify({ ...ELSEWHERE, 'policy-wrap': { version: 1, default: 'deny' } }) },
      'package.json',
    ],
  ])('stays unread: %s', async (_, policy, expected) => {
    const place = new Place();
    const marker = path.join(place.folder, 'marker');
    const folder = folderWith({ ...hostileFiles(marker), ...policy });
    const { file } = (await findProjectFile(folder)) ?? {};
    expect(file && path.relative(folder, file).replaceAll('\\', '/')).toBe(expected);
    const command = [PROGRAM, '--', process.execPath, '-e', ''];
    const { stderr } = spawnSync(process.execPath, command, {
      cwd: folder,
      env: place.env,
      encoding: 'utf8',
    });
    expect(stderr).toContain(expected ?? 'standard');
    expect(existsSync(marker)).toBe(false);
  });

  it('would leave a mark', () => {
    const place = new Place();
    const marker = path.join(place.folder, 'marker');
    const folder = folderWith(hostileFiles(marker));
    spawnSync(process.execPath, [path.join(folder, '.config/config.js')]);
    expect(readFileSync(marker, 'utf8')).toBe('it was run');
  });

  it('stays unread by cosmiconfig itself', () => {
    const marker = path.join(folderWith(), 'marker');
    const folder = folderWith({ ...hostileFiles(marker), 'policy-wrap.yaml': POLICY });
    const script = `const { cosmiconfigSync } = require(${JSON.stringify(path.join(root, 'node_modules/cosmiconfig'))});
      const options = { searchPlaces: ['policy-wrap.yaml'], stopDir: process.cwd(), loaders: { '.yaml': () => 'found' } };
      console.log(cosmiconfigSync('policy-wrap', options).search().config);`;
    const { stdout } = spawnSync(process.execPath, ['-e', script], { cwd: folder, encoding: 'utf8' });
    expect(stdout).toBe('found\n');
    expect(existsSync(marker)).toBe(false);
  });

  it('stays unread even where code is asked for', () => {
    const marker = path.join(folderWith(), 'marker');
    const folder = folderWith(hostileFiles(marker));
    expect(searchFolder(folder, ['config.js', '.config.cjs'])).toBeUndefined();
    expect(existsSync(marker)).toBe(false);
  });
});

describe('a file that would keep a search busy', () => {
  it('is found without being read to its end', async () => {
    const folder = folderWith({ 'policy-wrap.yaml': POLICY, 'policy-wrap.json': '{}' });
    truncateSync(path.join(folder, 'policy-wrap.yaml'), 8 * 1024 ** 3);
    const before = process.memoryUsage().rss;
    expect((await findProjectFile(folder))?.file).toBe(path.join(folder, 'policy-wrap.yaml'));
    expect(process.memoryUsage().rss - before).toBeLessThan(256 * 1024 ** 2);
  });

  it.skipIf(onWindows('there are no named pipes in folders'))(
    'is found where it is a pipe that nobody writes to',
    async () => {
      const folder = folderWith({ '.policy-wraprc': POLICY });
      expect(spawnSync('mkfifo', [path.join(folder, 'policy-wrap.yml')]).status).toBe(0);
      expect((await findProjectFile(folder))?.file).toBe(path.join(folder, 'policy-wrap.yml'));
    },
  );
});

describe('what the policy of a package.json may be', () => {
  it.each(['null', 'false', '0', '""', '[]', '{}'])('%s, so that reading it says why not', async (value) => {
    const folder = folderWith({ 'package.json': `{"policy-wrap":${value}}` });
    expect(await findProjectFile(folder)).toMatchObject({
      file: path.join(folder, 'package.json'),
      within: ['policy-wrap'],
    });
  });
});

describe('the version of cosmiconfig', () => {
  const read = (file: string) => JSON.parse(readFileSync(path.join(root, file), 'utf8'));

  /** Versions 8 and later run `.config.js` or `.config/config.js` of the working directory before they look at any option. */
  it('is the last that runs nothing, and no other comes in by itself', () => {
    expect(read('package.json').devDependencies.cosmiconfig).toBe('7.1.0');
    expect(read('package-lock.json').packages[''].devDependencies.cosmiconfig).toBe('7.1.0');
    expect(read('package-lock.json').packages['node_modules/cosmiconfig'].version).toBe('7.1.0');
    expect(read('node_modules/cosmiconfig/package.json').version).toBe('7.1.0');
  });

  it('is the only one', () => {
    const others = Object.keys(read('package-lock.json').packages).filter((name) =>
      /(?:^|\/)node_modules\/cosmiconfig$/.test(name),
    );
    expect(others).toEqual(['node_modules/cosmiconfig']);
  });
});

describe('what a search loads', () => {
  it('is little: the library alone, beside what every run loads', () => {
    const text = readFileSync(path.join(root, 'dist/search-folder.cjs'), 'utf8');
    const loaded = [...text.matchAll(/require\("(\.[^"]*)"\)/g)].map(([, name]) => name);
    expect(loaded).toEqual(['./shared.cjs']);
    expect(text.length).toBeLessThan(10_000);
  });
});
