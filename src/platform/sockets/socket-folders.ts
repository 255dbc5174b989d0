import { createHash } from 'node:crypto';
import { existsSync, rmdirSync } from 'node:fs';
import path from 'node:path';
import { makePrivateFolder } from '../files/private-folder.js';

export interface FolderContext {
  platform: NodeJS.Platform;
  /** The folder in which this user's policy-wraps keep what they write. */
  state: string;
  /** Undefined on Windows. */
  uid: number | undefined;
  /** Folders in which only this user can make any. */
  runtime: readonly string[];
}

/** As long as a name in the folder may be. Bytes. */
export const LONGEST_SOCKET_NAME = 36;
/** What the address of a Unix socket may be long, without its end (`sun_path`). Bytes. */
const LONGEST_ADDRESS = { linux: 107, other: 103 };
const SPARE = /^policy-wrap-(?:\d+-)?[0-9a-f]{8}$/;

/** Where we are. */
export function folderContext(state: string): FolderContext {
  const uid = process.getuid?.();
  return { platform: process.platform, state, uid, runtime: runtimeFolders(process.platform, uid) };
}

/** The one that Linux gives a user whatever the session is, then those that the session names. */
function runtimeFolders(platform: NodeJS.Platform, uid: number | undefined, env = process.env): string[] {
  const { XDG_RUNTIME_DIR: runtime = '', TMPDIR: temporary = '' } = env;
  const named = platform === 'darwin' && temporary.startsWith('/var/folders/') ? temporary : runtime;
  const folders = [...(platform === 'linux' ? [`/run/user/${uid}`] : []), named];
  return [...new Set(folders.filter((folder) => path.posix.isAbsolute(folder)).map(withoutEnd))];
}

function withoutEnd(folder: string): string {
  return folder.replace(/(?<=.)\/+$/, '');
}

/**
 * The folders that may hold the private sockets of a user, the preferred first. Whoever serves takes the first that
 * works; whoever looks for sockets looks into all. What depends on the session comes last: a client that is started from a
 * desktop, a shell over ssh and a cron job of one user differ in XDG_RUNTIME_DIR and TMPDIR, and must find each other.
 */
export function privateFolders({ platform, state, uid, runtime }: FolderContext): string[] {
  const paths = platform === 'win32' ? path.win32 : path.posix;
  const preferred = paths.join(state, 'approvals');
  if (platform === 'win32') return [preferred];
  const digest = createHash('sha256').update(state).digest('hex').slice(0, 8);
  // For addresses that would be too long, and for file systems that hold no sockets.
  const spare = `/tmp/policy-wrap-${uid}-${digest}`;
  // Whoever makes the first spare before us only takes that one.
  const spares = [spare, ...runtime.map((folder) => paths.join(folder, `policy-wrap-${digest}`))];
  const longest = LONGEST_ADDRESS[platform === 'linux' ? 'linux' : 'other'];
  return [preferred, ...spares].filter(
    (folder) => Buffer.byteLength(folder) + 1 + LONGEST_SOCKET_NAME <= longest,
  );
}

/** Makes sure of one of these folders. Throws where that cannot be had; what a spare one is in is never made. */
export function makeSocketFolder(folder: string): void {
  const parent = path.dirname(folder);
  if (isSpare(folder) && !existsSync(parent)) throw new Error(`${parent} is not there`);
  makePrivateFolder(folder);
}

/** Makes the first of the folders that can be had. Throws why the preferred one cannot, where none can. */
export function firstSocketFolder(state: string): string {
  const failures: unknown[] = [];
  for (const folder of privateFolders(folderContext(state))) {
    try {
      makeSocketFolder(folder);
      return folder;
    } catch (error) {
      failures.push(error);
    }
  }
  throw failures[0];
}

function isSpare(folder: string): boolean {
  return SPARE.test(path.basename(folder));
}

/** Removes a spare folder that nothing is in any more. Whoever is about to use it has to make it again. */
export function removeIfSpare(folder: string): void {
  if (!isSpare(folder)) return;
  try {
    rmdirSync(folder);
  } catch {}
}
