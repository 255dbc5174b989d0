import { spawn } from 'node:child_process';
import { lstatSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { currentDesks } from '../../../src/approvals/inbox/all-inboxes.js';
import type { DeskState } from '../../../src/approvals/inbox/inbox-state.js';
import {
  makePrivateFolder,
  privateFolders,
  surroundings,
} from '../../../src/platform/sockets/private-folder.js';
import { listenPrivately, privateSockets } from '../../../src/platform/sockets/private-socket.js';
import { onWindows } from '../../skip.js';
import { followed, put, servedDesk, stateFolder } from './inbox-place.js';

const noFiles = onWindows('sockets are pipes, of which no file is left');

const YES = { decision: 'approve', via: 'terminal' } as const;
const soon = { timeout: 15_000, interval: 20 };

function folderOf(state: string): string {
  const [folder = ''] = privateFolders(surroundings(state));
  makePrivateFolder(folder);
  return folder;
}

/** A process that listens like a desk, and does not answer but with what it is given. */
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
  const { close } = await listenPrivately(server, state, 'desk');
  onTestFinished(close);
  return server;
}

const http = (body: string) => `HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n${body}`;
const EMPTY: DeskState = { desk: 'd', server: 's', pid: 1, waiting: [], decided: [], remembered: [] };

describe('all desks', () => {
  it('notices what comes, what changes and what goes', async () => {
    const state = stateFolder();
    const desks = followed(state);
    const changes = vi.fn();
    desks.onChange(changes);
    const one = await servedDesk(state, 'mail');
    const other = await servedDesk(state, 'bank');
    await vi.waitFor(
      () =>
        expect(
          desks
            .states()
            .map(({ server }) => server)
            .sort(),
        ).toEqual(['bank', 'mail']),
      soon,
    );
    const answer = put(other.desk);
    await vi.waitFor(() => expect(desks.states().flatMap(({ waiting }) => waiting)).toHaveLength(1), soon);
    const bank = desks.states().find(({ server }) => server === 'bank')?.desk ?? '';
    expect(await desks.argumentsOf(bank, 'abc234')).toBe('{"to":"a@b.c"}');
    expect(await desks.decide(bank, 'abc234', YES)).toEqual({ ok: true });
    expect(await answer).toMatchObject({ approved: true });
    await vi.waitFor(() => expect(desks.states().flatMap(({ waiting }) => waiting)).toEqual([]), soon);
    one.close();
    await vi.waitFor(() => expect(desks.states().map(({ server }) => server)).toEqual(['bank']), soon);
    expect(changes.mock.calls.length).toBeGreaterThanOrEqual(5);
    expect(await desks.decide('nobody', 'abc234', YES)).toMatchObject({ ok: false, why: 'gone' });
  });

  it('shows a hundred that wait at once', async () => {
    const state = stateFolder();
    const desks = followed(state);
    const { desk } = await servedDesk(state);
    const answers = Array.from({ length: 100 }, (_, count) => put(desk, { id: `call${count}` }));
    await vi.waitFor(() => expect(desks.states()[0]?.waiting).toHaveLength(100), soon);
    const [{ desk: name } = EMPTY] = desks.states();
    const done = await Promise.all(answers.map((_, count) => desks.decide(name, `call${count}`, YES)));
    expect(done.every(({ ok }) => ok)).toBe(true);
    expect((await Promise.all(answers)).every(({ approved }) => approved)).toBe(true);
  });

  it('takes no page for a desk', async () => {
    const state = stateFolder();
    const { close } = await listenPrivately(createServer(), state, 'page');
    onTestFinished(close);
    expect(await privateSockets(state, 'page')).toHaveLength(1);
    expect(await currentDesks(state)).toMatchObject({ states: [], silent: 0 });
  });
});

