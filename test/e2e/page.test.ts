import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { describe, expect, it, onTestFinished } from 'vitest';
import { OpenPage, portOf } from '../approvals/page/page-place.js';
import { onWindows, withoutLinux } from '../skip.js';
import { fixture, Place, PROGRAM } from './place.js';
import { type StartOptions, Wrapped } from './program.js';

const noDesktop = withoutLinux('where xdg-open opens the browser');
const noStops = onWindows('a process cannot be stopped for a while');

const LINK = /http:\/\/127\.0\.0\.1:\d+\/#[\w-]+/;

function wrap(place: Place, server: string, approvals = '', start: StartOptions = {}): Wrapped {
  const config = place.write(
    `${server}.yaml`,
    `version: 1\ndefault: allow\ntools: { "delete_*": require_approval }\napprovals: { via: [page], timeout: 100, hold: unlimited${approvals} }\n`,
  );
  const command = ['--', process.execPath, fixture('recorder.mjs'), `${place.record}-${server}`];
  return new Wrapped(place, ['--config', config, '--server', server, ...command], start);
}

function ask(wrapped: Wrapped, id: number): void {
  wrapped.send({ id, method: 'tools/call', params: { name: 'delete_note', arguments: { id } } });
}

async function linkOf(wrapped: Wrapped): Promise<string> {
  await wrapped.told(LINK);
  return LINK.exec(wrapped.stderr)?.[0] ?? '';
}

const serversOf = (page: OpenPage) =>
  page.until(({ inboxes }) => inboxes.length > 0).then(({ inboxes }) => inboxes.map(({ server }) => server));

/** Approves one call that waits at a server, as the page does. What is told may have been answered just now. */
async function approve(page: OpenPage, server: string): Promise<void> {
  for (let answer = ''; answer !== '{"ok":true}'; ) {
    const { inboxes } = await page.until((state) =>
      state.inboxes.some((inbox) => inbox.server === server && inbox.waiting.length > 0),
    );
    const inbox = inboxes.find((each) => each.server === server);
    const id = inbox?.waiting[0]?.id;
    answer = (await page.post('/decide', { inbox: inbox?.inbox, id, decision: 'approve' })).text;
  }
}

describe('the page of several policy-wraps', () => {
  it('is one, although all start at once', { timeout: 60_000 }, async () => {
    const place = new Place();
    const wraps = ['a', 'b', 'c', 'd'].map((server) => wrap(place, server));
    for (const each of wraps) ask(each, 1);
    const links = await Promise.all(wraps.map(linkOf));
    expect(new Set(links.map(portOf)).size).toBe(1);
    const page = await OpenPage.by(links[0] ?? '');
    await page.until(({ inboxes }) => inboxes.flatMap(({ waiting }) => waiting).length === 4);
    for (const server of ['a', 'b', 'c', 'd']) await approve(page, server);
    for (const each of wraps) expect(await each.answer(1)).not.toHaveProperty('result.isError');
  });

  it('prints a fresh link in a shell', async () => {
    const place = new Place();
    const wrapped = wrap(place, 'a');
    ask(wrapped, 1);
    const port = portOf(await linkOf(wrapped));
    const { stdout } = await execa(process.execPath, [PROGRAM, 'approvals', '--link'], {
      cwd: place.work,
      env: place.env,
      extendEnv: false,
    });
    const link = LINK.exec(stdout)?.[0] ?? '';
    expect(portOf(link)).toBe(port);
    expect(await serversOf(await OpenPage.by(link))).toEqual(['a']);
  });

  it('comes back at the same address after its host was killed', { timeout: 60_000 }, async () => {
    const place = new Place();
    const [host, other] = [wrap(place, 'host'), wrap(place, 'other')];
    ask(host, 1);
    const page = await OpenPage.by(await linkOf(host));
    ask(other, 1);
    await linkOf(other);
    host.process.kill('SIGKILL');
    await expect.poll(() => serversOf(page).catch(() => [])).toEqual(['other']);
    await approve(page, 'other');
    expect(await other.answer(1)).not.toHaveProperty('result.isError');
  });

  it.skipIf(noStops)(
    'goes to another when its host hangs, and is one again when that goes on',
    { timeout: 60_000 },
    async () => {
      const place = new Place();
      const host = wrap(place, 'host');
      ask(host, 1);
      const stuck = portOf(await linkOf(host));
      host.process.kill('SIGSTOP');
      onTestFinished(() => void host.process.kill('SIGCONT'));
      const other = wrap(place, 'other');
      ask(other, 1);
      const link = await linkOf(other);
      expect(portOf(link)).not.toBe(stuck);
      const page = await OpenPage.by(link);
      await approve(page, 'other');
      expect(await other.answer(1)).not.toHaveProperty('result.isError');
      host.process.kill('SIGCONT');
      await expect
        .poll(
          () =>
            fetch(`http://127.0.0.1:${stuck}/`).then(
              () => 'up',
              () => 'down',
            ),
          { timeout: 20_000 },
        )
        .toBe('down');
      await approve(page, 'host');
      expect(await host.answer(1)).not.toHaveProperty('result.isError');
    },
  );

  it('keeps nobody from ending', async () => {
    const place = new Place();
    const wrapped = wrap(place, 'a');
    ask(wrapped, 1);
    const page = await OpenPage.by(await linkOf(wrapped));
    const states = page.states();
    await states.next();
    const began = Date.now();
    expect((await wrapped.end()).exitCode).toBe(0);
    expect(Date.now() - began).toBeLessThan(60_000);
    await states.return(undefined).catch(() => {});
  });
});

