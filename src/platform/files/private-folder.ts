import { chmodSync, lstatSync, mkdirSync, type Stats, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Makes a folder for this user alone, with what is above it. One that is there stays as it is, and may be reached
 * through links. One after the other: Node's own way of making them all does not end where one cannot be made (below /proc).
 * @throws what the file system says where there is none then
 */
export function makeFolder(folder: string): void {
  if (isFolder(folder)) return;
  const parent = path.dirname(folder);
  if (parent !== folder) makeFolder(parent);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process was faster.
    if (!isFolder(folder)) throw error;
  }
}

/** Makes the folder, or makes sure of it: ours, for nobody else, and no link. Throws where that cannot be had. */
export function makePrivateFolder(folder: string): void {
  if (!lstatSync(folder, { throwIfNoEntry: false })) makeFolder(folder);
  const stats = lstatSync(folder);
  const uid = process.getuid?.();
  if (uid === undefined) return;
  if (!stats.isDirectory()) throw new Error(`${folder} is not a folder`);
  if (stats.uid !== uid) throw new Error(`${folder} belongs to somebody else`);
  if ((stats.mode & 0o777) !== 0o700) chmodSync(folder, 0o700);
}

/** Whether what is in the folder was put there by nobody but this user. */
export function isPrivate(stats: Stats): boolean {
  const uid = process.getuid?.();
  if (!stats.isDirectory()) return false;
  return uid === undefined || (stats.uid === uid && (stats.mode & 0o077) === 0);
}

function isFolder(folder: string): boolean {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
}
