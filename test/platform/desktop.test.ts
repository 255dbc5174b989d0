import { describe, expect, it } from 'vitest';
import { mayUseDesktop } from '../../src/platform/desktop.js';

describe('mayUseDesktop', () => {
  it.each<[NodeJS.Platform, Record<string, string>, boolean]>([
    ['linux', { DISPLAY: ':0' }, true],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
    ['freebsd', { DISPLAY: ':0' }, true],
    ['darwin', {}, true],
    ['win32', {}, true],
    ['win32', { SESSIONNAME: 'Console' }, true],
    ['linux', { DISPLAY: ':0', CI: '' }, true],
    ['linux', { DISPLAY: ':0', CI: 'false' }, true],
    ['linux', { DISPLAY: ':0', POLICY_WRAP_DESKTOP: 'on' }, true],
    ['linux', {}, false],
    ['linux', { DISPLAY: '' }, false],
    ['linux', { DISPLAY: ':0', CI: 'true' }, false],
    ['linux', { DISPLAY: ':0', CI: '1' }, false],
    ['darwin', { CI: 'woodpecker' }, false],
    ['linux', { DISPLAY: 'localhost:10.0', SSH_CONNECTION: '10.0.0.1 5 10.0.0.2 22' }, false],
    ['darwin', { SSH_CLIENT: '10.0.0.1 5 22' }, false],
    ['win32', { SSH_TTY: 'windows-pty' }, false],
    ['linux', { DISPLAY: ':0', CODESPACES: 'true' }, false],
    ['linux', { DISPLAY: ':0', REMOTE_CONTAINERS: 'true' }, false],
    ['win32', { SESSIONNAME: 'Services' }, false],
    ['darwin', { POLICY_WRAP_DESKTOP: 'off' }, false],
    ['darwin', { POLICY_WRAP_DESKTOP: ' OFF ' }, false],
    ['darwin', { POLICY_WRAP_DESKTOP: '0' }, false],
  ])('where the policy says nothing, on %s with %j: %j', (platform, env, may) => {
    expect(mayUseDesktop(undefined, env, platform)).toBe(may);
  });

  it('is what the policy says, unless the environment forbids it', () => {
    expect(mayUseDesktop(true, { CI: 'true' }, 'linux')).toBe(true);
    expect(mayUseDesktop(false, { DISPLAY: ':0' }, 'linux')).toBe(false);
    expect(mayUseDesktop(true, { POLICY_WRAP_DESKTOP: 'off', DISPLAY: ':0' }, 'linux')).toBe(false);
  });
});
