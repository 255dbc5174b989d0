import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { makePrivateFolder } from '../../../src/platform/files/private-folder.js';
import { listenPrivately, privateSockets } from '../../../src/platform/sockets/private-socket.js';
import {
  firstSocketFolder,
  folderContext,
  LONGEST_SOCKET_NAME,
  privateFolders,
} from '../../../src/platform/sockets/socket-folders.js';
import { stateFolder } from '../../approvals/inbox/inbox-place.js';
import { onWindows, skip } from '../../skip.js';

const noModes = onWindows('folders have no mode');
const notRoot = skip(process.getuid?.() !== 0, 'giving a folder to somebody else takes root');

const hasOwn = skip(
  process.platform === 'linux' && existsSync(`/run/user/${process.getuid?.()}`),
  'this user has a folder in /run/user, which is a place for sockets more',
);

const HOME = '/home/ann/.local/state/policy-wrap';
const DEEP = `/home/${'a'.repeat(50)}/.local/state/policy-wrap`;

/** The first one that is not in the state folder. */
function spareOf(state: string): string {
  return privateFolders(folderContext(state)).find((folder) => !folder.startsWith(state)) ?? '';
}

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
    expect(privateFolders({ platform, state, uid: 1000, runtime: [] })).toEqual(folders);
  });

  it.each([
    ['linux', 107],
    ['darwin', 103],
  ] as const)('on %s the longest address has %i bytes', (platform, longest) => {
    for (let length = 20; length < 120; length++) {
      const state = `/${'é'.repeat(length)}`;
      for (const folder of privateFolders({
        platform,
        state,
        uid: 4_294_967_295,
        runtime: ['/run/user/4294967295', `/${'x'.repeat(length)}`],
      }))
        expect(Buffer.byteLength(folder) + 1 + LONGEST_SOCKET_NAME).toBeLessThanOrEqual(longest);
    }
  });

  it('has a second spare where only this user can make folders, the session last', () => {
    const runtime = ['/run/user/1000', '/x/runtime'];
    const [first = '', ...spares] = privateFolders({ platform: 'linux', state: DEEP, uid: 1000, runtime });
    const digest = first.slice(-8);
    expect(spares).toEqual(runtime.map((folder) => `${folder}/policy-wrap-${digest}`));
  });

  it.skipIf(onWindows('sockets need no folder'))('knows the folders of the session', () => {
    vi.stubEnv('XDG_RUNTIME_DIR', '/x/runtime/');
    vi.stubEnv('TMPDIR', '/var/folders/x/T/');
    onTestFinished(() => void vi.unstubAllEnvs());
    const usual = process.platform === 'linux' ? [`/run/user/${process.getuid?.()}`] : [];
    const named = process.platform === 'darwin' ? '/var/folders/x/T' : '/x/runtime';
    expect(folderContext('/s').runtime).toEqual([...usual, named]);
    vi.stubEnv('XDG_RUNTIME_DIR', 'relative');
    vi.stubEnv('TMPDIR', '');
    expect(folderContext('/s').runtime).toEqual(usual);
  });

  it('keeps apart what has different state folders', () => {
    const spare = (state: string) => privateFolders({ platform: 'linux', state, uid: 1, runtime: [] }).at(-1);
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
    const spare = spareOf(state);
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

  it.each(['to a file', 'to a link', ...(notRoot ? [] : ['to somebody else'])])(
    'is a second spare one where the first belongs %s, and is found there',
    async (whose) => {
      const { state, spare } = spared();
      const runtime = mkdtempSync('/tmp/policy-wrap-run-');
      onTestFinished(() => rmSync(runtime, { recursive: true, force: true }));
      vi.stubEnv('XDG_RUNTIME_DIR', runtime);
      onTestFinished(() => void vi.unstubAllEnvs());
      if (whose === 'to a file') writeFileSync(spare, '');
      else if (whose === 'to a link') symlinkSync('nowhere', spare);
      else {
        mkdirSync(spare);
        chownSync(spare, 12_345, 12_345);
      }
      const { close, address } = await listenPrivately(createServer(), state, 'inbox');
      onTestFinished(close);
      expect(path.dirname(path.dirname(address))).toMatch(/^\/(?:run\/user|tmp\/policy-wrap-run-)/);
      expect(await privateSockets(state, 'inbox')).toMatchObject([{ address }]);
      expect(firstSocketFolder(state)).toBe(path.dirname(address));
      close();
      expect(existsSync(path.dirname(address))).toBe(false);
    },
  );

  it.skipIf(hasOwn)('makes nothing above a spare one', async () => {
    const { state, spare } = spared();
    writeFileSync(spare, '');
    const runtime = path.join(state, 'run');
    vi.stubEnv('XDG_RUNTIME_DIR', runtime);
    onTestFinished(() => void vi.unstubAllEnvs());
    await expect(listenPrivately(createServer(), state, 'inbox')).rejects.toThrow(`${runtime} is not there`);
    expect(existsSync(runtime)).toBe(false);
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

  it.skipIf(hasOwn)('that cannot be had anywhere is told with the reasons', async () => {
    const state = stateFolder();
    mkdirSync(state, { recursive: true });
    writeFileSync(path.join(state, 'approvals'), '');
    const spare = spareOf(state);
    symlinkSync('nowhere', spare);
    onTestFinished(() => rmSync(spare));
    await expect(listenPrivately(createServer(), state, 'inbox')).rejects.toThrow(
      /approvals is not a folder; .* is not a folder/,
    );
  });
});
