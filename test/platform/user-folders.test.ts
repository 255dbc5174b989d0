import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { displayPath, placePath } from '../../src/platform/display-path.js';
import { onWindows } from '../skip.js';

const root = path.parse(process.cwd()).root;

describe('how a file is called', () => {
  it.each([
    [
      'below the working directory, by what leads to it',
      path.join(root, 'w', 'a', 'b.yaml'),
      path.join('a', 'b.yaml'),
    ],
    ['in the home folder, with ~', path.join(homedir(), 'a.yaml'), path.join('~', 'a.yaml')],
    ['elsewhere, in full', path.join(root, 'elsewhere', 'a.yaml'), path.join(root, 'elsewhere', 'a.yaml')],
  ])('%s', (_what, file, name) => {
    expect(displayPath(file, path.join(root, 'w'))).toBe(name);
  });

  it('in the root, where some clients start servers, in full', () => {
    expect(displayPath(path.join(root, 'w', 'b.yaml'), root)).toBe(path.join(root, 'w', 'b.yaml'));
    expect(displayPath(path.join(homedir(), 'a.yaml'), root)).toBe(path.join('~', 'a.yaml'));
  });

  it.skipIf(onWindows('HOME does not say which folder it is'))(
    'in a home folder that is reached through a link',
    () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'policy-wrap-home-'));
      onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
      mkdirSync(path.join(folder, 'real', 'work'), { recursive: true });
      symlinkSync('real', path.join(folder, 'ann'));
      vi.stubEnv('HOME', path.join(folder, 'ann'));
      onTestFinished(() => void vi.unstubAllEnvs());
      const work = path.join(realpathSync(path.join(folder, 'ann')), 'work');
      expect(placePath(path.join(work, 'a.yaml'))).toBe('~/work/a.yaml');
      expect(placePath(path.join(folder, 'ann', 'a.yaml'))).toBe('~/a.yaml');
      expect(placePath(path.join(folder, 'bob', 'a.yaml'))).toBe(path.join(folder, 'bob', 'a.yaml'));
    },
  );
});
