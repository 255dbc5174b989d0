import { fstatSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import { ByteSource } from './reading/byte-source.js';

const STDIN = 0;
const STDOUT = 1;

/** The client's side: our own stdin and stdout. */
export interface Stdio {
  stdin: ByteSource;
  stdout: Writable;
}

/**
 * On POSIX `process.stdout` blocks the whole process while a pipe is full, signals and all, so a pipe is opened as a
 * socket of our own, which waits without blocking.
 */
export function openStdio(): Stdio {
  const isPosix = process.platform !== 'win32';
  const stdout =
    isPosix && isPipe(STDOUT) ? new Socket({ fd: STDOUT, readable: false, writable: true }) : process.stdout;
  const stdin = isPosix && isPipe(STDIN) ? ByteSource.ofPipe(STDIN) : ByteSource.ofStream(process.stdin);
  return { stdin, stdout };
}

/**
 * Whether somebody may still read our stdout. That of a socket, which Node's clients have, is asked by writing nothing;
 * of a pipe nothing tells but a write.
 */
export function mayBeRead(): boolean {
  try {
    if (fstatSync(STDOUT).isSocket()) writeSync(STDOUT, Buffer.alloc(0));
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'EPIPE';
  }
}

export function isPipe(fd: number): boolean {
  const stats = fstatSync(fd);
  return stats.isFIFO() || stats.isSocket();
}
