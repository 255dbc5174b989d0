import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { folderContext, privateFolders } from '../../src/platform/sockets/socket-folders.js';
import { onWindows, withoutLinux, withoutRoot } from '../skip.js';
import { Place, PROGRAM } from './place.js';
import { Wrapped } from './program.js';
import { NO_TERMINAL, Terminal } from './terminal.js';

const POLICY = `version: 1
default: allow
tools: { "send*": { action: require_approval, reason: Mail goes out. } }
approvals: { via: [terminal], timeout: 120, hold: 100 }
`;
const soon = { timeout: 20_000, interval: 50 };

interface Reply {
  result?: { content: { text: string }[]; isError?: boolean };
}
interface Listed {
  waiting: { id: string; server: string; name: string; argumentsText: string }[];
  remembered: { id: string; scope: string }[];
  decided: { id: string; how: string; by: string }[];
  silent: number;
}

function wrapper(policy = POLICY): { place: Place; wrapped: Wrapped } {
  const place = new Place();
  place.policy(policy);
  return { place, wrapped: Wrapped.recorder(place, ['--server', 'mail']) };
}

async function cli(place: Place, ...args: string[]) {
  const { exitCode, stdout, stderr } = await execa(process.execPath, [PROGRAM, ...args], {
    ...{ cwd: place.work, env: place.env, extendEnv: false, reject: false, stdin: 'ignore' },
  });
  return { exitCode, stdout, stderr };
}

async function list(place: Place): Promise<Listed> {
  return JSON.parse((await cli(place, 'approvals', '--json')).stdout) as Listed;
}

/** The calls that wait, once there are so many. */
async function waiting(place: Place, count = 1): Promise<Listed['waiting']> {
  return vi.waitFor(async () => {
    const { waiting } = await list(place);
    expect(waiting).toHaveLength(count);
    return waiting;
  }, soon);
}

async function only(place: Place): Promise<string> {
  const [{ id } = { id: '' }] = await waiting(place);
  return id;
}

function stateOf({ folder }: Place): string {
  return path.join(folder, process.platform === 'darwin' ? 'Library/Logs/policy-wrap' : 'state/policy-wrap');
}

const textOf = ({ result }: Reply) => result?.content[0]?.text ?? '';

