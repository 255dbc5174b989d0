import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { lstat, readdir, readFile, rm } from 'node:fs/promises';
import { connect, type Server } from 'node:net';
import { hostname } from 'node:os';
import path from 'node:path';
import { errorText } from '../../core/text/error-text.js';
import { isPrivate } from '../files/private-folder.js';
import { folderContext, makeSocketFolder, privateFolders, removeIfSpare } from './socket-folders.js';

/** What can be reached through a private socket: what waits in one process, or the page of all. */
export type SocketKind = 'inbox' | 'page';

/** A socket of this user: alive, hanging or left behind. */
export interface PrivateSocket {
  /** Nothing else of this user has this name, now or later. */
  name: string;
  /** What `net.connect` and `http.request` take as path. */
  address: string;
  /** What stands for it in the folder: the socket itself, or on Windows a file that names the pipe. */
  file: string;
  pid: number;
  /** Whether it was made on this machine: a home folder may be shared by several. */
  here: boolean;
}

export interface Listening {
  address: string;
  /** Takes the socket out of the folder and takes no more connections. Those there are stay. */
  close(): void;
}

/** The address of a named pipe of ours. */
export const PIPE = /^\\\\\.\\pipe\\policy-wrap-[0-9a-f]{32}$/;
const NAME = /^(inbox|page)-([0-9a-f]{6})-(\d{1,10})-[0-9a-f]{6}\.(?:sock|pipe)$/;
/** What is said where the folder is not there: libuv says it as Windows would. */
const GONE: readonly unknown[] = ['ENOENT', 'EACCES'];
/** More are not looked at. */
const MOST_SOCKETS = 256;
/** Enough to reach any socket of this machine that is not stuck. Milliseconds. */
const PROBE = 1_000;

/** Lets a server listen where only this user can reach it. It never keeps the process alive. Rejects with all reasons when it cannot be had. */
export async function listenPrivately(server: Server, state: string, kind: SocketKind): Promise<Listening> {
  const failures: string[] = [];
  for (const folder of privateFolders(folderContext(state))) {
    try {
      const listening = await listenInPrivate(server, folder, kind);
      void removeDeadSockets(state, kind);
      return listening;
    } catch (error) {
      failures.push(errorText(error));
    }
  }
  throw new Error(failures.join('; '));
}

/** All sockets of a kind that this user has, whether or not anybody listens. */
export async function privateSockets(state: string, kind: SocketKind): Promise<PrivateSocket[]> {
  const found: PrivateSocket[] = [];
  for (const folder of privateFolders(folderContext(state))) {
    // What is not there, or not ours alone, has nothing to say to us.
    const stats = await lstat(folder).catch(() => undefined);
    if (stats === undefined || !isPrivate(stats)) continue;
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    // Files that a tool has written must not push the sockets out.
    const names = entries
      .filter((entry) => entry.isSocket() || (process.platform === 'win32' && entry.isFile()))
      .map(({ name }) => name)
      .filter((name) => NAME.exec(name)?.[1] === kind);
    for (const name of names.slice(0, MOST_SOCKETS)) {
      const socket = await socketOf(path.join(folder, name));
      if (socket) found.push(socket);
    }
  }
  return found;
}

/**
 * Removes a socket that a process of this machine has left behind. That a connection is refused does not prove it: so
 * it is while a server starts, and on some systems when its queue is full. Without its process nobody will ever listen.
 */
export async function removeIfDead({ address, file, pid, here }: PrivateSocket): Promise<boolean> {
  if (!here || isRunning(pid) || (await accepts(address))) return false;
  await rm(file, { force: true }).catch(() => {});
  removeIfSpare(path.dirname(file));
  return true;
}

async function removeDeadSockets(state: string, kind: SocketKind): Promise<void> {
  for (const socket of await privateSockets(state, kind)) await removeIfDead(socket);
}

async function listenInPrivate(server: Server, folder: string, kind: SocketKind): Promise<Listening> {
  makeSocketFolder(folder);
  try {
    return await listenIn(server, folder, kind);
  } catch (error) {
    if (!GONE.includes((error as NodeJS.ErrnoException).code)) throw error;
    // Whoever was the last one in it may have removed it just now.
    makeSocketFolder(folder);
    return listenIn(server, folder, kind);
  }
}

async function listenIn(server: Server, folder: string, kind: SocketKind): Promise<Listening> {
  const windows = process.platform === 'win32';
  const name = `${kind}-${machineId()}-${process.pid}-${randomBytes(3).toString('hex')}`;
  const file = path.join(folder, `${name}.${windows ? 'pipe' : 'sock'}`);
  const address = windows ? `\\\\.\\pipe\\policy-wrap-${randomBytes(16).toString('hex')}` : file;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ path: address }, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
  server.unref();
  const remove = () => {
    rmSync(file, { force: true });
    removeIfSpare(folder);
  };
  try {
    if (windows) writeFileSync(file, address, { mode: 0o600, flag: 'wx' });
    else chmodSync(file, 0o600);
  } catch (error) {
    server.close();
    remove();
    throw error;
  }
  process.once('exit', remove);
  return {
    address,
    close: () => {
      process.removeListener('exit', remove);
      server.close();
      remove();
    },
  };
}

async function socketOf(file: string): Promise<PrivateSocket | undefined> {
  const name = path.basename(file);
  const [, , machine, pid] = NAME.exec(name) ?? [];
  const stats = await lstat(file).catch(() => undefined);
  const base = { name, file, pid: Number(pid), here: machine === machineId() };
  // What others have put there while the folder was open to them.
  if (stats === undefined || (process.getuid && stats.uid !== process.getuid())) return undefined;
  if (stats.isSocket()) return { ...base, address: file };
  if (process.platform !== 'win32' || !stats.isFile() || stats.size > 100) return undefined;
  const address = await readFile(file, 'utf8').catch(() => '');
  return PIPE.test(address) ? { ...base, address } : undefined;
}

function accepts(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ path: address });
    socket.unref();
    const end = (accepted: boolean) => {
      socket.destroy();
      resolve(accepted);
    };
    socket.setTimeout(PROBE, () => end(true));
    socket.once('connect', () => end(true));
    socket.once('error', ({ code }: NodeJS.ErrnoException) =>
      end(code !== 'ECONNREFUSED' && code !== 'ENOENT'),
    );
  });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** Tells machines that share a home folder apart. */
export function machineId(): string {
  return createHash('sha256').update(hostname()).digest('hex').slice(0, 6);
}
