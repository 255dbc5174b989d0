import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  isPrivate,
  LONGEST_NAME,
  makePrivateFolder,
  privateFolders,
} from '../../../src/platform/sockets/private-folder.js';
import { listenPrivately, privateSockets } from '../../../src/platform/sockets/private-socket.js';
import { stateFolder } from '../../approvals/inbox/inbox-place.js';
import { onWindows, withoutRoot } from '../../skip.js';

const noRoot = withoutRoot('to give a folder to somebody else');

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
        expect(Buffer.byteLength(folder) + 1 + LONGEST_NAME).toBeLessThanOrEqual(longest);
    }
  });

  it('keeps apart what has different state folders', () => {
    const spare = (state: string) => privateFolders({ platform: 'linux', state, uid: 1 }).at(-1);
    expect(spare('/a')).not.toBe(spare('/b'));
  });
});

describe.skipIf(onWindows('folders have no mode'))('the private folder', () => {
  const mode = (folder: string) => lstatSync(folder).mode & 0o777;

  it('is made for this user alone, with what lies above it', () => {
    const folder = path.join(stateFolder(), 'approvals');
    makePrivateFolder(folder);
    expect([mode(folder), mode(path.dirname(folder))]).toEqual([0o700, 0o700]);
    expect(isPrivate(lstatSync(folder))).toBe(true);
  });

  it.each(['777', '750', '701', '500'])('that had the mode %s is closed before it is used', (octal) => {
    const open = Number.parseInt(octal, 8);
    const folder = path.join(stateFolder(), 'approvals');
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, open);
    if ((open & 0o077) !== 0) expect(isPrivate(lstatSync(folder))).toBe(false);
    makePrivateFolder(folder);
    expect(mode(folder)).toBe(0o700);
  });

  it('is not taken through a link, and is no file', () => {
    const state = stateFolder();
    mkdirSync(path.join(state, 'elsewhere'), { recursive: true, mode: 0o700 });
    symlinkSync('elsewhere', path.join(state, 'link'));
    symlinkSync('nowhere', path.join(state, 'dangling'));
    writeFileSync(path.join(state, 'file'), '');
    for (const name of ['link', 'dangling', 'file']) {
      expect(() => makePrivateFolder(path.join(state, name))).toThrow('is no folder');
      expect(isPrivate(lstatSync(path.join(state, name)))).toBe(false);
    }
  });

  it.skipIf(noRoot)('is not taken from somebody else, and nothing in it is listened to', async () => {
    const state = stateFolder();
    const folder = path.join(state, 'approvals');
    makePrivateFolder(folder);
    const server = createServer();
    const { close } = await listenPrivately(server, state, 'desk');
    onTestFinished(close);
    expect(await privateSockets(state, 'desk')).toHaveLength(1);
    chownSync(folder, 12_345, 12_345);
    expect(() => makePrivateFolder(folder)).toThrow('belongs to somebody else');
    expect(await privateSockets(state, 'desk')).toEqual([]);
  });

  it.skipIf(noRoot)(
    'may hold sockets of others from the time when it was open, which are not listened to',
    async () => {
      const state = stateFolder();
      const { close, address } = await listenPrivately(createServer(), state, 'desk');
      onTestFinished(close);
      chownSync(address, 12_345, 12_345);
      expect(await privateSockets(state, 'desk')).toEqual([]);
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
    const { close, address } = await listenPrivately(createServer(), state, 'desk');
    onTestFinished(close);
    expect(address).toMatch(/^\/tmp\/policy-wrap-\d+-[0-9a-f]{8}\/desk-/);
    expect(await privateSockets(state, 'desk')).toMatchObject([{ address }]);
    close();
    expect(await privateSockets(state, 'desk')).toEqual([]);
  });

  it('that is the spare one goes with the last socket in it, and with nothing else', async () => {
    const { state, spare } = spared();
    const first = await listenPrivately(createServer(), state, 'desk');
    const second = await listenPrivately(createServer(), state, 'page');
    first.close();
    expect(await privateSockets(state, 'page')).toHaveLength(1);
    writeFileSync(path.join(spare, 'something'), '');
    second.close();
    expect(existsSync(spare)).toBe(true);
    rmSync(path.join(spare, 'something'));
    (await listenPrivately(createServer(), state, 'desk')).close();
    expect(existsSync(spare)).toBe(false);
    const usual = stateFolder();
    (await listenPrivately(createServer(), usual, 'desk')).close();
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
    const { close, address } = await listenPrivately(server, state, 'desk');
    onTestFinished(close);
    expect(removed).toBe(2);
    expect(await privateSockets(state, 'desk')).toMatchObject([{ address }]);
  });

  it('that cannot be had anywhere is told with the reasons', async () => {
    const state = stateFolder();
    mkdirSync(state, { recursive: true });
    writeFileSync(path.join(state, 'approvals'), '');
    const spare = privateFolders({ platform: process.platform, state, uid: process.getuid?.() }).at(-1) ?? '';
    symlinkSync('nowhere', spare);
    onTestFinished(() => rmSync(spare));
    await expect(listenPrivately(createServer(), state, 'desk')).rejects.toThrow(
      /approvals is no folder; .* is no folder/,
    );
  });
});