describe('a person in another shell', () => {
  it('approves by the beginning of the id, and the log says who', async () => {
    const { place, wrapped } = wrapper();
    const reply = wrapped.call<Reply>(1, 'send', { to: 'a@b.c' });
    const id = await only(place);
    const { exitCode, stdout } = await cli(place, 'approve', id.slice(0, 4));
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: `approved: send on server 'mail' (${id})\n  arguments:\n    {\n      "to": "a@b.c"\n    }`,
    });
    expect((await reply).result?.isError).toBeUndefined();
    await wrapped.end();
    expect(JSON.stringify(place.audit())).toContain('"via":"terminal"');
  });

  it('sees what is sent besides the arguments, and so does the log', async () => {
    const { place, wrapped } = wrapper();
    const params = {
      ...{ name: 'send', arguments: { amount: 1 }, options: { force: true } },
      ...{ task: { ttl: 60_000 }, _meta: { progressToken: 1, tenant: 'victim', password: 'hunter2' } },
    };
    wrapped.send({ id: 1, method: 'tools/call', params });
    const id = await only(place);
    const shown = await cli(place, 'approvals', 'show', id);
    expect(shown.stdout).toContain('also sent:');
    for (const part of ['"force": true', '"ttl": 60000', '"tenant": "victim"'])
      expect(shown.stdout).toContain(part);
    expect(shown.stdout).not.toContain('progressToken');
    await cli(place, 'deny', id);
    await wrapped.answer(1);
    await wrapped.end();
    expect(place.audit()).toMatchObject([
      {
        arguments: { amount: 1 },
        params: {
          ...{ options: { force: true }, task: { ttl: 60_000 } },
          _meta: { tenant: 'victim', password: '[redacted]' },
        },
      },
    ]);
  });

  it('is not asked about more besides the arguments than can be shown', async () => {
    const { place, wrapped } = wrapper();
    const params = { name: 'send', arguments: {}, options: 'x'.repeat(5_000) };
    const reply = await wrapped.request<Reply>(1, 'tools/call', params);
    expect(textOf(reply)).toContain(
      'characters that the request sends besides its arguments cannot be shown',
    );
    expect(place.recorded() ?? '').not.toContain('tools/call');
  });

  it('denies, and the agent is told the reason', async () => {
    const { place, wrapped } = wrapper();
    const reply = wrapped.call<Reply>(1, 'send', {});
    const { exitCode, stdout } = await cli(place, 'deny', await only(place), '--reason', 'Not on a Sunday.');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('denied: send');
    expect(textOf(await reply)).toContain('Not on a Sunday.');
    expect(place.recorded() ?? '').not.toContain('tools/call');
  });

  it('approves for later, sees it in explain, and takes it back', async () => {
    const { place, wrapped } = wrapper();
    const reply = wrapped.call(1, 'send', { to: 'a' });
    expect((await cli(place, 'approve', await only(place), '--remember', 'session')).exitCode).toBe(0);
    await reply;
    await wrapped.call(2, 'send', { to: 'a' });
    const explained = (args: string) => cli(place, 'explain', 'send', args, '--server', 'mail');
    expect((await explained('{ "to": "a" }')).stdout).toContain('remembered: this call is approved');
    expect((await explained('{ "to": "b" }')).stdout).not.toContain('remembered');
    expect((await cli(place, 'approvals')).stdout).toContain('Remembered approvals:');
    const [{ id } = { id: '' }] = (await list(place)).remembered;
    expect((await cli(place, 'approvals', 'revoke', id.slice(0, 8))).exitCode).toBe(0);
    expect((await cli(place, 'approvals', 'revoke', id.slice(0, 8))).exitCode).toBe(1);
    wrapped.send({ id: 3, method: 'tools/call', params: { name: 'send', arguments: { to: 'a' } } });
    await only(place);
  });

  it('approves a tool for a while', async () => {
    const { place, wrapped } = wrapper();
    const reply = wrapped.call(1, 'send', { to: 'a' });
    const { stdout } = await cli(place, 'approve', await only(place), '--tool');
    expect(stdout).toContain('and later calls of it with any arguments, for 30m');
    await reply;
    await wrapped.call(2, 'send', { to: 'b' });
    const { stdout: explained } = await cli(place, 'explain', 'send', '--server', 'mail', '--json');
    expect(JSON.parse(explained)).toMatchObject({ remembered: [{ scope: 'tool', name: 'send' }] });
    wrapped.send({ id: 3, method: 'tools/call', params: { name: 'send_all', arguments: {} } });
    await only(place);
  });

  it('cannot remember where the policy says so, and is told with 2', async () => {
    const { place, wrapped } = wrapper(POLICY.replace('hold: 100', 'hold: 100, remember: false'));
    wrapped.send({ id: 1, method: 'tools/call', params: { name: 'send', arguments: {} } });
    const { exitCode, stderr } = await cli(place, 'approve', await only(place), '--tool');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^policy-wrap: the policy does not let this approval be remembered\n {2}help: /);
    const wrong = await cli(place, 'approve', await only(place), '--remember', 'soon');
    expect(wrong).toMatchObject({ exitCode: 1 });
    expect(wrong.stderr).toContain("'soon' is not a duration");
    expect(await waiting(place)).toHaveLength(1);
  });

  it('is told when there is no such call, or it waits no longer', async () => {
    const { place, wrapped } = wrapper();
    const reply = wrapped.call(1, 'send', {});
    const id = await only(place);
    for (const word of ['ab', '0000', '', '../..', '\u001b[2J'])
      expect(await cli(place, 'approve', word)).toMatchObject({ exitCode: 1, stdout: '' });
    expect((await cli(place, 'approve', '\u001b[2Jx')).stderr).toContain('"\\u001b[2Jx"');
    await cli(place, 'approve', id);
    await reply;
    const { exitCode, stderr } = await cli(place, 'deny', id);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/the call is no longer waiting: \w{6} {2}send on server 'mail' {2}approved by /);
  });

  it('is one of two, of whom exactly one counts', async () => {
    const { place, wrapped } = wrapper();
    const reply = wrapped.call<Reply>(1, 'send', {});
    const id = await only(place);
    const both = await Promise.all([cli(place, 'approve', id), cli(place, 'deny', id)]);
    expect(both.map(({ exitCode }) => exitCode).sort()).toEqual([0, 1]);
    expect(textOf(await reply).startsWith('Policy violation')).toBe(both[1].exitCode === 0);
  });

  it('sees what hostile servers and agents write, and the terminal does not obey it', async () => {
    const { place, wrapped } = wrapper();
    const name = 'send\u001b]0;owned\u0007\u009b2J\u202e';
    const args = { text: 'a\u0000\u001b[31m\u2028\u2066\u200b\u00ad\u3164b', long: 'x'.repeat(1_000_000) };
    wrapped.send({ id: 1, method: 'tools/call', params: { name, arguments: args } });
    const id = await only(place);
    const shown = await cli(place, 'approvals', 'show', id);
    const json = await cli(place, 'approvals', '--json');
    for (const { stdout } of [await cli(place, 'approvals'), shown, json])
      expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u);
    expect(shown.stdout).toContain('send\\u{1b}]0;owned\\u{7}\\u{9b}2J\\u{202e} on server');
    expect(shown.stdout).toContain(`"long": "${args.long}"`);
    expect(JSON.parse((JSON.parse(json.stdout) as Listed).waiting[0]?.argumentsText ?? '')).toEqual(args);
  });
});

