import { spawn } from 'node:child_process';
import { lstatSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { currentInboxes } from '../../../src/approvals/inbox/all-inboxes.js';
import type { InboxState } from '../../../src/approvals/inbox/inbox-state.js';
import { makePrivateFolder } from '../../../src/platform/files/private-folder.js';
import { listenPrivately, privateSockets } from '../../../src/platform/sockets/private-socket.js';
import { folderContext, privateFolders } from '../../../src/platform/sockets/socket-folders.js';
import { onWindows } from '../../skip.js';
import { followed, put, servedInbox, stateFolder } from './inbox-place.js';

const noFiles = onWindows('sockets are pipes, of which no file is left');

const YES = { decision: 'approve', via: 'terminal' } as const;
const soon = { timeout: 15_000, interval: 20 };

function folderOf(state: string): string {
  const [folder = ''] = privateFolders(folderContext(state));
  makePrivateFolder(folder);
  return folder;
}

/** A process that listens like an inbox, and does not answer but with what it is given. */
async function otherProcess(file: string, does = '') {
  const program = `require('node:net').createServer((s) => { s.on('error', () => {}); ${does} }).listen(${JSON.stringify(file)}, () => console.log('up'))`;
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return child;
}

/** A peer in this process that says whatever the test wants to whoever comes. */
async function liar(state: string, says: string | Buffer): Promise<Server> {
  const server = createServer((socket) => socket.on('error', () => {}).end(says));
  const { close } = await listenPrivately(server, state, 'inbox');
  onTestFinished(close);
  return server;
}

const http = (body: string) => `HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n${body}`;
const EMPTY: InboxState = { inbox: 'd', server: 's', pid: 1, waiting: [], decided: [], remembered: [] };

describe('all inboxes', () => {
  it('notices what comes, what changes and what goes', async () => {
    const state = stateFolder();
    const inboxes = followed(state);
    const changes = vi.fn();
    inboxes.onChange(changes);
    const one = await servedInbox(state, 'mail');
    const other = await servedInbox(state, 'bank');
    await vi.waitFor(
      () =>
        expect(
          inboxes
            .states()
            .map(({ server }) => server)
            .sort(),
        ).toEqual(['bank', 'mail']),
      soon,
    );
    const answer = put(other.inbox);
    await vi.waitFor(() => expect(inboxes.states().flatMap(({ waiting }) => waiting)).toHaveLength(1), soon);
    const bank = inboxes.states().find(({ server }) => server === 'bank')?.inbox ?? '';
    expect(await inboxes.argumentsOf(bank, 'abc234')).toBe('{"to":"a@b.c"}');
    expect(await inboxes.decide(bank, 'abc234', YES)).toEqual({ ok: true });
    expect(await answer).toMatchObject({ approved: true });
    await vi.waitFor(() => expect(inboxes.states().flatMap(({ waiting }) => waiting)).toEqual([]), soon);
    one.close();
    await vi.waitFor(() => expect(inboxes.states().map(({ server }) => server)).toEqual(['bank']), soon);
    expect(changes.mock.calls.length).toBeGreaterThanOrEqual(5);
    expect(await inboxes.decide('nobody', 'abc234', YES)).toMatchObject({ ok: false, why: 'gone' });
  });

  it('shows a hundred that wait at once', async () => {
    const state = stateFolder();
    const inboxes = followed(state);
    const { inbox } = await servedInbox(state);
    const answers = Array.from({ length: 100 }, (_, count) => put(inbox, { id: `call${count}` }));
    await vi.waitFor(() => expect(inboxes.states()[0]?.waiting).toHaveLength(100), soon);
    const [{ inbox: name } = EMPTY] = inboxes.states();
    const done = await Promise.all(answers.map((_, count) => inboxes.decide(name, `call${count}`, YES)));
    expect(done.every(({ ok }) => ok)).toBe(true);
    expect((await Promise.all(answers)).every(({ approved }) => approved)).toBe(true);
  });

  it('takes no page for an inbox', async () => {
    const state = stateFolder();
    const { close } = await listenPrivately(createServer(), state, 'page');
    onTestFinished(close);
    expect(await privateSockets(state, 'page')).toHaveLength(1);
    expect(await currentInboxes(state)).toMatchObject({ states: [], silent: 0 });
  });
});

describe.skipIf(noFiles)('inboxes of processes that are not well', () => {
  it('sees all sockets, however many files stand beside them', async () => {
    const state = stateFolder();
    const folder = folderOf(state);
    for (let index = 0; index < 400; index++)
      writeFileSync(path.join(folder, `inbox-000000-1-${String(index).padStart(6, '0')}.sock`), '');
    const { socket } = await servedInbox(state);
    expect((await privateSockets(state, 'inbox')).map(({ name }) => name)).toEqual([socket.name]);
  });

  it('waits for none that hangs', async () => {
    const state = stateFolder();
    const [real = ''] = [await servedInbox(state)].map(({ socket }) => socket.name);
    const machine = real.split('-')[1];
    const hanging = path.join(folderOf(state), `inbox-${machine}-0-abcdef.sock`);
    const child = await otherProcess(hanging);
    child.kill('SIGSTOP');
    const inboxes = followed(state);
    await vi.waitFor(() => expect(inboxes.states()).toHaveLength(1), soon);
    expect(await currentInboxes(state, 2_000)).toMatchObject({ states: [{ server: 'mail' }], silent: 1 });
  });

  it('shows nothing of one that has stopped, until it goes on', async () => {
    const state = stateFolder();
    const { socket } = await servedInbox(state);
    const file = path.join(folderOf(state), `inbox-${socket.name.split('-')[1]}-0-abcdef.sock`);
    const child = await otherProcess(
      file,
      `s.write(${JSON.stringify(http(`${JSON.stringify({ ...EMPTY, server: 'stops' })}\n`))}); setInterval(() => s.write('\\n'), 500)`,
    );
    const inboxes = followed(state);
    const servers = () => inboxes.states().map(({ server }) => server);
    await vi.waitFor(() => expect(servers()).toHaveLength(2), soon);
    child.kill('SIGSTOP');
    await vi.waitFor(() => expect(servers()).toEqual(['mail']), soon);
    child.kill('SIGCONT');
    await vi.waitFor(() => expect(servers()).toHaveLength(2), soon);
  });

  it('removes what a dead process has left, and nothing else', async () => {
    const state = stateFolder();
    const { socket } = await servedInbox(state);
    const [, machine] = socket.name.split('-');
    const folder = folderOf(state);
    const child = await otherProcess(path.join(folder, 'socket'));
    const dead = path.join(folder, `inbox-${machine}-${child.pid}-abcdef.sock`);
    const elsewhere = path.join(folder, `inbox-000000-${child.pid}-abcdef.sock`);
    const refusing = path.join(folder, `inbox-${machine}-${process.pid}-abcdef.sock`);
    for (const file of [dead, elsewhere, refusing]) {
      const other = await otherProcess(file);
      other.kill('SIGKILL');
      await new Promise((resolve) => other.once('exit', resolve));
    }
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    // It is alive, whatever its name says: in a container processes have other numbers.
    const alive = path.join(folder, `inbox-${machine}-${child.pid}-abcded.sock`);
    await otherProcess(alive, 's.destroy()');
    const plain = path.join(folder, `inbox-${machine}-${child.pid}-abcdee.sock`);
    writeFileSync(plain, '');
    expect(await currentInboxes(state)).toMatchObject({ states: [{ server: 'mail' }], silent: 3 });
    const there = (file: string) => lstatSync(file, { throwIfNoEntry: false }) !== undefined;
    expect([dead, elsewhere, refusing, plain, socket.file].map(there)).toEqual([
      false,
      true,
      true,
      true,
      true,
    ]);
  });

  it('does not believe an inbox that is called like another', async () => {
    const state = stateFolder();
    const { inbox, socket } = await servedInbox(state);
    await liar(state, http(`${JSON.stringify({ ...EMPTY, inbox: inbox.state().inbox, server: 'mail' })}\n`));
    const { states, inboxes } = await currentInboxes(state);
    expect(new Set(states.map((each) => each.inbox)).size).toBe(2);
    void put(inbox);
    expect(await inboxes.decide(socket.name, 'abc234', YES)).toEqual({ ok: true });
  });

  it.each([
    ['nothing', ''],
    ['no HTTP', '\u001b[2Jgarbage\r\n\r\n'],
    ['no JSON', http('{]\n')],
    ['no state', http('{"inbox":"x"}\n')],
    ['a wrong member', http(`${JSON.stringify({ ...EMPTY, waiting: [{ id: '../x' }] })}\n`)],
    ['half a state', http('{"inbox":')],
    ['a state without end', Buffer.concat([Buffer.from(http('"')), Buffer.alloc(40 * 1024 * 1024, 'x')])],
  ])('shows nothing of a peer that says %s', async (_what, says) => {
    const state = stateFolder();
    await liar(state, says);
    const inboxes = followed(state);
    await servedInbox(state);
    await vi.waitFor(() => expect(inboxes.states().map(({ server }) => server)).toEqual(['mail']), soon);
    expect((await currentInboxes(state, 5_000)).states.map(({ server }) => server)).toEqual(['mail']);
  });
});
