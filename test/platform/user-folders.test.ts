import { homedir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { displayPath } from '../../src/platform/display-path.js';

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
});
