import { constants } from 'node:os';
import { type OwnedProcess, type ProcessExit, spawnOwned } from '../../platform/processes/owned-process.js';
import { ByteSource } from './reading/byte-source.js';
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

export interface ServerProcess extends Pick<OwnedProcess, 'stdin' | 'started' | 'signal'> {
  stdout: ByteSource;
  /** What the server writes for people, where it does not write to our own stderr. */
  stderr: OwnedProcess['stderr'];
  exited: Promise<ServerExit>;
}

/**
 * Starts the server: its environment and working directory are ours.
 *
 * Its stderr is ours too, unless that is a pipe of POSIX: two processes that share one also share whether writing to
 * it blocks, and each of the two would change it under the other. Then ours could block for ever, signals and all.
 */
export function startServer(command: string, args: readonly string[]): ServerProcess {
  const shares = process.platform === 'win32' || !isPipe(STDERR);
  const owned = spawnOwned(command, args, { stderr: shares ? 'inherit' : 'pipe' });
  return { ...owned, stdout: ByteSource.ofStream(owned.stdout), exited: owned.exited.then(serverExit) };
}

/** 127 and 126 are what shells answer for a command that is not found or may not be run. */
function serverExit({ code, signal, startError }: ProcessExit): ServerExit {
  if (startError) return { code: startError.code === 'ENOENT' ? 127 : 126, how: 'not started', startError };
  if (signal !== null) return { code: 128 + constants.signals[signal], how: `signal ${signal}` };
  return { code: code ?? 1, how: `code ${code}` };
}
