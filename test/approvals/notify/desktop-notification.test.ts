import { chmodSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  notificationCommand,
  notificationText,
  notifier,
} from '../../../src/approvals/notify/desktop-notification.js';
import { withNotification } from '../../../src/approvals/notify/with-notification.js';
import { folderWith } from '../../config/folder.js';
import { withoutLinux } from '../../skip.js';
import { question } from '../programs.js';

const onLinux = it.skipIf(withoutLinux('where notify-send is'));

afterEach(() => vi.unstubAllEnvs());

const HOSTILE = 'x"; $(touch a) `id`\'\n<b>&\\n';

describe('what is shown', () => {
  it.each<[string, { server: string; name: string }[], string]>([
    [
      'a call',
      [{ name: 'delete_broker', server: 'brokers' }],
      'A call waits for approval: delete_broker on brokers',
    ],
    [
      'hostile names, on one line',
      [{ name: 'a\n\r\u2028\u202eb\0c', server: '-x\t\u{e0001}y' }],
      'A call waits for approval: a b c on -x y',
    ],
    ['half of a character', [{ name: '\ud83d', server: 's' }], 'A call waits for approval:   on s'],
    [
      'a long name, cut between characters',
      [{ name: '🙂'.repeat(100), server: 's' }],
      `A call waits for approval: ${'🙂'.repeat(60)}… on s`,
    ],
    [
      'many calls, by their number',
      [
        { name: 'a', server: 's' },
        { name: 'b', server: 's' },
      ],
      '2 more calls wait for approval',
    ],
  ])('%s', (_, waiting, text) => {
    expect(notificationText(waiting)).toBe(text);
  });
});

describe('what shows it', () => {
  it.each<[NodeJS.Platform, string[]]>([
    ['linux', ['--app-name=policy-wrap', '--', 'policy-wrap', 'x"; $(touch a) `id`\'\n&lt;b&gt;&amp;\\\\n']],
    [
      'freebsd',
      ['--app-name=policy-wrap', '--', 'policy-wrap', 'x"; $(touch a) `id`\'\n&lt;b&gt;&amp;\\\\n'],
    ],
    [
      'darwin',
      [
        '-e',
        'on run argv',
        '-e',
        'display notification (item 2 of argv) with title (item 1 of argv)',
        '-e',
        'end run',
        'policy-wrap',
        HOSTILE,
      ],
    ],
  ])('on %s, with the text as an argument', (platform, args) => {
    expect(notificationCommand(platform, HOSTILE)).toMatchObject({ args, env: {} });
  });

  it('on Windows, with the text in the environment and the same script for every text', () => {
    const [one, other] = [HOSTILE, 'other'].map((text) => notificationCommand('win32', text));
    expect(one?.env).toEqual({ POLICY_WRAP_TITLE: 'policy-wrap', POLICY_WRAP_TEXT: HOSTILE });
    expect(one?.args).toEqual(other?.args);
    expect(one?.program).toMatch(/^[A-Z]:\\.*\\powershell\.exe$/);
  });
});

/** Puts a program in the place of notify-send. Returns where it writes, a line for each call. */
function inPlaceOfNotifySend(text: string): string {
  const folder = folderWith({ 'notify-send': `#!/bin/sh\n${text}\n` });
  chmodSync(path.join(folder, 'notify-send'), 0o755);
  vi.stubEnv('PATH', `${folder}:${process.env['PATH']}`);
  const file = path.join(folder, 'shown');
  vi.stubEnv('SHOWN', file);
  return file;
}

function linesOf(file: string): string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe('announcing', () => {
  onLinux('names what waits, and together what comes meanwhile', async () => {
    const file = inPlaceOfNotifySend('sleep 0.3; echo "$4" >> "$SHOWN"');
    const announce = notifier(() => {});
    for (const name of ['a', 'b', 'c']) announce({ name, server: 's' });
    await until(() => linesOf(file).length === 2);
    expect(linesOf(file)).toEqual(['A call waits for approval: a on s', '2 more calls wait for approval']);
  });

  onLinux('that fails is told once', async () => {
    const file = inPlaceOfNotifySend('echo "$4" >> "$SHOWN"; exit 3');
    const told: string[] = [];
    const announce = notifier((note) => told.push(note));
    announce({ name: 'a', server: 's' });
    await until(() => told.length === 1);
    announce({ name: 'b', server: 's' });
    await until(() => linesOf(file).length === 2);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(told).toEqual([
      'the desktop cannot announce what waits for approval: notify-send ended with exit code 3',
    ]);
  });

  onLinux('that has no program is told', async () => {
    vi.stubEnv('PATH', folderWith());
    const told: string[] = [];
    notifier((note) => told.push(note))({ name: 'a', server: 's' });
    await until(() => told.length === 1);
    expect(told).toEqual(['the desktop cannot announce what waits for approval: notify-send was not found']);
  });
});

describe('a channel that is announced', () => {
  const ANSWER = { approved: true, via: 'page' as const, how: 'approved' as const };
  const channel = (notify: boolean) =>
    withNotification(
      { via: ['page', 'terminal'], available: ({ id }) => id === 'abc234', ask: async () => ANSWER },
      () => notify,
      () => {},
    );
  const signal = new AbortController().signal;
  const off = process.env['POLICY_WRAP_DESKTOP'];
  beforeEach(() => {
    process.env['POLICY_WRAP_DESKTOP'] = '';
  });
  afterEach(() => {
    process.env['POLICY_WRAP_DESKTOP'] = off;
  });

  onLinux('answers without waiting for the desktop, which names no arguments', async () => {
    const file = inPlaceOfNotifySend('sleep 0.2; echo "$*" >> "$SHOWN"');
    const approver = channel(true);
    expect(approver.via).toEqual(['page', 'terminal']);
    expect([approver.available(question()), approver.available(question({ id: 'x' }))]).toEqual([
      true,
      false,
    ]);
    expect(await approver.ask(question(), signal)).toBe(ANSWER);
    expect(linesOf(file)).toEqual([]);
    // The shell makes the file before it writes.
    await until(() => linesOf(file).some((line) => line !== ''));
    expect(linesOf(file)).toEqual([
      '--app-name=policy-wrap -- policy-wrap A call waits for approval: delete_broker on brokers',
    ]);
  });

  onLinux('is not where the policy does not say so, nor when nobody asks any more', async () => {
    const file = inPlaceOfNotifySend('echo "$*" >> "$SHOWN"');
    await channel(false).ask(question(), signal);
    await channel(true).ask(question(), AbortSignal.abort());
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(linesOf(file)).toEqual([]);
  });
});
