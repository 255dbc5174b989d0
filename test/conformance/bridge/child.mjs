import { spawn } from 'node:child_process';

const GRACE = 5_000; // ms that a server has to leave once its stdin has ended

/** A stdio server: lines in, lines out. */
export class Child {
  #process;
  /** Resolves when the process is gone and everything that it said was heard. */
  ended;

  /** `launch`: { command, cwd, env, stderr }, the last a file descriptor. */
  constructor({ command, cwd, env, stderr }, hear) {
    const [program, ...args] = command;
    this.#process = spawn(program, args, { cwd, env, stdio: ['pipe', 'pipe', stderr] });
    this.#process.stdin.on('error', () => undefined); // it has gone; `ended` tells
    this.#hear(hear);
    this.ended = new Promise((resolve) => {
      this.#process.on('error', resolve);
      this.#process.on('close', resolve);
    });
  }

  /** Only a line feed ends a line; Node's readline splits at more. */
  #hear(hear) {
    let rest = '';
    this.#process.stdout.setEncoding('utf8').on('data', (chunk) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop();
      for (const line of lines) hear(line);
    });
  }

  say(line) {
    this.#process.stdin.write(`${line}\n`);
  }

  /** Resolves when the process is gone. */
  async end() {
    this.#process.stdin.end();
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), GRACE);
    await this.ended;
    clearTimeout(timer);
  }
}
