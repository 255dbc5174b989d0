import { describe, expect, it } from 'vitest';
import { expandPath } from '../../src/platform/user-path.js';

const POSIX = { home: '/home/ann', windows: false };
const WINDOWS = { home: 'C:\\Users\\Ann', windows: true };

describe('a path that a user wrote', () => {
  it.each([
    ['~', '/home/ann'],
    ['~/', '/home/ann'],
    ['~/policies/p.yaml', '/home/ann/policies/p.yaml'],
    ['./~backup.yaml', './~backup.yaml'],
    ['a~b/c', 'a~b/c'],
    ['a/~/b', 'a/~/b'],
    ['costs-5$/p.yaml', 'costs-5$/p.yaml'],
    ['100%/p.yaml', '100%/p.yaml'],
    ['', ''],
  ])('%j: %j', (written, expected) => expect(expandPath(written, POSIX)).toBe(expected));

  it.each([
    ['~\\policies\\p.yaml', 'C:\\Users\\Ann\\policies\\p.yaml'],
    ['~/policies/p.yaml', 'C:\\Users\\Ann\\policies/p.yaml'],
    ['~', 'C:\\Users\\Ann'],
    ['D:\\x', 'D:\\x'],
  ])('on Windows %j: %j', (written, expected) => expect(expandPath(written, WINDOWS)).toBe(expected));

  it('has one separator below the root', () => {
    expect(expandPath('~/x', { home: '/', windows: false })).toBe('/x');
  });

  it.each([
    ['$HOME/p.yaml', "'$HOME' in the path"],
    [`$${'{HOME}'}/p.yaml`, `'$${'{HOME}'}' in the path`],
    ['/data/$USER/p.yaml', "'$USER' in the path"],
    ['%USERPROFILE%\\p.yaml', "'%USERPROFILE%' in the path"],
    ['C:\\%NAME%\\p', "'%NAME%' in the path"],
    ['~root/p.yaml', "'~root' at the start"],
    ['~\\p.yaml', "'~\\p.yaml' at the start"],
  ])('%j is refused', (written, message) => {
    const flaw = expandPath(written, POSIX);
    expect(flaw).toMatchObject({
      message: expect.stringContaining(message),
      help: expect.stringContaining('~/'),
    });
  });
});
