import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';

const CHUNK = 64 * 1024;

/** Why a file is not read. */
export type Unread = 'a folder' | 'no file' | 'too large';

/**
 * The bytes of a file, when it is one and has no more than `most` of them. Devices, pipes and sockets are not even
 * opened: some never end, and our own stdin is the client's. What the file system says of the size is not relied on.
 * @throws what the file system throws
 */
export function readUpTo(most: number, file: string): Buffer | Unread {
  const stats = statSync(file);
  if (stats.isDirectory()) return 'a folder';
  if (!stats.isFile()) return 'no file';
  if (stats.size > most) return 'too large';
  // Not blocking: a pipe may have taken the place of the file since, and nobody may ever write to it.
  const opened = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    return fstatSync(opened).isFile() ? readOpened(opened, most) : 'no file';
  } finally {
    closeSync(opened);
  }
}

function readOpened(opened: number, most: number): Buffer | 'too large' {
  const chunks: Buffer[] = [];
  for (let size = 0; size <= most; ) {
    const chunk = Buffer.allocUnsafe(CHUNK);
    const length = readSync(opened, chunk, 0, CHUNK, null);
    if (length === 0) return Buffer.concat(chunks, size);
    chunks.push(chunk.subarray(0, length));
    size += length;
  }
  return 'too large';
}
