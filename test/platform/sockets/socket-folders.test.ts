import { chownSync, existsSync, mkdirSync, rmdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makePrivateFolder } from '../../../src/platform/files/private-folder.js';
import { listenPrivately, privateSockets } from '../../../src/platform/sockets/private-socket.js';
import { LONGEST_SOCKET_NAME, privateFolders } from '../../../src/platform/sockets/socket-folders.js';
import { stateFolder } from '../../approvals/inbox/inbox-place.js';
import { onWindows, skip } from '../../skip.js';

const noModes = onWindows('folders have no mode');
const notRoot = skip(process.getuid?.() !== 0, 'giving a folder to somebody else takes root');

const HOME = '/home/ann/.local/state/policy-wrap';
const DEEP = `/home/${'a'.repeat(50)}/.local/state/policy-wrap`;

describe('where the private folder lies', () => {
  it.each([
    ['linux', HOME, [`${HOME}/approvals`, '/tmp/policy-wrap-1000-e4a67479']],
    ['linux', DEEP, [expect.stringMatching(/^\/tmp\/policy-wrap-1000-[0-9a-f]{8}$/)]],
    [
      'darwin',
      '/Users/ann/Library/Logs/policy-wrap',
      ['/Users/ann/Library/Logs/policy-wrap/approvals', expect.stringMatching(/^\/tmp\//)],
    ],
    ['win32', 'C:\\Users\\ann\\State', ['C:\\Users\\ann\\State\\approvals']],
  ] as const)('on %s with %s', (platform, state, folders) => {
    expect(privateFolders({ platform, state, uid: 1000 })).toEqual(folders);
  });

  it.each([
    ['linux', 107],
    ['darwin', 103],
  ] as const)('on %s the longest address has %i bytes', (platform, longest) => {
    for (let length = 20; length < 120; length++) {
      const state = `/${'é'.repeat(length)}`;
      for (const folder of privateFolders({ platform, state, uid: 4_294_967_295 }))
        expect(Buffer.byteLength(folder) + 1 + LONGEST_SOCKET_NAME).toBeLessThanOrEqual(longest);
    }
  });

  it('keeps apart what has different state folders', () => {
    const spare = (state: string) => privateFolders({ platform: 'linux', state, uid: 1 }).at(-1);
    expect(spare('/a')).not.toBe(spare('/b'));
  });
});

describe.skipIf(noModes)('the private folder', () => {
  it.skipIf(notRoot)('is not taken from somebody else, and nothing in it is listened to', async () => {
    const state = stateFolder();
    const folder = path.join(state, 'approvals');
    makePrivateFolder(folder);
    const server = createServer();
    const { close } = await listenPrivately(server, state, 'inbox');
    onTestFinished(close);
    expect(await privateSockets(state, 'inbox')).toHaveLength(1);
    chownSync(folder, 12_345, 12_345);
    expect(() => makePrivateFolder(folder)).toThrow('belongs to somebody else');
    expect(await privateSockets(state, 'inbox')).toEqual([]);
  });

  it.skipIf(notRoot)(
    'may hold sockets of others from the time when it was open, which are not listened to',
    async () => {
      const state = stateFolder();
      const { close, address } = await listenPrivately(createServer(), state, 'inbox');
      onTestFinished(close);
      chownSync(address, 12_345, 12_345);
      expect(await privateSockets(state, 'inbox')).toEqual([]);
    },
  );

  /** A state folder of which only the spare one can be had. */
  function spared(): { state: string; spare: string } {
    const state = stateFolder();
    mkdirSync(state, { recursive: true });
    writeFileSync(path.join(state, 'approvals'), 'in the way');
    const spare = privateFolders({ platform: process.platform, state, uid: process.getuid?.() }).at(-1) ?? '';
    onTestFinished(() => rmSync(spare, { recursive: true, force: true }));
    return { state, spare };
  }

  it('is the spare one where the first cannot be had', async () => {
    const { state } = spared();
    const { close, address } = await listenPrivately(createServer(), state, 'inbox');
    onTestFinished(close);
    expect(address).toMatch(/^\/tmp\/policy-wrap-\d+-[0-9a-f]{8}\/inbox-/);
    expect(await privateSockets(state, 'inbox')).toMatchObject([{ address }]);
    close();
    expect(await privateSockets(state, 'inbox')).toEqual([]);
  });

  it('that is the spare one goes with the last socket in it, and with nothing else', async () => {
    const { state, spare } = spared();
    const first = await listenPrivately(createServer(), state, 'inbox');
    const second = await listenPrivately(createServer(), state, 'page');
    first.close();
    expect(await privateSockets(state, 'page')).toHaveLength(1);
    writeFileSync(path.join(spare, 'something'), '');
    second.close();
    expect(existsSync(spare)).toBe(true);
    rmSync(path.join(spare, 'something'));
    (await listenPrivately(createServer(), state, 'inbox')).close();
    expect(existsSync(spare)).toBe(false);
    const usual = stateFolder();
    (await listenPrivately(createServer(), usual, 'inbox')).close();
    expect(existsSync(path.join(usual, 'approvals'))).toBe(true);
  });

  it('is made again where somebody else removes it at the last moment', async () => {
    const { state, spare } = spared();
    const server = createServer();
    const listen = server.listen.bind(server);
    let removed = 0;
    server.listen = (...them: unknown[]) => {
      if (removed++ === 0) rmdirSync(spare);
      return listen(...(them as []));
    };
    const { close, address } = await listenPrivately(server, state, 'inbox');
    onTestFinished(close);
    expect(removed).toBe(2);
    expect(await privateSockets(state, 'inbox')).toMatchObject([{ address }]);
  });

  it('that cannot be had anywhere is told with the reasons', async () => {
    const state = stateFolder();
    mkdirSync(state, { recursive: true });
    writeFileSync(path.join(state, 'approvals'), '');
    const spare = privateFolders({ platform: process.platform, state, uid: process.getuid?.() }).at(-1) ?? '';
    symlinkSync('nowhere', spare);
    onTestFinished(() => rmSync(spare));
    await expect(listenPrivately(createServer(), state, 'inbox')).rejects.toThrow(
      /approvals is not a folder; .* is not a folder/,
    );
  });
});
