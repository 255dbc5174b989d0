import { once } from 'node:events';
import { lstatSync } from 'node:fs';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Inbox } from '../../../src/approvals/inbox/inbox.js';
import {
  fetchArguments,
  fetchInboxState,
  sendDecision,
  sendRevocation,
} from '../../../src/approvals/inbox/inbox-client.js';
import type { PrivateSocket } from '../../../src/platform/sockets/private-socket.js';
import { onWindows } from '../../skip.js';
import { put, servedInbox, stateFolder } from './inbox-place.js';

const noModes = onWindows('sockets have no mode');

const YES = { decision: 'approve', via: 'terminal' } as const;
const FOLLOW = 'GET /events HTTP/1.1\r\nhost: x\r\npolicy-wrap-inbox: 1\r\n\r\n';
const VISITOR = { 'policy-wrap-inbox': '1' };

/** The status of an answer, or `reset`. */
function ask(
  { address }: PrivateSocket,
  method: string,
  path: string,
  { body = '', headers = VISITOR }: { body?: string | Buffer; headers?: Record<string, string> } = {},
): Promise<number | 'reset'> {
  return new Promise((resolve) => {
    const asked = request({ socketPath: address, method, path, headers, agent: false });
    asked.once('response', (response) => resolve(response.resume().statusCode ?? 0));
    asked.once('error', () => resolve('reset'));
    asked.end(body);
  });
}

function open({ address }: PrivateSocket, text = ''): Socket {
  const socket = connect({ path: address });
  socket.on('error', () => {});
  onTestFinished(() => void socket.destroy());
  if (text !== '') socket.write(text);
  return socket;
}

describe('a served inbox', () => {
  it('shows what waits, and takes a decision', async () => {
    const { inbox, socket } = await servedInbox(stateFolder());
    const answer = put(inbox);
    expect(await fetchInboxState(socket, 5_000)).toMatchObject({
      server: 'mail',
      waiting: [{ id: 'abc234', name: 'send' }],
    });
    expect(await fetchArguments(socket, 'abc234')).toBe('{"to":"a@b.c"}');
    expect(await sendDecision(socket, 'abc234', { ...YES, by: 'ann', reason: 'fine' })).toEqual({ ok: true });
    expect(await answer).toMatchObject({ approved: true, via: 'terminal', by: 'ann', reason: 'fine' });
    expect(await sendDecision(socket, 'abc234', YES)).toMatchObject({ ok: false, why: 'gone' });
    expect(await fetchArguments(socket, 'abc234')).toBeUndefined();
  });

  it('gives back arguments of 1 MB as they are', async () => {
    const { inbox, socket } = await servedInbox(stateFolder());
    const argumentsText = JSON.stringify({ text: 'ü\u202e"'.repeat(200_000), last: 12_345_678 });
    void put(inbox, { argumentsText });
    expect((await fetchInboxState(socket, 5_000)).waiting[0]?.argumentsText).toBeUndefined();
    const read = await Promise.all(Array.from({ length: 12 }, () => fetchArguments(socket, 'abc234')));
    expect(read.every((text) => text === argumentsText)).toBe(true);
  });

  it('lets exactly one of two win who decide at once', async () => {
    const { inbox, socket } = await servedInbox(stateFolder());
    for (let round = 0; round < 20; round++) {
      const id = `round${round}`;
      const answer = put(inbox, { id });
      const [one, other] = await Promise.all([
        sendDecision(socket, id, { ...YES, by: 'one' }),
        sendDecision(socket, id, { ...YES, by: 'other', decision: 'deny' }),
      ]);
      expect([one.ok, other.ok].filter(Boolean)).toHaveLength(1);
      expect(await answer).toMatchObject({ approved: one.ok, by: one.ok ? 'one' : 'other' });
    }
  });

  it('refuses what the policy does not let this channel decide', async () => {
    const { inbox, socket } = await servedInbox(stateFolder());
    void put(inbox, { via: ['page'] });
    expect(await sendDecision(socket, 'abc234', YES)).toEqual({
      ok: false,
      why: 'refused',
      message: 'the policy does not let the terminal decide this call',
    });
    expect(inbox.state().waiting).toHaveLength(1);
  });

  it('forgets what was remembered', async () => {
    const { grants, socket } = await servedInbox(stateFolder());
    const key = {
      server: 'mail',
      kind: 'tool',
      name: 'send',
      digest: 'd',
      policy: 'p',
      definition: 'x',
    } as const;
    grants.remember(
      key,
      { approved: true, via: 'page', how: 'approved' },
      { scope: 'tool', for: 'session' },
      undefined,
    );
    const [{ id } = { id: '' }] = (await fetchInboxState(socket, 5_000)).remembered;
    expect(await sendRevocation(socket, id)).toBe(true);
    expect(await sendRevocation(socket, id)).toBe(false);
    expect(grants.recall(key)).toBeUndefined();
  });

  it.skipIf(noModes)('has a socket for its user alone, which goes with it', async () => {
    const { socket, close } = await servedInbox(stateFolder());
    expect(lstatSync(socket.file).mode & 0o777).toBe(0o600);
    close();
    expect(lstatSync(socket.file, { throwIfNoEntry: false })).toBeUndefined();
  });
});

