import { fstatSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';

const STDOUT = 1;

/** The client's side: our own stdin and stdout. */
export interface Stdio {
  stdin: Readable;
  stdout: Writable;
}

/**
 * On POSIX `process.stdout` blocks the whole process while a pipe is full, signals and all, so a pipe is opened as a
 * socket of our own, which waits without blocking.
 */
export function openStdio(): Stdio {
  const stdout =
    isPipe(STDOUT) && process.platform !== 'win32'
      ? new Socket({ fd: STDOUT, readable: false, writable: true })
      : process.stdout;
  return { stdin: process.stdin, stdout };
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
