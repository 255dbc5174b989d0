import { readdirSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  highestLease,
  removeOlderLeases,
  takeLease,
} from '../../../../src/approvals/page/server/page-lease.js';
import { freshPageLink } from '../../../../src/approvals/page/server/shared-page.js';
import { makePrivateFolder } from '../../../../src/platform/files/private-folder.js';
import { listenPrivately } from '../../../../src/platform/sockets/private-socket.js';
import { folderContext, privateFolders } from '../../../../src/platform/sockets/socket-folders.js';
import { onWindows } from '../../../skip.js';
import { put, servedInbox, stateFolder } from '../../inbox/inbox-place.js';
import { ask, exchange, member, OpenPage, portOf, tokenOf } from '../page-place.js';

const noFiles = onWindows('sockets are no files that somebody could put there');

const seats = (state: string) =>
  privateFolders(folderContext(state)).flatMap((folder) => {
    makePrivateFolder(folder);
    return readdirSync(folder).filter((name) => name.startsWith('host-'));
  });

const isUp = (port: number) =>
  ask(port, '/').then(
    ({ status }) => status === 200,
    () => false,
  );

/** Listens where the page was, if nobody does. */
function steal(port: number): Promise<boolean> {
  const thief = createServer();
  onTestFinished(() => void thief.close());
  return new Promise((resolve) => {
    thief.once('error', () => resolve(false));
    thief.listen(port, '127.0.0.1', () => resolve(true));
  });
}

describe('one page', () => {
  it('shows what waits in all policy-wraps, and lets each be decided', async () => {
    const state = stateFolder();
    const [mail, bank] = [await servedInbox(state, 'mail'), await servedInbox(state, 'bank')];
    const answers = [put(mail.inbox), put(bank.inbox)];
    const [first, second] = [await member(state, mail.inbox), await member(state, bank.inbox)];
    expect(portOf(await second.link())).toBe(portOf(await first.link()));
    const open = await OpenPage.by(await second.link());
    const { inboxes } = await open.until(({ inboxes }) => inboxes.length === 2);
    for (const { inbox, waiting } of inboxes)
      await open.post('/decide', { inbox, id: waiting[0]?.id, decision: 'approve' });
    expect(await Promise.all(answers)).toMatchObject([{ approved: true }, { approved: true }]);
  });

  it('is one, however many start at once', async () => {
    const state = stateFolder();
    const members = await Promise.all(Array.from({ length: 12 }, () => member(state)));
    const links = await Promise.all(members.map((each) => each.link()));
    expect(new Set(links.map(portOf)).size).toBe(1);
    expect(new Set(links.map(tokenOf)).size).toBe(12);
    expect(seats(state)).toHaveLength(1);
  });

  it('waits for who has taken a seat and is about to say where it is, but not for long', async () => {
    const state = stateFolder();
    const { address, close } = await listenPrivately(createServer(), state, 'page');
    onTestFinished(close);
    const seat = await takeLease(state, undefined, '');
    expect(seat?.number).toBe(1);
    const found = highestLease(state);
    setTimeout(() => writeFileSync(seat?.file ?? '', address), 200);
    expect(await found).toMatchObject({ number: 1, address });
    writeFileSync(seat?.file ?? '', '');
    expect(await highestLease(state)).toMatchObject({ number: 1, address: '' });
  });

  it('knows whether it is open in a browser, for all', async () => {
    const state = stateFolder();
    const [first, second] = [await member(state), await member(state)];
    const link = await first.link();
    expect([await first.tabs(), await second.tabs()]).toEqual([0, 0]);
    const controller = new AbortController();
    const { port, session } = await OpenPage.by(link);
    const headers = { authorization: `Bearer ${session}` };
    await fetch(`http://127.0.0.1:${port}/events`, { headers, signal: controller.signal });
    await expect.poll(async () => [await first.tabs(), await second.tabs()]).toEqual([1, 1]);
    expect(await second.invite('never')).toContain('open in your browser');
    controller.abort();
    await expect.poll(async () => [await first.tabs(), await second.tabs()]).toEqual([0, 0]);
  });

  it('gives a fresh link to whoever asks from a terminal, while there is a page', async () => {
    const state = stateFolder();
    expect(await freshPageLink(state)).toBeUndefined();
    const page = await member(state);
    const port = portOf(await page.link());
    const link = await freshPageLink(state);
    expect(portOf(link ?? '')).toBe(port);
    expect((await exchange(port, tokenOf(link ?? ''))).status).toBe(200);
    page.close();
    await expect.poll(() => freshPageLink(state)).toBeUndefined();
  });

  it('is started although somebody has left a seat behind, or written nonsense into one', async () => {
    const state = stateFolder();
    const first = await member(state);
    await first.link();
    first.close();
    await expect.poll(() => freshPageLink(state)).toBeUndefined();
    const [folder = ''] = privateFolders(folderContext(state));
    const [name = ''] = seats(state);
    for (const text of [
      '',
      '/etc/passwd',
      '\u0000',
      path.join(folder, 'page-000000-1-000000.sock'),
      'a'.repeat(10_000),
    ]) {
      const last = await highestLease(state);
      writeFileSync(path.join(folder, name.replace(/\d+$/, String((last?.number ?? 0) + 1))), text);
      const page = await member(state);
      expect(await isUp(portOf(await page.link()))).toBe(true);
      page.close();
      await expect.poll(() => freshPageLink(state)).toBeUndefined();
    }
  });

  it('is started although a seat has the last number that there is', async () => {
    const state = stateFolder();
    const first = await member(state);
    await first.link();
    first.close();
    await expect.poll(() => freshPageLink(state)).toBeUndefined();
    const [folder = ''] = privateFolders(folderContext(state));
    const [name = ''] = seats(state);
    writeFileSync(path.join(folder, name.replace(/\d+$/, '999999999')), '');
    expect(await isUp(portOf(await (await member(state)).link()))).toBe(true);
  });

  it('gives each seat once', async () => {
    const state = stateFolder();
    const address = '/nowhere/page-000000-1-000000.sock';
    const taken = await Promise.all(Array.from({ length: 20 }, () => takeLease(state, undefined, address)));
    expect(taken.filter((seat) => seat !== undefined)).toHaveLength(1);
    const first = await highestLease(state);
    const second = await takeLease(state, first, address);
    expect(second?.number).toBe(2);
    if (second !== undefined) await removeOlderLeases(state, second);
    // Whoever looked long ago is too late, although that number is free again.
    expect(await takeLease(state, undefined, address)).toBeUndefined();
    expect(seats(state)).toHaveLength(1);
  });
});

