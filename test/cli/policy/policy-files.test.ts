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

  it('takes from a folder what is a policy by what is in it, and says what else may be meant', async () => {
    const folder = folderWith({
      'p/github.yaml': '# ours\nversion: 1\nextends: ./base.yaml\n',
      'p/base.yaml': 'version: 1\ntools: { a: deny }\n',
      'p/deep/slack.yml': '---\n"version": 1 # the form\ndefault: deny\n',
      'p/flow.yaml': '{ version: 1, default: deny }',
      'p/broken.yaml': 'version: 1\ndefault: deny\n tools: {\n',
      'p/forgotten.yaml': 'version: 1\ntools: { a: deny }\n',
      'p/compose.yaml': 'version: "3"\nservices: { a: { extends: b, default: 1 } }\n',
      'p/ci.yml': 'default:\n  image: x\nversion: 1.5\n',
      'p/node_modules/x/x.yaml': 'version: 1\ndefault: deny\n',
      'p/list.json': '{"version":1,"default":"deny"}',
    });
    const told: string[] = [];
    const files = await policyFiles(['p'], folder, (sentence) => told.push(sentence));
    expect(files.map((file) => path.relative(path.join(folder, 'p'), file).replaceAll('\\', '/'))).toEqual([
      'broken.yaml',
      'deep/slack.yml',
      'flow.yaml',
      'github.yaml',
    ]);
    expect(told).toEqual([
      expect.stringMatching(/^p[\\/]forgotten\.yaml left out: .*`version: 1`.*name it$/),
    ]);
  });

  it.each([
    [{ 'p/a.yaml': 'x: 1\n', 'p/b.yml': '' }, 'there is no policy file below p, only a.yaml and b.yml'],
    [
      { 'p/a.yaml': 'x: 1\n', 'p/b.yml': 'tools: {}\ndefault: deny\n' },
      'there is no policy file below p, though b.yml looks like one',
    ],
  ])('says which files there are: %j', async (files, message) => {
    await expect(policyFiles(['p'], folderWith(files))).rejects.toThrow(
      expect.objectContaining({ message, help: expect.stringContaining('`version: 1`') }),
    );
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
