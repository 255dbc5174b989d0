import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { policyFiles } from '../../../src/cli/policy/policy-files.js';
import { EXIT } from '../../../src/platform/user-error.js';
import { folderWith } from '../../config/folder.js';
import { onWindows } from '../../skip.js';

const FILES = {
  '.git/': '',
  'policy-wrap.yaml': '',
  'other.yaml': '',
  'a/policy-wrap.yml': '',
  'a/b/policy-wrap.json': '{}',
  'a/b/.policy-wraprc': '',
  'a/b/.policy-wraprc.yaml': '',
  'a/.config/policy-wrap.yaml': '',
  'a/my-policy-wrap.yaml': '',
  'a/policy-wrap.yaml.bak': '',
  'a/node_modules/x/policy-wrap.yaml': '',
  'a/c/policy-wrap.yaml/x': '',
  'empty/x.txt': '',
};

async function found(words: readonly string[], from = '.'): Promise<string[]> {
  const folder = folderWith(FILES);
  const files = await policyFiles(words, path.join(folder, from));
  return files.map((file) => path.relative(folder, file).replaceAll('\\', '/'));
}

describe('policyFiles', () => {
  it.each<[string[], string, string[]]>([
    [[], '.', ['policy-wrap.yaml']],
    [[], 'empty', ['policy-wrap.yaml']],
    [[], 'a/b', ['a/b/policy-wrap.json']],
    [['other.yaml'], '.', ['other.yaml']],
    [['other.yaml', 'policy-wrap.yaml'], '.', ['other.yaml', 'policy-wrap.yaml']],
    [['../other.yaml'], 'a', ['other.yaml']],
    [['gone.yaml'], '.', ['gone.yaml']],
    [
      ['a'],
      '.',
      [
        'a/.config/policy-wrap.yaml',
        'a/b/.policy-wraprc',
        'a/b/.policy-wraprc.yaml',
        'a/b/policy-wrap.json',
        'a/policy-wrap.yml',
      ],
    ],
    [
      ['a/b', 'other.yaml'],
      '.',
      ['a/b/.policy-wraprc', 'a/b/.policy-wraprc.yaml', 'a/b/policy-wrap.json', 'other.yaml'],
    ],
  ])('%j in %s', async (words, from, expected) => {
    expect(await found(words, from)).toEqual(expected);
  });

  it.skipIf(onWindows('links need rights there'))(
    'takes a link to itself for a file, as it is named or below a folder',
    async () => {
      const folder = folderWith({ 'a/': '' });
      const loop = path.join(folder, 'a', 'policy-wrap.yaml');
      symlinkSync(loop, loop);
      expect(await policyFiles(['a/policy-wrap.yaml'], folder)).toEqual([loop]);
      expect(await policyFiles(['a'], folder)).toEqual([loop]);
    },
  );

  it.each<[string, string[], string]>([
    ['no policy below a folder', ['empty'], 'there is no policy file below empty'],
    [
      'no policy at all',
      [],
      'there is no policy file in this folder, above it in the repository, or of your own',
    ],
  ])('%s is a mistake', async (_, words, message) => {
    const folder = folderWith({ 'empty/': '' });
    await expect(policyFiles(words, folder)).rejects.toThrow(
      expect.objectContaining({ exitCode: EXIT.failed, message, help: expect.any(String) }),
    );
  });
});
