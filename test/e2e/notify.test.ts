import { chmodSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { withoutLinux } from '../skip.js';
import { Place } from './place.js';
import { Wrapped } from './program.js';

describe.skipIf(withoutLinux('where notify-send is'))('the desktop announces', () => {
  /** Starts policy-wrap where notify-send is this script, and has it ask. */
  async function asking(
    place: Place,
    script: string,
    notify: boolean | undefined,
    env: Record<string, string> = { POLICY_WRAP_DESKTOP: '' },
  ): Promise<Wrapped> {
    chmodSync(place.write('bin/notify-send', `#!/bin/sh\n${script}\n`), 0o755);
    place.policy(
      `version: 1\ndefault: require_approval\napprovals: { via: [terminal], hold: 1${notify === undefined ? '' : `, notify: ${notify}`} }\n`,
    );
    const wrapped = Wrapped.recorder(place, [], {
      env: { ...env, PATH: `${path.join(place.work, 'bin')}:${process.env['PATH']}` },
    });
    const { result } = await wrapped.call<{ result: { isError: boolean } }>(1, 'delete_note', {
      secret: 's',
    });
    expect(result.isError).toBe(true);
    return wrapped;
  }

  it('what waits, and names no arguments', async () => {
    const place = new Place();
    await asking(place, `echo "$*" > shown.new; mv shown.new shown`, true);
    while (!place.has('shown')) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(readFileSync(path.join(place.work, 'shown'), 'utf8')).toBe(
      '--app-name=policy-wrap -- policy-wrap A call waits for approval: delete_note on recorder\n',
    );
  });

  /** Somebody sits at this machine. */
  const DESKTOP = {
    POLICY_WRAP_DESKTOP: '',
    CI: '',
    DISPLAY: ':0',
    SSH_CONNECTION: '',
    SSH_CLIENT: '',
    SSH_TTY: '',
    CODESPACES: '',
    REMOTE_CONTAINERS: '',
  };

  it('what waits without being told to, where there is a desktop', async () => {
    const place = new Place();
    await asking(place, `echo "$*" > shown.new; mv shown.new shown`, undefined, DESKTOP);
    while (!place.has('shown')) await new Promise((resolve) => setTimeout(resolve, 20));
  });

  it.each<[string, Record<string, string>]>([
    ['in CI', { CI: 'true' }],
    ['over ssh', { SSH_CONNECTION: '10.0.0.1 5 10.0.0.2 22' }],
    ['without a display', { DISPLAY: '', WAYLAND_DISPLAY: '' }],
    ['where the environment says so', { POLICY_WRAP_DESKTOP: 'off' }],
  ])('nothing %s', async (_, env) => {
    const place = new Place();
    const wrapped = await asking(place, 'touch shown', undefined, { ...DESKTOP, ...env });
    expect(place.has('shown')).toBe(false);
    expect(wrapped.stderr).not.toContain('cannot announce');
  });

  it('nothing where the environment forbids it and the policy wants it', async () => {
    const place = new Place();
    await asking(place, 'touch shown', true, { POLICY_WRAP_DESKTOP: 'off' });
    expect(place.has('shown')).toBe(false);
  });

  it('nothing where the policy says so', async () => {
    const place = new Place();
    await asking(place, 'touch shown', false, DESKTOP);
    expect(place.has('shown')).toBe(false);
  });

  it('or people are told that it cannot; the call waits all the same', async () => {
    const wrapped = await asking(new Place(), 'exit 1', true);
    await wrapped.told(
      'the desktop cannot announce what waits for approval: notify-send ended with exit code 1',
    );
  });
});
