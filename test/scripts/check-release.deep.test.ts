import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const SCRIPT = path.join(ROOT, 'scripts/check-release.mjs');
const PLACEHOLDER = ['github.com', 'OWNER', 'policy-wrap'].join('/');
/** The files of this repository that a release depends on. */
const FILES = ['package.json', 'package-lock.json', 'CHANGELOG.md', '.github/ISSUE_TEMPLATE/config.yml'];
const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { version: string };

/** Without what a hook of git sets: these commands are for the repository of the test alone. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
const folder = mkdtempSync(path.join(tmpdir(), 'policy-wrap-release-'));
const NOTES = path.join(folder, 'notes.md');

function git(...args: string[]): void {
  expect(spawnSync('git', args, { cwd: folder, env })).toMatchObject({ status: 0 });
}

/** Writes those files; `owner` replaces the account that they name. */
function writeFiles(owner: string): void {
  for (const file of FILES) {
    const target = path.join(folder, file);
    mkdirSync(path.dirname(target), { recursive: true });
    const content = readFileSync(path.join(ROOT, file), 'utf8');
    writeFileSync(
      target,
      content.replace(/github\.com\/[\w-]+\/policy-wrap/g, `github.com/${owner}/policy-wrap`),
    );
  }
}

beforeAll(() => {
  writeFiles('somebody');
  git('init', '--quiet');
  git('add', '.');
});
beforeEach(() => {
  writeFiles('somebody');
  rmSync(NOTES, { force: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

function edit(file: string, change: (content: string) => string): void {
  const target = path.join(folder, file);
  writeFileSync(target, change(readFileSync(target, 'utf8')));
}

function check(...args: string[]): { status: number | null; stderr: string } {
  return spawnSync(process.execPath, [SCRIPT, ...args], { cwd: folder, env, encoding: 'utf8' });
}

describe('the check of a release', () => {
  it('accepts the version that the files name, and writes its changes alone', () => {
    edit(
      'CHANGELOG.md',
      () =>
        `# Changelog\n\n## Unreleased\n\n- Next.\n\n## ${version} - 2026-01-31\n\n### Added\n\n- This.\n\n## 0.0.1\n\n- Before.\n`,
    );
    const { status, stderr } = check(`v${version}`, '--notes', NOTES);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(readFileSync(NOTES, 'utf8')).toBe('### Added\n\n- This.\n');
  });

  it('finds this version in the changelog of this repository', () => {
    expect(check(`v${version}`)).toMatchObject({ status: 0, stderr: '' });
  });

  it('names every placeholder that is left', () => {
    writeFiles('OWNER');
    const { status, stderr } = check(`v${version}`);
    expect(status).toBe(1);
    for (const file of ['package.json', '.github/ISSUE_TEMPLATE/config.yml'])
      expect(stderr).toContain(`a placeholder is left in ${file}:`);
    expect(stderr.match(/a placeholder is left/g)).toHaveLength(4);
  });

  it('finds a placeholder in any file that git knows', () => {
    const page = path.join(folder, 'page.html');
    onTestFinished(() => rmSync(page));
    writeFileSync(page, `<a href="https://${PLACEHOLDER}">`);
    expect(check(`v${version}`).status).toBe(0);
    git('add', 'page.html');
    expect(check(`v${version}`)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('a placeholder is left in page.html:1'),
    });
  });

  it.each([
    ['package.json', `"version": "${version}"`, '"version": "9.9.9"', 'package.json has version 9.9.9'],
    [
      'package-lock.json',
      `"version": "${version}"`,
      '"version": "9.9.9"',
      'package-lock.json has version 9.9.9',
    ],
    ['CHANGELOG.md', `## ${version}`, '## 9.9.9', `CHANGELOG.md says nothing of ${version}`],
  ])('refuses a version that %s does not have, and writes nothing', (file, from, to, problem) => {
    edit(file, (content) => content.replace(from, to));
    const { status, stderr } = check(`v${version}`, '--notes', NOTES);
    expect(status).toBe(1);
    expect(stderr).toContain(problem);
    expect(existsSync(NOTES)).toBe(false);
  });

  it('refuses a version whose part of the changelog is empty', () => {
    edit('CHANGELOG.md', () => `## ${version}\n\n## 0.0.1\n\n- Before.\n`);
    expect(check(`v${version}`).stderr).toContain(`CHANGELOG.md says nothing of ${version}`);
  });

  it.each([[], [version], [`v${version}-rc.1`], [`v${version}; true`]])(
    'refuses what is not the tag of a release: %s',
    (...tag) => {
      const { status, stderr } = check(...tag);
      expect(status).toBe(1);
      expect(stderr).toContain('is not the tag of a release');
    },
  );

  it('refuses where git cannot look for placeholders', () => {
    const [known, hidden] = [path.join(folder, '.git'), path.join(folder, 'hidden')];
    renameSync(known, hidden);
    onTestFinished(() => renameSync(hidden, known));
    const { status, stderr } = check(`v${version}`);
    expect(status).toBe(1);
    expect(stderr).toContain('git could not look for placeholders');
  });
});