describe.skipIf(noFiles)('desks of processes that are not well', () => {
  it('sees all sockets, however many files stand beside them', async () => {
    const state = stateFolder();
    const folder = folderOf(state);
    for (let index = 0; index < 400; index++)
      writeFileSync(path.join(folder, `desk-000000-1-${String(index).padStart(6, '0')}.sock`), '');
    const { socket } = await servedDesk(state);
    expect((await privateSockets(state, 'desk')).map(({ name }) => name)).toEqual([socket.name]);
  });

  it('waits for none that hangs', async () => {
    const state = stateFolder();
    const [real = ''] = [await servedDesk(state)].map(({ socket }) => socket.name);
    const machine = real.split('-')[1];
    const hanging = path.join(folderOf(state), `desk-${machine}-0-abcdef.sock`);
    const child = await otherProcess(hanging);
    child.kill('SIGSTOP');
    const desks = followed(state);
    await vi.waitFor(() => expect(desks.states()).toHaveLength(1), soon);
    expect(await currentDesks(state, 2_000)).toMatchObject({ states: [{ server: 'mail' }], silent: 1 });
  });

  it('shows nothing of one that has stopped, until it goes on', async () => {
    const state = stateFolder();
    const { socket } = await servedDesk(state);
    const file = path.join(folderOf(state), `desk-${socket.name.split('-')[1]}-0-abcdef.sock`);
    const child = await otherProcess(
      file,
      `s.write(${JSON.stringify(http(`${JSON.stringify({ ...EMPTY, server: 'stops' })}\n`))}); setInterval(() => s.write('\\n'), 500)`,
    );
    const desks = followed(state);
    const servers = () => desks.states().map(({ server }) => server);
    await vi.waitFor(() => expect(servers()).toHaveLength(2), soon);
    child.kill('SIGSTOP');
    await vi.waitFor(() => expect(servers()).toEqual(['mail']), soon);
    child.kill('SIGCONT');
    await vi.waitFor(() => expect(servers()).toHaveLength(2), soon);
  });

  it('removes what a dead process has left, and nothing else', async () => {
    const state = stateFolder();
    const { socket } = await servedDesk(state);
    const [, machine] = socket.name.split('-');
    const folder = folderOf(state);
    const child = await otherProcess(path.join(folder, 'socket'));
    const dead = path.join(folder, `desk-${machine}-${child.pid}-abcdef.sock`);
    const elsewhere = path.join(folder, `desk-000000-${child.pid}-abcdef.sock`);
    const refusing = path.join(folder, `desk-${machine}-${process.pid}-abcdef.sock`);
    for (const file of [dead, elsewhere, refusing]) {
      const other = await otherProcess(file);
      other.kill('SIGKILL');
      await new Promise((resolve) => other.once('exit', resolve));
    }
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    // It is alive, whatever its name says: in a container processes have other numbers.
    const alive = path.join(folder, `desk-${machine}-${child.pid}-abcded.sock`);
    await otherProcess(alive, 's.destroy()');
    const plain = path.join(folder, `desk-${machine}-${child.pid}-abcdee.sock`);
    writeFileSync(plain, '');
    expect(await currentDesks(state)).toMatchObject({ states: [{ server: 'mail' }], silent: 3 });
    const there = (file: string) => lstatSync(file, { throwIfNoEntry: false }) !== undefined;
    expect([dead, elsewhere, refusing, plain, socket.file].map(there)).toEqual([
      false,
      true,
      true,
      true,
      true,
    ]);
  });

  it('does not believe a desk that is called like another', async () => {
    const state = stateFolder();
    const { desk, socket } = await servedDesk(state);
    await liar(state, http(`${JSON.stringify({ ...EMPTY, desk: desk.state().desk, server: 'mail' })}\n`));
    const { states, desks } = await currentDesks(state);
    expect(new Set(states.map((each) => each.desk)).size).toBe(2);
    void put(desk);
    expect(await desks.decide(socket.name, 'abc234', YES)).toEqual({ ok: true });
  });

  it.each([
    ['nothing', ''],
    ['no HTTP', '\u001b[2Jgarbage\r\n\r\n'],
    ['no JSON', http('{]\n')],
    ['no state', http('{"desk":"x"}\n')],
    ['a wrong member', http(`${JSON.stringify({ ...EMPTY, waiting: [{ id: '../x' }] })}\n`)],
    ['half a state', http('{"desk":')],
    ['a state without end', Buffer.concat([Buffer.from(http('"')), Buffer.alloc(40 * 1024 * 1024, 'x')])],
  ])('shows nothing of a peer that says %s', async (_what, says) => {
    const state = stateFolder();
    await liar(state, says);
    const desks = followed(state);
    await servedDesk(state);
    await vi.waitFor(() => expect(desks.states().map(({ server }) => server)).toEqual(['mail']), soon);
    expect((await currentDesks(state, 5_000)).states.map(({ server }) => server)).toEqual(['mail']);
  });
});
