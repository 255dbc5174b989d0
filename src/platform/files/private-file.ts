import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';

/** Where the system has them. A pipe in the place of a file is not waited for, and a link is not followed. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * The whole of a file that nobody but this user can have written; undefined where there is none, and where anything about it
 * is odd: a link, another owner, rights of others, a second name, more bytes than `largest`, fewer than it is said to have.
 */
export function readPrivate(file: string, largest: number): Buffer | undefined {
  try {
    const opened = openSync(file, FLAGS);
    try {
      const stats = fstatSync(opened);
      return isOurs(stats) && stats.size <= largest ? contentOf(opened, stats.size) : undefined;
    } finally {
      closeSync(opened);
    }
  } catch {
    return undefined;
  }
}

function isOurs(stats: Stats): boolean {
  const uid = process.getuid?.();
  if (!stats.isFile() || stats.nlink !== 1) return false;
  return uid === undefined || (stats.uid === uid && (stats.mode & 0o077) === 0);
}

function contentOf(opened: number, size: number): Buffer | undefined {
  const content = Buffer.allocUnsafeSlow(size);
  return readSync(opened, content, 0, size, 0) === size ? content : undefined;
}
