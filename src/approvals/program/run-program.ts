import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import spawn from 'cross-spawn';
import { findProgram } from '../../platform/processes/find-program.js';
import { endTree, endWithUs } from '../../platform/processes/process-tree.js';
import { relayStderr } from './program-stderr.js';

/** How a program ended. `ended`: by us, since nobody needs its answer any more. */
export type ProgramEnd =
  | { how: 'exited'; code: number; stdout: Uint8Array }
  | { how: 'killed'; signal: NodeJS.Signals }
  | { how: 'not found' | 'too much' | 'ended' }
  | { how: 'not started'; code: string };

/** An answer is a line or two. Bytes. */
const MOST_OUTPUT = 64 * 1024;
/** What a program leaves running may hold its stdout open; that is waited for no longer than this. Milliseconds. */
const PATIENCE = 1_000;

/**
 * Starts a program without a shell, writes a text to its stdin and waits for its end. Its environment and working
 * directory are ours, and it does not outlive us. Never rejects.
 * @param signal ends it, and all that it has started
 * @param tell what it writes to its stderr, line by line
 */
export function runProgram(
  [name = '', ...args]: readonly string[],
  input: string,
  signal: AbortSignal,
  tell: (line: string) => void,
): Promise<ProgramEnd> {
  if (signal.aborted) return Promise.resolve({ how: 'ended' });
  const program = findProgram(name);
  if (program === undefined) return Promise.resolve({ how: 'not found' });
  try {
    return endOf(start(program, args), input, signal, tell);
  } catch (error) {
    return Promise.resolve(startFailure(error));
  }
}

/** On POSIX it leads a process group, so that what it starts can be ended too. cross-spawn starts `.cmd` on Windows. */
function start(program: string, args: readonly string[]): ChildProcess {
  return spawn(program, [...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
}

function endOf(
  child: ChildProcess,
  input: string,
  signal: AbortSignal,
  tell: (line: string) => void,
): Promise<ProgramEnd> {
  const { release } = endWithUs(child);
  return new Promise((resolve) => {
    const end = (result: ProgramEnd) => {
      signal.removeEventListener('abort', giveUp);
      resolve(result);
    };
    let stopped = false;
    const stop = (result: ProgramEnd) => {
      if (stopped) return;
      stopped = true;
      end(result);
      endTree(child, release);
      for (const stream of child.stdio ?? []) stream?.destroy();
    };
    const giveUp = () => stop({ how: 'ended' });
    signal.addEventListener('abort', giveUp, { once: true });
    const read = collect(child.stdout, () => stop({ how: 'too much' }));
    if (child.stderr) relayStderr(child.stderr, tell);
    // It need not read.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
    // On Windows cross-spawn says so of a shell that has found no program, in the place of `exit`.
    child.once('error', (error) => stop(startFailure(error)));
    child.once('exit', (code, killer) => {
      const result = (): ProgramEnd =>
        killer === null
          ? { how: 'exited', code: code ?? 1, stdout: read() }
          : { how: 'killed', signal: killer };
      const timer = setTimeout(() => stop(result()), PATIENCE);
      child.once('close', () => {
        clearTimeout(timer);
        if (!stopped) release();
        end(result());
      });
    });
  });
}

/** Keeps what comes, until it is too much. Returns what gives all of it. */
function collect(stream: Readable | null, tooMuch: () => void): () => Uint8Array {
  const chunks: Uint8Array[] = [];
  let size = 0;
  stream?.on('error', () => {});
  stream?.on('data', (chunk: Uint8Array) => {
    size += chunk.length;
    if (size <= MOST_OUTPUT) chunks.push(chunk);
    else tooMuch();
  });
  return () => Buffer.concat(chunks);
}

/** A folder, or a file that may not be run, is no program either, but it is there. */
function startFailure(error: unknown): ProgramEnd {
  const { code = String(error) } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' ? { how: 'not found' } : { how: 'not started', code };
}