describe('when the host ends', () => {
  it('whoever has something waiting takes over, at the same address with the same sessions', async () => {
    const state = stateFolder();
    const { inbox } = await servedInbox(state);
    const [first, second] = [await member(state), await member(state, inbox)];
    const port = portOf(await first.link());
    const open = await OpenPage.by(await first.link());
    const [unused, used] = [await second.link(), await second.link()];
    await exchange(port, tokenOf(used));
    const answer = put(inbox);
    first.close();
    await expect.poll(() => isUp(port)).toBe(true);
    const { inboxes } = await open.until(({ inboxes }) => inboxes.some(({ waiting }) => waiting.length > 0));
    expect((await exchange(port, tokenOf(used))).status).toBe(401);
    expect((await exchange(port, tokenOf(unused))).status).toBe(200);
    const [{ inbox: name = '' } = {}] = inboxes;
    await open.post('/decide', { inbox: name, id: 'abc234', decision: 'deny', reason: 'no' });
    expect(await answer).toMatchObject({ approved: false, how: 'declined', reason: 'no' });
    expect(portOf((await freshPageLink(state)) ?? '')).toBe(port);
  });

  it('one of many takes over, and the others follow', async () => {
    const state = stateFolder();
    const { inbox } = await servedInbox(state);
    void put(inbox);
    const host = await member(state);
    const port = portOf(await host.link());
    const others = await Promise.all(Array.from({ length: 6 }, () => member(state, inbox)));
    await Promise.all(others.map((each) => each.link()));
    host.close();
    await expect.poll(() => isUp(port)).toBe(true);
    const links = await Promise.all(others.map((each) => each.link()));
    expect(new Set(links.map(portOf))).toEqual(new Set([port]));
  });

  it('nobody takes over when nothing waits and no page is open, until something does', async () => {
    const state = stateFolder();
    const [first, second] = [await member(state), await member(state)];
    const port = portOf(await first.link());
    await second.link();
    first.close();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await isUp(port)).toBe(false);
    expect(portOf(await second.link())).toBe(port);
  });

  it('what the browser keeps is worth nothing after a while in which anybody could listen at the port', async () => {
    const state = stateFolder();
    const [first, second] = [await member(state), await member(state)];
    const port = portOf(await first.link());
    const open = await OpenPage.by(await second.link());
    const unused = tokenOf(await second.link());
    expect((await ask(port, '/arguments?inbox=a&id=b', { headers: open.headers })).status).toBe(404);
    first.close();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await isUp(port)).toBe(false);
    expect(portOf(await second.link())).toBe(port);
    expect((await ask(port, '/arguments?inbox=a&id=b', { headers: open.headers })).status).toBe(401);
    expect((await exchange(port, unused)).status).toBe(401);
  });

  it('another port does where somebody else has taken the old one', async () => {
    const state = stateFolder();
    const [first, second] = [await member(state), await member(state)];
    const port = portOf(await first.link());
    const open = await OpenPage.by(await second.link());
    const unused = tokenOf(await second.link());
    first.close();
    await expect.poll(() => steal(port)).toBe(true);
    const link = await second.link();
    expect(portOf(link)).not.toBe(port);
    expect(await isUp(portOf(link))).toBe(true);
    // What open pages and links told whoever is at the old port does not count at the new one.
    const told = { headers: { authorization: `Bearer ${open.session}` } };
    expect((await ask(portOf(link), '/arguments?inbox=a&id=b', told)).status).toBe(401);
    expect((await exchange(portOf(link), unused)).status).toBe(401);
  });
});

