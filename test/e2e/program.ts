import { execa } from 'execa';
import { onTestFinished } from 'vitest';
import { fixture, type Place, PROGRAM } from './place.js';

export interface StartOptions {
  /** Added to the environment. */
  env?: Record<string, string>;
  /** Nothing is read from stdout until `read` is called. */
  unread?: boolean;
  /** The test reads from stdout itself. */
  raw?: boolean;
  /** A program for node that is started in its place, with it and its arguments as arguments. */
  through?: string;
  /** The working directory, where it is not that of the place. */
  cwd?: string;
  /** The user and group it runs as. */
  uid?: number;
  /** The program, where it is not the one of this folder. */
  program?: string;
}

/** The program under test, spoken to in lines. */
export class Wrapped {
  readonly process: ReturnType<typeof start>;
  readonly lines: string[] = [];
  /** What stderr has said so far. */
  stderr = '';
  #rest = '';
  #ended = false;
  readonly #waiting = new Set<() => void>();

  constructor(place: Place, args: readonly string[], options: StartOptions = {}) {
    const { unread = false, raw = false } = options;
    this.process = start(place, args, options);
    if (!raw) this.#listen();
    // Otherwise execa reads what nobody else does.
    if (unread || raw) this.process.stdout.pause();
    this.process.stderr.on('data', (chunk: Buffer) => {
      this.stderr += chunk.toString('utf8');
      this.#wake();
    });
    onTestFinished(async () => {
      // Not SIGKILL: the server would be left behind.
      this.process.kill('SIGTERM');
      await this.process;
    });
  }

  /** Wraps the recording server. */
  static recorder(place: Place, options: readonly string[] = [], start: StartOptions = {}): Wrapped {
    return new Wrapped(
      place,
      [...options, '--', process.execPath, fixture('recorder.mjs'), place.record],
      start,
    );
  }

  /** Wraps a server given as the text of a program. */
  static script(place: Place, text: string, start: StartOptions = {}): Wrapped {
    const server = place.write('server.mjs', text);
    return new Wrapped(place, ['--', process.execPath, server], start);
  }

  /** Begins to read from stdout. */
  read(): void {
    this.process.stdout.resume();
  }

  #listen(): void {
    this.process.stdout.on('data', (chunk: Buffer) => {
      const parts = (this.#rest + chunk.toString('latin1')).split('\n');
      this.#rest = parts.pop() ?? '';
      this.lines.push(...parts.map((line) => Buffer.from(line, 'latin1').toString('utf8')));
      this.#wake();
    });
    this.process.stdout.on('end', () => {
      this.#ended = true;
      this.#wake();
    });
  }

  /** What is left on stdout behind the last line end. */
  get rest(): string {
    return this.#rest;
  }

  send(message: unknown): void {
    this.sendLine(
      typeof message === 'string' ? message : JSON.stringify({ jsonrpc: '2.0', ...(message as object) }),
    );
  }

  sendLine(line: string | Uint8Array): void {
    this.process.stdin.write(Buffer.concat([Buffer.from(line), Buffer.from('\n')]));
  }

  /** The first line that fits, come or still to come. */
  async until<T = Record<string, unknown>>(fits: (message: Record<string, unknown>) => boolean): Promise<T> {
    for (let seen = 0; ; ) {
      for (; seen < this.lines.length; seen++) {
        const message = JSON.parse(this.lines[seen] ?? '') as Record<string, unknown>;
        if (fits(message)) return message as T;
      }
      if (this.#ended) throw new Error(`stdout ended\n${this.lines.join('\n')}\n${this.stderr}`);
      await this.#change();
    }
  }

  /** Waits until stderr has said something. */
  async told(words: string | RegExp): Promise<void> {
    while (!(typeof words === 'string' ? this.stderr.includes(words) : words.test(this.stderr)))
      await this.#change();
  }

  answer<T = Record<string, unknown>>(id: string | number): Promise<T> {
    return this.until<T>((message) => message['id'] === id && !('method' in message));
  }

  /** Sends a request and waits for its answer. */
  request<T = Record<string, unknown>>(id: string | number, method: string, params?: unknown): Promise<T> {
    this.send({ id, method, params });
    return this.answer<T>(id);
  }

  /** Calls a tool and waits for the answer. */
  call<T = Record<string, unknown>>(id: string | number, name: string, args: unknown = {}): Promise<T> {
    return this.request<T>(id, 'tools/call', { name, arguments: args });
  }

  /** Ends the client's side and waits for the end of the program. */
  async end(): Promise<{ exitCode: number | undefined; stderr: string }> {
    this.process.stdin.end();
    const { exitCode } = await this.process;
    return { exitCode, stderr: this.stderr };
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#waiting.add(resolve));
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}

function start(
  place: Place,
  args: readonly string[],
  { env = {}, through, uid, program = PROGRAM, cwd = place.work }: StartOptions,
) {
  const user = uid === undefined ? {} : { uid, gid: uid };
  return execa(process.execPath, [...(through ? [through] : []), program, ...args], {
    cwd,
    env: { ...place.env, ...env },
    extendEnv: false,
    reject: false,
    stdin: 'pipe',
    buffer: false,
    // What ends after a signal, and when, is what is tested.
    forceKillAfterDelay: false,
    ...user,
  });
}
