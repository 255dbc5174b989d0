import { type ChildProcess, spawn } from 'node:child_process';
import { PassThrough, type Readable, type Writable } from 'node:stream';
import { atExit, exitOnSignals } from './at-exit.js';
import { ProcessTree } from './process-tree.js';
import { spawnOnWindows } from './windows-spawn.js';

/** The time to end after being asked to. Milliseconds. */
const UNTIL_KILL = 2_000;

export interface OwnedOptions {
  cwd?: string | undefined;
  /** Instead of our own environment. */
  env?: Readonly<Record<string, string | undefined>> | undefined;
  stderr: 'pipe' | 'inherit';
  /** What its tree is sent when we exit before it. SIGKILL, unless it has something to clean up that SIGTERM lets it. */
  lastSignal?: NodeJS.Signals | undefined;
  /** SIGINT, SIGTERM and SIGHUP are an exit of ours while we own it. For callers that do not handle them themselves. */
  exitOnSignals?: boolean;
}

/** How a process of ours has ended: one of the two, or why it could not be started. */
export interface ProcessExit {
  code: number | null;
  signal: NodeJS.Signals | null;
  startError?: NodeJS.ErrnoException;
}

/** A process of ours. It and all that it has started end with us, until it is released. */
export interface OwnedProcess {
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** Undefined when it writes to our own. */
  readonly stderr: Readable | undefined;
  /** Resolves once it runs; never when it cannot be started. */
  readonly started: Promise<void>;
  /** Resolves when it has ended, whatever it has left running; also when it could not be started. */
  readonly exited: Promise<ProcessExit>;
  /** Resolves when it has ended and nobody holds its pipes open any more. */
  readonly closed: Promise<void>;
  /**
   * Sends a signal to it and to all that it has started and that is left. Nothing happens when that is gone. Windows has
   * no signals: there those that end a process end the tree at once.
   */
  signal(signal: NodeJS.Signals): void;
  /** Asks the tree to end, ends what is left of it 2 s later, and releases it. Windows cannot ask. */
  endTree(): void;
  /** What it has left running may outlive us. Not to be called while it runs. */
  release(): void;
}

/**
 * Starts a process without a shell, in the group of its own that POSIX has for a tree. Our working directory and
 * environment are its own, unless the options say otherwise. cross-spawn starts the `.cmd` files of Windows.
 * @throws what Node does not even try to start, such as a name with a NUL in it; other failures are in `exited`
 */
export function spawnOwned(
  command: string,
  args: readonly string[],
  { cwd, env = process.env, stderr, lastSignal = 'SIGKILL', ...options }: OwnedOptions,
): OwnedProcess {
  const start = process.platform === 'win32' ? spawnOnWindows : spawn;
  const child = start(command, [...args], {
    stdio: ['pipe', 'pipe', stderr],
    detached: process.platform !== 'win32',
    windowsHide: true,
    cwd,
    env,
  });
  const tree = new ProcessTree(child.pid, () => child.kill());
  const releases = [
    atExit(() => tree.signalNow(lastSignal)),
    options.exitOnSignals ? exitOnSignals() : () => {},
  ];
  const release = () => {
    for (const each of releases) each();
  };
  const exited = exitOf(child, () => {
    tree.firstEnded();
    if (tree.gone) release();
  });
  return {
    // Where no file descriptor was left there are none, and why is in `exited`.
    stdin: child.stdin ?? new PassThrough().resume(),
    stdout: child.stdout ?? new PassThrough(),
    stderr: child.stderr ?? undefined,
    started: new Promise((resolve) => child.once('spawn', resolve)),
    exited,
    closed: new Promise((resolve) => child.once('close', () => resolve())),
    signal: (signal) => void tree.signal(signal),
    endTree: () => void endTree(tree).then(release),
    release,
  };
}

/** @param ended is called in the tick in which the end is known */
function exitOf(child: ChildProcess, ended: () => void): Promise<ProcessExit> {
  return new Promise((resolve) => {
    child.on('error', (startError: NodeJS.ErrnoException) => {
      // A signal that could not be sent is an error, too. On Windows cmd.exe has started, and it is found out later that
      // what it was to run is not there: cross-spawn says so in the place of `exit`.
      if (child.pid !== undefined && !startError.syscall?.startsWith('spawn')) return;
      ended();
      resolve({ code: null, signal: null, startError });
    });
    child.once('exit', (code, signal) => {
      ended();
      resolve({ code, signal });
    });
  });
}

async function endTree(tree: ProcessTree): Promise<void> {
  await tree.signal('SIGTERM');
  if (process.platform === 'win32') return;
  await new Promise<void>((resolve) => setTimeout(resolve, UNTIL_KILL).unref());
  await tree.signal('SIGKILL');
}
