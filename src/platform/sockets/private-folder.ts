import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, rmdirSync, type Stats, statSync } from 'node:fs';
import path from 'node:path';

export interface FolderContext {
  platform: NodeJS.Platform;
  /** The folder in which this user's policy-wraps keep what they write. */
  state: string;
  /** Undefined on Windows. */
  uid: number | undefined;
}

/** As long as a name in the folder may be. Bytes. */
export const LONGEST_SOCKET_NAME = 36;
/** What the address of a Unix socket may be long, without its end (`sun_path`). Bytes. */
const LONGEST_ADDRESS = { linux: 107, other: 103 };
const SPARE = /^\/tmp\/policy-wrap-\d+-[0-9a-f]{8}$/;

/** Where we are. */
export function folderContext(state: string): FolderContext {
  return { platform: process.platform, state, uid: process.getuid?.() };
}

/**
 * The folders that may hold the private sockets of a user, the preferred first. Whoever serves takes the first that
 * works; whoever looks for sockets looks into all. None depends on the session: a client that is started from a
 * desktop, a shell over ssh and a cron job of one user differ in XDG_RUNTIME_DIR and TMPDIR, and must find each other.
 */
export function privateFolders({ platform, state, uid }: FolderContext): string[] {
  const paths = platform === 'win32' ? path.win32 : path.posix;
  const preferred = paths.join(state, 'approvals');
  if (platform === 'win32') return [preferred];
  const digest = createHash('sha256').update(state).digest('hex').slice(0, 8);
  // For addresses that would be too long, and for file systems that hold no sockets.
  const spare = `/tmp/policy-wrap-${uid}-${digest}`;
  const longest = LONGEST_ADDRESS[platform === 'linux' ? 'linux' : 'other'];
  const fits = Buffer.byteLength(preferred) + 1 + LONGEST_SOCKET_NAME <= longest;
  return fits ? [preferred, spare] : [spare];
}

/** Makes the folder, or makes sure of it: ours, for nobody else, and no link. Throws where that cannot be had. */
export function makePrivateFolder(folder: string): void {
  makeFolder(folder);
  const stats = lstatSync(folder);
  const uid = process.getuid?.();
  if (uid === undefined) return;
  if (!stats.isDirectory()) throw new Error(`${folder} is no folder`);
  if (stats.uid !== uid) throw new Error(`${folder} belongs to somebody else`);
  if ((stats.mode & 0o777) !== 0o700) chmodSync(folder, 0o700);
}

/** Whether what is in the folder was put there by nobody but this user. */
export function isPrivate(stats: Stats): boolean {
  const uid = process.getuid?.();
  if (!stats.isDirectory()) return false;
  return uid === undefined || (stats.uid === uid && (stats.mode & 0o077) === 0);
}

/** Removes a spare folder that nothing is in any more. Whoever is about to use it has to make it again. */
export function removeIfSpare(folder: string): void {
  if (!SPARE.test(folder)) return;
  try {
    rmdirSync(folder);
  } catch {}
}

/** One folder after the other: Node's own way of making them all does not end where one cannot be made (below /proc). */
function makeFolder(folder: string): void {
  if (lstatSync(folder, { throwIfNoEntry: false })) return;
  const parent = path.dirname(folder);
  if (parent !== folder && !statSync(parent, { throwIfNoEntry: false })?.isDirectory()) makeFolder(parent);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process was faster.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
