import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { configOfEnvironment } from '../../src/config/find.js';
import { resolvedBelow } from '../../src/config/inside.js';
import { onWindows } from '../skip.js';
import { folderWith } from './folder.js';

const HERE = undefined;

describe.skipIf(onWindows('links need rights'))('where a file below a folder really is', () => {
  /** What links there are in the repository, the file, and what it is from there. */
  it.each<[string, Record<string, string>, string, string | undefined]>([
    ['itself', {}, 'policy.yaml', 'policy.yaml'],
    ['in a folder', {}, 'in/base.yaml', 'in/base.yaml'],
    ['not there yet', {}, 'new/base.yaml', 'new/base.yaml'],
    ['a name with dots', {}, '..x/base.yaml', '..x/base.yaml'],
    ['the folder above', {}, '..', HERE],
    ['beside the folder', {}, '../beside.yaml', HERE],
    ['the folder', {}, '.', HERE],
    ['a link inside', { x: 'policy.yaml' }, 'x', 'policy.yaml'],
    ['a link to a folder inside', { x: 'in' }, 'x/base.yaml', 'in/base.yaml'],
    ['a link of a link', { x: 'y', y: './in/base.yaml' }, 'x', 'in/base.yaml'],
    ['a link from a folder up, but inside', { 'in/x': '../policy.yaml' }, 'in/x', 'policy.yaml'],
    ['a link by an absolute path inside', { x: '<folder>/policy.yaml' }, 'x', 'policy.yaml'],
    ['a link to nothing inside', { x: 'gone' }, 'x', 'gone'],
    ['a link out', { x: '../beside.yaml' }, 'x', HERE],
    ['a link to a folder out', { x: '..' }, 'x/beside.yaml', HERE],
    ['a link of a link out', { x: 'y', y: '../beside.yaml' }, 'x', HERE],
    ['an absolute link out', { x: '/etc/hosts' }, 'x', HERE],
    ['a link to nothing outside', { x: '../gone' }, 'x', HERE],
    ['an absolute link with a way up', { x: '<folder>/in/../../beside.yaml' }, 'x', HERE],
    ['a way up behind a link', { x: '.', y: 'x/../beside.yaml' }, 'y', HERE],
    ['a way up behind a link, inside', { x: 'in/deep', y: 'x/../base.yaml' }, 'y', 'in/base.yaml'],
    ['a share', { x: '//host/share/x.yaml' }, 'x', HERE],
    ['a circle', { x: 'y', y: 'x' }, 'x', HERE],
  ])('%s', (_, links, file, expected) => {
    const place = folderWith({ 'repo/policy.yaml': '', 'repo/in/base.yaml': '', 'beside.yaml': '' });
    const folder = path.join(place, 'repo');
    mkdirSync(path.join(folder, 'in/deep'));
    for (const [name, target] of Object.entries(links))
      symlinkSync(target.replace('<folder>', folder), path.join(folder, name));
    expect(resolvedBelow(folder, path.join(folder, file))).toBe(expected);
    symlinkSync('repo', path.join(place, 'clone'));
    expect(resolvedBelow(path.join(place, 'clone'), path.join(place, 'clone', file))).toBe(expected);
  });
});

describe('what POLICY_WRAP_CONFIG may be', () => {
  it.each<[string, boolean]>([
    ['/home/me/policy.yaml', false],
    ['//host/share/policy.yaml', true],
    ['\\\\host\\share\\policy.yaml', true],
    ['C:\\policy.yaml', true],
    ['c:/policy.yaml', true],
    ['~/policy.yaml', process.platform === 'win32'],
  ])('%s', (written, windows) => {
    expect(configOfEnvironment(written, windows)).toMatch(/policy\.yaml$/);
  });

  it.each<[string, boolean]>([
    ['policy.yaml', false],
    ['./policy.yaml', false],
    ['C:\\policy.yaml', false],
    ['policy.yaml', true],
    ['.\\policy.yaml', true],
    ['C:policy.yaml', true],
    ['\\policy.yaml', true],
    ['/policy.yaml', true],
  ])('not %s (Windows: %j)', (written, windows) => {
    expect(() => configOfEnvironment(written, windows)).toThrow('is another file in each folder');
  });

  it('nothing', () => {
    expect([configOfEnvironment(''), configOfEnvironment(undefined)]).toEqual([undefined, undefined]);
  });
});
