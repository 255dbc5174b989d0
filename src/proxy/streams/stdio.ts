import { fstatSync } from 'node:fs';
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

export function isPipe(fd: number): boolean {
  const stats = fstatSync(fd);
  return stats.isFIFO() || stats.isSocket();
}