describe('several policy-wraps', () => {
  it('are listed together, and each gets its own decisions', async () => {
    const { place, wrapped } = wrapper();
    const other = Wrapped.recorder(place, ['--server', 'bank']);
    const replies = [wrapped.call<Reply>(1, 'send', { n: 1 }), other.call<Reply>(1, 'send', { n: 2 })];
    const calls = await waiting(place, 2);
    const mail = calls.find(({ server }) => server === 'mail')?.id ?? '';
    const bank = calls.find(({ server }) => server === 'bank')?.id ?? '';
    await cli(place, 'deny', mail);
    await cli(place, 'approve', bank);
    const [denied, approved] = await Promise.all(replies);
    expect(denied && textOf(denied)).toContain('Policy violation');
    expect(approved?.result?.isError).toBeUndefined();
    await Promise.all([wrapped.end(), other.end()]);
    expect(await list(place)).toEqual({ waiting: [], remembered: [], decided: [], silent: 0 });
  });

  it.skipIf(withoutLinux('where a process can be stopped and sockets are files'))(
    'are seen while one hangs, and nothing is left of one that was killed',
    async () => {
      const { place, wrapped } = wrapper();
      const hanging = Wrapped.recorder(place, ['--server', 'hangs']);
      const dying = Wrapped.recorder(place, ['--server', 'dies']);
      for (const each of [wrapped, hanging, dying])
        each.send({ id: 1, method: 'tools/call', params: { name: 'send', arguments: {} } });
      await waiting(place, 3);
      hanging.process.kill('SIGSTOP');
      onTestFinished(() => void hanging.process.kill('SIGCONT'));
      dying.process.kill('SIGKILL');
      await dying.process;
      await vi.waitFor(async () => {
        const { stdout, stderr } = await cli(place, 'approvals');
        expect(stdout).toContain('1 call waits for a person.');
        expect(stdout).toContain("send on server 'mail'");
        expect(stderr).toContain('another policy-wrap process does not answer');
      }, soon);
      const sockets = readdirSync(path.join(stateOf(place), 'approvals'));
      expect(sockets.filter((name) => name.startsWith('inbox-'))).toHaveLength(2);
      hanging.process.kill('SIGCONT');
      await waiting(place, 2);
    },
  );

  it.skipIf(onWindows('sockets are no files'))('take their sockets with them', async () => {
    const { place, wrapped } = wrapper();
    const killed = Wrapped.recorder(place, ['--server', 'killed']);
    for (const each of [wrapped, killed])
      each.send({ id: 1, method: 'tools/call', params: { name: 'send', arguments: {} } });
    await waiting(place, 2);
    killed.process.kill('SIGTERM');
    await Promise.all([wrapped.end(), killed.process]);
    const files = readdirSync(place.folder, { recursive: true, encoding: 'utf8' });
    // Compiled code is kept there, too.
    const sockets = files.filter((file) => file.includes('inbox-') && !file.includes('.cjs-'));
    expect(sockets).toEqual([]);
  });
});