describe.skipIf(noDesktop)('a policy that wants the page opened', () => {
  /** A desktop whose browser writes down how it was started and what it was given. */
  function desktop(place: Place): Record<string, string> {
    const program = place.write(
      'bin/xdg-open',
      `#!/bin/sh\nstat -c '%a %A' "$1" > "$0.mode"\ncp "$1" "$0.page"\necho "$@" > "$0.started"\n`,
    );
    chmodSync(program, 0o755);
    return { POLICY_WRAP_DESKTOP: '', PATH: `${path.dirname(program)}:${place.env['PATH']}` };
  }

  it('has it opened once, with nothing secret where others can see it', async () => {
    const place = new Place();
    const wrapped = wrap(place, 'a', ', open: true', { env: desktop(place) });
    const written = (end: string) => path.join(place.work, `bin/xdg-open.${end}`);
    ask(wrapped, 1);
    await expect.poll(() => existsSync(written('started'))).toBe(true);
    const [link = ''] = LINK.exec(readFileSync(written('page'), 'utf8')) ?? [];
    const file = readFileSync(written('started'), 'utf8').trim();
    expect(file).not.toContain(new URL(link).hash.slice(1));
    expect(readFileSync(written('mode'), 'utf8')).toMatch(/^600 /);
    expect(statSync(path.dirname(file)).mode & 0o777).toBe(0o700);
    const page = await OpenPage.by(link);
    const states = page.states();
    await states.next();
    writeFileSync(written('started'), 'only once');
    ask(wrapped, 2);
    await wrapped.told('open in your browser');
    await approve(page, 'a');
    await approve(page, 'a');
    await Promise.all([wrapped.answer(1), wrapped.answer(2)]);
    expect(readFileSync(written('started'), 'utf8')).toBe('only once');
    await states.return(undefined);
    await wrapped.end();
    expect(existsSync(file)).toBe(false);
  });

  /** Somebody sits at this machine. */
  const AT_DESKTOP = {
    CI: '',
    DISPLAY: ':0',
    SSH_CONNECTION: '',
    SSH_CLIENT: '',
    SSH_TTY: '',
    CODESPACES: '',
  };

  it('that says nothing of it has it opened once, and not again when a person has closed it', async () => {
    const place = new Place();
    const env = { ...desktop(place), ...AT_DESKTOP, REMOTE_CONTAINERS: '' };
    const wrapped = wrap(place, 'a', ', notify: false', { env });
    const started = path.join(place.work, 'bin/xdg-open.started');
    ask(wrapped, 1);
    await expect.poll(() => existsSync(started)).toBe(true);
    writeFileSync(started, 'only once');
    const page = await OpenPage.by(await linkOf(wrapped));
    await approve(page, 'a');
    await wrapped.answer(1);
    ask(wrapped, 2);
    await approve(page, 'a');
    await wrapped.answer(2);
    expect(readFileSync(started, 'utf8')).toBe('only once');
  });

  it.each<[string, string, Record<string, string>]>([
    ['in CI', '', { CI: '1' }],
    ['over ssh', '', { SSH_TTY: '/dev/pts/0' }],
    ['without a display', '', { DISPLAY: '', WAYLAND_DISPLAY: '' }],
    ['where the environment forbids it', ', open: true', { POLICY_WRAP_DESKTOP: 'off' }],
    ['where the policy forbids it', ', open: false', {}],
  ])('has nothing opened %s', async (_, approvals, more) => {
    const place = new Place();
    const env = { ...desktop(place), ...AT_DESKTOP, REMOTE_CONTAINERS: '', ...more };
    const wrapped = wrap(place, 'a', `${approvals}, notify: false`, { env });
    ask(wrapped, 1);
    await linkOf(wrapped);
    await wrapped.request('later', 'ping');
    expect(existsSync(path.join(place.work, 'bin/xdg-open.started'))).toBe(false);
  });

  it('goes on without a browser', async () => {
    const place = new Place();
    const empty = path.join(place.folder, 'nothing');
    const wrapped = wrap(place, 'a', ', open: true', { env: { POLICY_WRAP_DESKTOP: '', PATH: empty } });
    ask(wrapped, 1);
    const page = await OpenPage.by(await linkOf(wrapped));
    await approve(page, 'a');
    expect(await wrapped.answer(1)).not.toHaveProperty('result.isError');
  });
});
