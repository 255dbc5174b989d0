import type { Readable } from 'node:stream';
import { findProgram } from '../../platform/processes/find-program.js';
import { type OwnedProcess, spawnOwned } from '../../platform/processes/owned-process.js';
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
    return endOf(spawnOwned(program, args, { stderr: 'pipe' }), input, signal, tell);
  } catch (error) {
    return Promise.resolve(startFailure(error));
  }
}

function endOf(
  program: OwnedProcess,
  input: string,
  signal: AbortSignal,
  tell: (line: string) => void,
): Promise<ProgramEnd> {
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
      program.endTree();
      for (const stream of [program.stdin, program.stdout, program.stderr]) stream?.destroy();
    };
    const giveUp = () => stop({ how: 'ended' });
    signal.addEventListener('abort', giveUp, { once: true });
    const read = collect(program.stdout, () => stop({ how: 'too much' }));
    if (program.stderr) relayStderr(program.stderr, tell);
    // It need not read.
    program.stdin.on('error', () => {});
    program.stdin.end(input);
    void program.exited.then(({ code, signal: killer, startError }) => {
      if (startError) return stop(startFailure(startError));
      const result = (): ProgramEnd =>
        killer === null
          ? { how: 'exited', code: code ?? 1, stdout: read() }
          : { how: 'killed', signal: killer };
      const timer = setTimeout(() => stop(result()), PATIENCE);
      void program.closed.then(() => {
        clearTimeout(timer);
        if (!stopped) program.release();
        end(result());
      });
    });
  });
}

/** Keeps what comes, until it is too much. Returns what gives all of it. */
function collect(stream: Readable, tooMuch: () => void): () => Uint8Array {
  const chunks: Uint8Array[] = [];
  let size = 0;
  stream.on('error', () => {});
  stream.on('data', (chunk: Uint8Array) => {
    size += chunk.length;
    if (size <= MOST_OUTPUT) chunks.push(chunk);
    else tooMuch();
  });
  return () => Buffer.concat(chunks);
}

/** A folder, or a file that may not be run, is not a program either, but it is there. */
function startFailure(error: unknown): ProgramEnd {
  const { code = String(error) } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' ? { how: 'not found' } : { how: 'not started', code };
}