describe.skipIf(onWindows('sockets are no files'))('a socket among hostile peers', () => {
  it('harms neither other calls nor the one that waits, and does not hold up the end', async () => {
    const { place, wrapped } = wrapper();
    const reply = wrapped.call<Reply>(1, 'send', {});
    const id = await only(place);
    const folder = path.join(stateOf(place), 'approvals');
    const [name = ''] = readdirSync(folder);
    const hello = 'GET /events HTTP/1.1\r\nhost: x\r\npolicy-wrap-inbox: 1\r\n\r\n';
    const long = `POST /waiting/${id} HTTP/1.1\r\nhost: x\r\npolicy-wrap-inbox: 1\r\ncontent-length: 4000000\r\n\r\n`;
    const peers = Array.from({ length: 200 }, (_, count) => {
      const peer = connect(path.join(folder, name)).on('error', () => {});
      peer.write(['', hello, long, '\u0016\u0003\u0001 no HTTP \r\n\r\n'][count % 4] ?? '');
      if (count % 4 === 2) peer.write(Buffer.alloc(3_000_000));
      return peer.pause();
    });
    onTestFinished(() => {
      for (const peer of peers) peer.destroy();
    });
    for (let count = 0; count < 50; count++) await wrapped.call(100 + count, 'echo', { count });
    expect((await cli(place, 'approve', id)).exitCode).toBe(0);
    expect((await reply).result?.isError).toBeUndefined();
    expect(await wrapped.end()).toMatchObject({ exitCode: 0 });
  });

  it.skipIf(withoutRoot('to be another user'))(
    'and the command find each other where somebody else has taken the folder for long paths',
    async () => {
      const place = new Place();
      place.policy(POLICY);
      const runtime = mkdtempSync('/tmp/policy-wrap-run-');
      onTestFinished(() => rmSync(runtime, { recursive: true, force: true }));
      const env = { ...place.env, XDG_STATE_HOME: path.join(place.folder, 'x'.repeat(80)) };
      Object.assign(env, { XDG_RUNTIME_DIR: runtime });
      const [taken = ''] = privateFolders(folderContext(path.join(env['XDG_STATE_HOME'], 'policy-wrap')));
      mkdirSync(taken);
      onTestFinished(() => rmSync(taken, { recursive: true, force: true }));
      chownSync(taken, 12_345, 12_345);
      const wrapped = Wrapped.recorder(place, ['--server', 'mail'], { env });
      const reply = wrapped.call<Reply>(1, 'send', { to: 'a@b.c' });
      const command = (...args: string[]) =>
        execa(process.execPath, [PROGRAM, ...args], { cwd: place.work, env, extendEnv: false });
      await vi.waitFor(async () => {
        const { waiting } = JSON.parse((await command('approvals', '--json')).stdout) as Listed;
        expect(waiting).toHaveLength(1);
        await command('approve', waiting[0]?.id ?? '');
      }, soon);
      expect((await reply).result?.isError).toBeUndefined();
    },
  );

  it.skipIf(withoutRoot('to be another user'))('cannot be reached by another user', async () => {
    const { place, wrapped } = wrapper();
    wrapped.send({ id: 1, method: 'tools/call', params: { name: 'send', arguments: {} } });
    await only(place);
    const folder = path.join(stateOf(place), 'approvals');
    for (let above = path.dirname(folder); above.startsWith(place.folder); above = path.dirname(above))
      chmodSync(above, 0o755);
    const socket = path.join(folder, readdirSync(folder)[0] ?? '');
    const program = `require('node:net').connect(${JSON.stringify(socket)}).on('error', ({ code }) => console.log(code)).on('connect', () => console.log('in'))`;
    const { stdout } = await execa(process.execPath, ['-e', program], { uid: 65_534, gid: 65_534, cwd: '/' });
    expect(stdout).toBe('EACCES');
  });
});

describe('watching', () => {
  it.each([[['approvals', '--watch']], [['approvals', 'watch', '--json']]])(
    '%j prints what comes and goes',
    async (args) => {
      const { place, wrapped } = wrapper();
      const watching = execa(process.execPath, [PROGRAM, ...args], {
        ...{
          cwd: place.work,
          env: place.env,
          extendEnv: false,
          reject: false,
          stdin: 'ignore',
          buffer: false,
        },
      });
      onTestFinished(() => void watching.kill('SIGKILL'));
      let printed = '';
      watching.stdout.on('data', (chunk: Buffer) => {
        printed += chunk.toString();
      });
      const reply = wrapped.call(1, 'send', { text: '\u001b[2J', long: 'x'.repeat(20_000) });
      const id = await only(place);
      await vi.waitFor(() => expect(printed).toContain(id), soon);
      await cli(place, 'approve', id);
      await reply;
      if (args.includes('--json')) {
        const lines = await vi.waitFor(() => {
          const parsed = printed
            .trimEnd()
            .split('\n')
            .map((line) => JSON.parse(line) as Record<string, unknown>);
          expect(parsed).toHaveLength(2);
          return parsed;
        }, soon);
        expect(lines[0]).toMatchObject({
          event: 'waiting',
          id,
          argumentsText: expect.stringContaining('xxx'),
        });
        expect(lines[1]).toMatchObject({ event: 'gone', id, how: 'approved', via: 'terminal' });
      } else await vi.waitFor(() => expect(printed).toMatch(/approved by .*, terminal, \d s ago/), soon);
      expect(printed).not.toContain('\u001b');
    },
  );
});

