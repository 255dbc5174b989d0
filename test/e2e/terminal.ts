import { spawn, spawnSync } from 'node:child_process';
import { execa } from 'execa';
import { onTestFinished } from 'vitest';
import { skip } from '../skip.js';
import { type Place, PROGRAM } from './place.js';

const why = whyNot();
/** Whether there is no pseudo-terminal here. */
export const NO_TERMINAL = skip(why !== undefined, `${why}`);

/** The program at a terminal, with somebody who types. */
export class Terminal {
  /** All that was on the screen. */
  screen = '';
  readonly exited: Promise<number | null>;
  readonly #process;
  readonly #waiting = new Set<() => void>();

  constructor(place: Place, args: readonly string[], env: Record<string, string> = {}) {
    const command = [process.execPath, PROGRAM, ...args].map((word) => `'${word}'`).join(' ');
    this.#process = spawn('script', ['-qec', command, '/dev/null'], {
      cwd: place.work,
      env: { ...place.env, ...env },
    });
    this.#process.stdout.on('data', (chunk: Buffer) => {
      this.screen += chunk.toString('utf8');
      for (const wake of this.#waiting) wake();
    });
    this.exited = new Promise((resolve) => this.#process.once('exit', resolve));
    onTestFinished(() => void this.#process.kill('SIGKILL'));
  }

  type(keys: string): void {
    this.#process.stdin.write(keys);
  }

  /** Waits until the screen has shown something new behind a place, and returns the place behind it. */
  async shows(words: string, from = 0): Promise<number> {
    for (;;) {
      const at = this.screen.indexOf(words, from);
      if (at !== -1) return at + words.length;
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }
}

function whyNot(): string | undefined {
  if (process.platform !== 'linux') return 'a pseudo-terminal comes from `script` of util-linux';
  const { stdout } = spawnSync('script', ['--version'], { encoding: 'utf8' });
  return stdout?.includes('util-linux') ? undefined : '`script` of util-linux is not installed';
}

/** What the program has on the screen of a terminal of so many columns when it has ended. */
export async function screenOf(
  place: Place,
  args: readonly string[],
  { columns = 80, env = {} }: { columns?: number; env?: Readonly<Record<string, string>> } = {},
): Promise<string> {
  const command = [process.execPath, PROGRAM, ...args].map((word) => `'${word}'`).join(' ');
  const { stdout } = await execa('script', ['-qec', `stty cols ${columns}; ${command}`, '/dev/null'], {
    cwd: place.work,
    env: { ...place.env, TERM: 'xterm', ...env },
    extendEnv: false,
    stdin: 'pipe',
    reject: false,
  });
  return stdout.replaceAll('\r\n', '\n').trimEnd();
}
