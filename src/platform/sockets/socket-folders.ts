import { createHash } from 'node:crypto';
import { rmdirSync } from 'node:fs';
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

/** Removes a spare folder that nothing is in any more. Whoever is about to use it has to make it again. */
export function removeIfSpare(folder: string): void {
  if (!SPARE.test(folder)) return;
  try {
    rmdirSync(folder);
  } catch {}
}
