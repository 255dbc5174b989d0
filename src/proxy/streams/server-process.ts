import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import spawn from 'cross-spawn';
import { isPipe } from './stdio.js';

const STDERR = 2;

/** How the server ended. */
export interface ServerExit {
  /** The exit code that policy-wrap passes on: the server's own, or 128 + the number of the signal. */
  code: number;
  /** In words, for messages: `code 1`, `signal SIGKILL`. */
  how: string;
  /** Set when the server could not be started at all. */
  startError?: NodeJS.ErrnoException;
}

export interface ServerProcess {
  stdin: Writable;
  stdout: Readable;
  /** What the server writes for people, where it does not write to our own stderr. */
  stderr: Readable | undefined;
  exited: Promise<ServerExit>;
  /** Resolves once the server runs; never when it cannot be started. */
  started: Promise<void>;
  /** Sends a signal to the server and to all that it has started. Nothing happens when they are gone. */
  kill(signal: NodeJS.Signals): void;
}

/**
 * Starts the server: its environment and working directory are ours. On POSIX it leads a process group, so that what
 * a launcher such as npx starts can be signalled too. cross-spawn finds `.cmd` shims on Windows.
 *
 * Its stderr is ours too, unless that is a pipe of POSIX: two processes that share one also share whether writing to
 * it blocks, and each of the two would change it under the other. Then ours could block for ever, signals and all.
 */
export function startServer(command: string, args: readonly string[]): ServerProcess {
  const detached = process.platform !== 'win32';
  const child = spawn(command, [...args], {
    stdio: ['pipe', 'pipe', detached && isPipe(STDERR) ? 'pipe' : 'inherit'],
    detached,
    windowsHide: true,
  });
  const { stdin, stdout, stderr } = child;
  if (stdin === null || stdout === null) throw new Error('the server has no pipes');
  const started = new Promise<void>((resolve) => child.once('spawn', resolve));
  return {
    stdin,
    stdout,
    stderr: stderr ?? undefined,
    started,
    exited: exitOf(child),
    kill: (signal) => kill(child, signal, detached),
  };
}

/** 127 and 126 are what shells answer for a command that is not found or may not be run. */
function exitOf(child: ChildProcess): Promise<ServerExit> {
  return new Promise((resolve) => {
    child.once('error', (startError: NodeJS.ErrnoException) => {
      // On Windows cmd.exe has started, and it is found out later that what it was to run is not there.
      if (child.pid !== undefined && !startError.syscall?.startsWith('spawn')) return;
      resolve({ code: startError.code === 'ENOENT' ? 127 : 126, how: 'not started', startError });
    });
    child.once('exit', (code, signal) => {
      if (signal !== null) resolve({ code: 128 + constants.signals[signal], how: `signal ${signal}` });
      else resolve({ code: code ?? 1, how: `code ${code}` });
    });
  });
}

function kill(child: ChildProcess, signal: NodeJS.Signals, group: boolean): void {
  if (child.pid === undefined) return;
  try {
    if (group) process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch {
    // The group is gone.
  }
}
