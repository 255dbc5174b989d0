import { createServer, type Socket } from 'node:net';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { HostLink } from '../../../../src/approvals/page/server/host-link.js';
import { Place } from '../../../e2e/place.js';
import { onWindows } from '../../../skip.js';

const noSockets = onWindows('sockets have other names');
const state = (tabs: number) =>
  JSON.stringify({ state: { port: 1, keys: { links: [], sessions: [] }, tabs } });

/** A host that says this at once. */
async function linkTo(greet: (socket: Socket) => void): Promise<HostLink | undefined> {
  const address = path.join(new Place().folder, 'host');
  const sockets = new Set<Socket>();
  const host = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    greet(socket);
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    host.close();
  });
  await new Promise<void>((resolve) => host.listen(address, resolve));
  const link = await HostLink.open(address, () => {});
  onTestFinished(() => link?.close());
  return link;
}

describe.skipIf(noSockets)('what a host says first', () => {
  it('is all heard, however it is cut', async () => {
    const link = await linkTo((socket) => {
      socket.write(`${state(1)}\n${state(2)}\n${state(3).slice(0, 9)}`);
      setTimeout(() => socket.write(`${state(3).slice(9)}\n`), 50);
    });
    expect(link?.state.tabs).toBe(2);
    await expect.poll(() => link?.state.tabs).toBe(3);
  });

  it('has to be its state', async () => {
    expect(await linkTo((socket) => void socket.write(`{}\n${state(1)}\n`))).toBeUndefined();
    expect(await linkTo((socket) => void socket.write('no JSON\n'))).toBeUndefined();
  });
});