describe.skipIf(noFiles)('a file that somebody else has written', () => {
  it('leads to no host but those in our private folder', async () => {
    const state = stateFolder();
    const first = await member(state);
    await first.link();
    first.close();
    await expect.poll(() => freshPageLink(state)).toBeUndefined();
    const address = path.join(state, 'page-of-somebody-else.sock');
    let visits = 0;
    const host = createServer((socket) => {
      visits++;
      socket.on('error', () => {});
      socket.end('{"state":{"port":1,"keys":{"links":[],"sessions":[]},"tabs":1}}\n');
    });
    onTestFinished(() => void host.close());
    await new Promise<void>((resolve) => host.listen({ path: address }, resolve));
    const [folder = ''] = privateFolders(folderContext(state));
    const [name = ''] = seats(state);
    writeFileSync(path.join(folder, name.replace(/\d+$/, '77')), address);
    expect(await freshPageLink(state)).toBeUndefined();
    expect(await isUp(portOf(await (await member(state)).link()))).toBe(true);
    expect(visits).toBe(0);
  });
});

describe('the control socket', () => {
  it('hangs up on nonsense, and goes on', async () => {
    const state = stateFolder();
    const page = await member(state);
    const port = portOf(await page.link());
    const seat = await highestLease(state);
    for (const text of ['nonsense\n', '{"ask"\n', `${'a'.repeat(300_000)}`, '[[[[\n', 'null\n']) {
      const socket = connect({ path: seat?.address ?? '' });
      socket.on('error', () => {});
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.resume().write(text);
      await closed;
    }
    expect(portOf((await freshPageLink(state)) ?? '')).toBe(port);
  });

  it('hands over nothing that opens the page', async () => {
    const state = stateFolder();
    const page = await member(state);
    const link = await page.link();
    const { session } = await OpenPage.by(await page.link());
    const seat = await highestLease(state);
    const socket = connect({ path: seat?.address ?? '' });
    onTestFinished(() => void socket.destroy());
    const said = await new Promise<string>((resolve) =>
      socket.once('data', (chunk) => resolve(String(chunk))),
    );
    expect(said).toContain('"sessions":[{"digest":"');
    expect(said).not.toContain(session);
    expect(said).not.toContain(tokenOf(link));
  });
});