describe('an inbox among hostile peers', () => {
  it.each([
    ['no JSON', 'approve', 400],
    ['a list', '["approve"]', 400],
    ['nothing', '', 400],
    ['an unknown decision', '{"decision":"yes","via":"page"}', 400],
    ['an unknown channel', '{"decision":"approve","via":"elicitation"}', 400],
    ['a name that is no text', '{"decision":"approve","via":"page","by":{}}', 400],
    ['more than is known', '{"decision":"approve","via":"page","until":"noon"}', 400],
    ['what it inherits', '{"__proto__":{"decision":"approve","via":"page"}}', 400],
    ['an endless reason', JSON.stringify({ ...YES, reason: 'x'.repeat(10_001) }), 400],
    ['5 MB', Buffer.alloc(5_000_000, 'x'), 413],
  ])('takes %s for no decision', async (_what, body, status) => {
    const { inbox, socket } = await servedInbox(stateFolder());
    void put(inbox);
    expect([status, 'reset']).toContain(await ask(socket, 'POST', '/waiting/abc234', { body }));
    expect(inbox.state().waiting).toHaveLength(1);
  });

  it('lets go of who sends 5 MB without saying how much it will be', async () => {
    const { inbox, socket } = await servedInbox(stateFolder());
    void put(inbox);
    const headers = { ...VISITOR, 'transfer-encoding': 'chunked' };
    const body = Buffer.alloc(5_000_000, 'x');
    expect(await ask(socket, 'POST', '/waiting/abc234', { headers, body })).toBe('reset');
    expect(inbox.state().waiting).toHaveLength(1);
  });

  it.each([
    ['POST', '/waiting/abc234/arguments'],
    ['GET', '/waiting/../state'],
    ['GET', '/waiting/%2e%2e/arguments'],
    ['PUT', '/waiting/abc234'],
    ['DELETE', '/remembered/'],
    ['GET', '/'],
    ['GET', '/state/x'],
    ['GET', '//state'],
  ])('has nothing at %s %s', async (method, path) => {
    const { socket } = await servedInbox(stateFolder());
    expect(await ask(socket, method, path)).toBe(404);
  });

  it('has nothing for who does not say that it comes to an inbox', async () => {
    const { socket } = await servedInbox(stateFolder());
    expect(await ask(socket, 'GET', '/state', { headers: {} })).toBe(403);
  });

  it('serves people while hundreds connect and say nothing, and while others read nothing', async () => {
    const { inbox, socket } = await servedInbox(stateFolder());
    void put(inbox);
    const silent = Array.from({ length: 300 }, () => open(socket));
    const deaf = Array.from({ length: 60 }, () => {
      const peer = open(socket, FOLLOW);
      return peer.pause();
    });
    for (let count = 0; count < 50; count++) open(socket, '\0\x16\x03 garbage \r\n\r\n'.repeat(50));
    await sleep(100);
    expect((await fetchInboxState(socket, 5_000)).waiting).toHaveLength(1);
    expect(await sendDecision(socket, 'abc234', YES)).toEqual({ ok: true });
    await sleep(100);
    expect(silent.filter(({ closed }) => !closed).length).toBeLessThanOrEqual(32);
    expect(deaf.length).toBe(60);
  });

  it('lets no more than a few follow, the latest of them', async () => {
    const { socket } = await servedInbox(stateFolder());
    const followers: Socket[] = [];
    for (let count = 0; count < 40; count++) {
      const follower = open(socket, FOLLOW).resume();
      followers.push(follower);
      await once(follower, 'data');
    }
    await vi.waitFor(() => expect(followers.filter(({ closed }) => !closed)).toHaveLength(16), {
      timeout: 20_000,
    });
    expect(followers.at(-1)?.closed).toBe(false);
  });

  it('keeps no more than one state for who reads nothing, and tells the latest to who reads again', async () => {
    const { inbox, socket } = await servedInbox(stateFolder());
    fill(inbox, 60);
    const follower = open(socket, FOLLOW).pause();
    for (let count = 0; count < 10; count++) {
      fill(inbox, 1, `more${count}`);
      await sleep(250);
    }
    let read = '';
    follower.setEncoding('utf8').on('data', (text: string) => {
      read += text;
    });
    follower.resume();
    await vi.waitFor(() => expect(read).toContain('"id":"more9n0"'), { timeout: 20_000 });
    expect(read.split('"inbox":').length - 1).toBeLessThanOrEqual(4);
  });

  it('lets go of who reads nothing for long', async () => {
    const { inbox, socket } = await servedInbox(stateFolder());
    fill(inbox, 60);
    const follower = open(socket, FOLLOW).pause();
    await sleep(13_000);
    follower.resume();
    await once(follower, 'close');
  });
});

/** Puts so many questions on the inbox, of 16 KB each. */
function fill(inbox: Inbox, count: number, name = 'call'): void {
  const argumentsText = JSON.stringify({ text: 'x'.repeat(16_000) });
  for (let index = 0; index < count; index++) void put(inbox, { id: `${name}n${index}`, argumentsText });
}
