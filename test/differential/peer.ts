import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';

/** A program that is spoken to in lines. */
export interface Command {
  command: string;
  args: readonly string[];
  cwd: string;
  env: Record<string, string>;
}

/** How long a program may take to end by itself, milliseconds. */
const PATIENCE = 5_000;
const MOST_TOLD = 4_000;

/** A server, or policy-wrap in front of one. */
export class Peer {
  /** What stderr said last. */
  told = '';
  #ended = false;
  #heardAt = performance.now();
  #rest = '';
  readonly #answered = new Set<unknown>();
  readonly #process: ReturnType<typeof start>;

  constructor(command: Command) {
    this.#process = start(command);
    this.#process.stdout.on('data', (chunk: Buffer) => this.#hear(chunk));
    this.#process.stderr.on('data', (chunk: Buffer) => {
      this.told = (this.told + chunk.toString('utf8')).slice(-MOST_TOLD);
    });
    // Some servers end at a hostile line, and more is written to them.
    this.#process.stdin.on('error', () => {});
    void this.#process.then(() => {
      this.#ended = true;
    });
  }

  /** Bytes, each a character. */
  send(lines: readonly string[]): void {
    this.#process.stdin.write(Buffer.from(lines.map((line) => `${line}\n`).join(''), 'latin1'));
  }

  /** Waits until all these requests are answered. False when it ends before, or says nothing for so many milliseconds. */
  async answers(ids: readonly string[], silence: number): Promise<boolean> {
    this.#heardAt = performance.now();
    while (!ids.every((id) => this.#answered.has(id))) {
      if (this.#ended || performance.now() - this.#heardAt > silence) return false;
      await sleep(5);
    }
    return true;
  }

  /** Ends its input, waits for its end, and says whether it ended by itself. */
  async end(): Promise<boolean> {
    const alive = !this.#ended;
    this.#process.stdin.end();
    const left = new AbortController();
    const late = sleep(PATIENCE, undefined, { signal: left.signal }).then(
      () => this.#process.kill(),
      () => {},
    );
    await this.#process;
    left.abort();
    await late;
    return alive;
  }

  #hear(chunk: Buffer): void {
    this.#heardAt = performance.now();
    const lines = (this.#rest + chunk.toString('latin1')).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      for (const id of idsOfAnswers(line)) this.#answered.add(id);
    }
  }
}

/** A line is an answer, a batch of them, or something else. */
function idsOfAnswers(line: string): unknown[] {
  try {
    const messages = [JSON.parse(line)].flat() as Record<string, unknown>[];
    return messages.filter((message) => !('method' in message)).map(({ id }) => id);
  } catch {
    return [];
  }
}

function start({ command, args, cwd, env }: Command) {
  return execa(command, args, {
    cwd,
    env,
    extendEnv: false,
    reject: false,
    stdin: 'pipe',
    buffer: false,
  });
}
