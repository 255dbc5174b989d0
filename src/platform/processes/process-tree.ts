import { spawn, spawnSync } from 'node:child_process';
import { treeSignal } from './tree-signal.js';

/** At our exit a command that ends a tree is waited for no longer. Milliseconds. */
const LONGEST_AT_EXIT = 5_000;

/** What this needs of the operating system. */
export interface TreeSystem {
  platform: NodeJS.Platform;
  /** @throws as `process.kill` does */
  kill(pid: number, signal: NodeJS.Signals | 0): void;
  /** Runs a command; `done` is called once, with whether it has succeeded. */
  run(program: string, args: string[], done: (succeeded: boolean) => void): void;
  /** Runs a command to its end. Does not throw. */
  runNow(program: string, args: string[]): void;
}

/**
 * A process that we have started, with all that it has started, and that may outlive it. Nothing is sent to a number
 * that may belong to somebody else. On POSIX the system gives the number of a group to nobody while one of the group is
 * left: from the end of the first process on, the group is looked for at once, and given up when it is not there. On
 * Windows the tree cannot be found any more when the first process has ended.
 */
export class ProcessTree {
  readonly #pid: number | undefined;
  readonly #endFirst: () => void;
  readonly #system: TreeSystem;
  #gone: boolean;
  #command: Promise<void> | undefined;

  /**
   * @param pid of the first process, undefined when it could not be started
   * @param endFirst ends the first process alone, when Windows cannot end the tree
   */
  constructor(pid: number | undefined, endFirst: () => void, system: TreeSystem = thisSystem) {
    this.#pid = pid;
    this.#gone = pid === undefined;
    this.#endFirst = endFirst;
    this.#system = system;
  }

  /** Whether nothing is left that could be sent a signal. */
  get gone(): boolean {
    return this.#gone;
  }

  /** To be called in the tick in which the end of the first process is known. */
  firstEnded(): void {
    if (this.#system.platform === 'win32') this.#gone = true;
    else this.#signalGroup(0);
  }

  /** Sends a signal to the whole tree. Never throws. Resolves once it is sent; on Windows, once the tree was ended. */
  async signal(signal: NodeJS.Signals): Promise<void> {
    const command = this.#commandFor(signal);
    // The command that runs already does the same.
    if (command) this.#command ??= this.#run(command).finally(() => (this.#command = undefined));
    await this.#command;
  }

  /** The same while we exit, when nothing can be waited for: it is done when this returns. */
  signalNow(signal: NodeJS.Signals): void {
    const command = this.#commandFor(signal);
    if (command) this.#system.runNow(command.program, command.args);
  }

  /** Sends the signal, unless a command has to be run for it. */
  #commandFor(signal: NodeJS.Signals): { program: string; args: string[] } | undefined {
    if (this.#gone || this.#pid === undefined) return undefined;
    const how = treeSignal(this.#system.platform, this.#pid, signal);
    if (how === undefined) return undefined;
    if ('program' in how) return how;
    this.#signalGroup(signal);
    return undefined;
  }

  #run({ program, args }: { program: string; args: string[] }): Promise<void> {
    return new Promise((resolve) => {
      this.#system.run(program, args, (succeeded) => {
        if (!succeeded && !this.#gone) this.#endFirst();
        resolve();
      });
    });
  }

  #signalGroup(signal: NodeJS.Signals | 0): void {
    if (this.#gone || this.#pid === undefined) return;
    try {
      this.#system.kill(-this.#pid, signal);
    } catch (error) {
      // Other errors are of groups that are there: macOS forbids to signal one whose last process is about to end.
      this.#gone = (error as NodeJS.ErrnoException).code === 'ESRCH';
    }
  }
}

const thisSystem: TreeSystem = {
  platform: process.platform,
  kill: (pid, signal) => void process.kill(pid, signal),
  run(program, args, done) {
    try {
      spawn(program, args, { windowsHide: true, stdio: 'ignore' })
        .on('error', () => done(false))
        .on('exit', (code) => done(code === 0));
    } catch {
      done(false);
    }
  },
  runNow: (program, args) =>
    void spawnSync(program, args, { windowsHide: true, stdio: 'ignore', timeout: LONGEST_AT_EXIT }),
};