describe.skipIf(NO_TERMINAL)('deciding at a terminal', () => {
  /** Longer than a call must have been seen before a key counts. Milliseconds. */
  const SIGHT = 900;

  it('goes call by call: approve, deny with a reason, the next one', async () => {
    const { place, wrapped } = wrapper();
    const terminal = new Terminal(place, ['approvals', 'watch']);
    await terminal.shows('q ends this');
    const first = wrapped.call<Reply>(1, 'send', { to: 'first' });
    let at = await terminal.shows('a approve');
    expect(terminal.screen).toContain('"to": "first"');
    await sleep(SIGHT);
    terminal.type('a');
    at = await terminal.shows("approved: send on server 'mail'", at);
    expect((await first).result?.isError).toBeUndefined();
    const second = wrapped.call<Reply>(2, 'send', { to: 'second' });
    at = await terminal.shows('q quit', at);
    await sleep(SIGHT);
    terminal.type('d');
    at = await terminal.shows('Ctrl+C to go back', at);
    terminal.type('Ask me tomorrow.\r');
    at = await terminal.shows('denied: send', at);
    expect(textOf(await second)).toContain('Ask me tomorrow.');
    const third = wrapped.call<Reply>(3, 'send', { to: 'third' });
    at = await terminal.shows('q quit', at);
    await sleep(SIGHT);
    terminal.type('s');
    await terminal.shows('as long as its policy-wrap runs', at);
    await third;
    await wrapped.call(4, 'send', { to: 'third' });
    terminal.type('q');
    expect(await terminal.exited).toBe(0);
  });

  // Again where the machine was so slow that the call had been on the screen for a while.
  it('takes no key for a call that was just shown, and nothing that is pasted', { retry: 3 }, async () => {
    const { place, wrapped } = wrapper();
    const terminal = new Terminal(place, ['approvals', 'watch']);
    await terminal.shows('q ends this');
    wrapped.send({ id: 1, method: 'tools/call', params: { name: 'send', arguments: {} } });
    await terminal.shows('a approve');
    terminal.type('a');
    await sleep(SIGHT);
    terminal.type('as');
    await sleep(SIGHT);
    terminal.type('yes, approve that\r');
    await sleep(SIGHT);
    expect((await list(place)).decided).toEqual([]);
    expect(await waiting(place)).toHaveLength(1);
    terminal.type('\u0003');
    expect(await terminal.exited).toBe(0);
  });

  it('shows long arguments in full before they can be approved', async () => {
    const { place, wrapped } = wrapper();
    const terminal = new Terminal(place, ['approvals', 'watch']);
    const reply = wrapped.call<Reply>(1, 'send', { long: 'x'.repeat(30_000), last: 'LAST' });
    let at = await terminal.shows('q quit');
    await sleep(SIGHT);
    terminal.type('a');
    at = await terminal.shows('See the arguments first', at);
    terminal.type('f');
    at = await terminal.shows('"LAST"', at);
    await sleep(SIGHT);
    terminal.type('a');
    await terminal.shows('approved: send', at);
    await reply;
  });

  it('tells what others have decided, and goes on', async () => {
    const { place, wrapped } = wrapper();
    const terminal = new Terminal(place, ['approvals', 'watch']);
    const reply = wrapped.call(1, 'send', { to: 'first' });
    const at = await terminal.shows('q quit');
    wrapped.send({ id: 2, method: 'tools/call', params: { name: 'send', arguments: { to: 'second' } } });
    const calls = await waiting(place, 2);
    const first = calls.find(({ argumentsText }) => argumentsText.includes('first'))?.id ?? '';
    await cli(place, 'approve', first);
    await reply;
    await terminal.shows(`${first}  send on server 'mail'`, at);
    await terminal.shows('"second"', at);
  });
});
