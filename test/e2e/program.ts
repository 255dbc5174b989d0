import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { onTestFinished } from 'vitest';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
/** The built program, as it is published. */
export const PROGRAM = path.join(root, 'bin/policy-wrap.js');

/** The path of a fixture server. */
export function fixture(name: string): string {
  return path.join(root, 'test/fixtures/servers', name);
}

/** The entry of a server from npm, to be started with node. */
export function npmServer(name: 'everything' | 'filesystem' | 'memory'): string {
  return createRequire(import.meta.url).resolve(`@modelcontextprotocol/server-${name}/dist/index.js`);
}

/** A folder of its own for one test: the working directory, the user's config and state. Gone afterwards. */
export class Place {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'policy-wrap-test-'));
  readonly work = path.join(this.folder, 'work');

  constructor() {
    mkdirSync(this.work);
    onTestFinished(() => rmSync(this.folder, { recursive: true, force: true }));
  }

  get env(): Record<string, string> {
    const { NODE_EXTRA_CA_CERTS: _, POLICY_WRAP_CONFIG: __, ...env } = process.env as Record<string, string>;
    const config = path.join(this.folder, 'config');
    const state = path.join(this.folder, 'state');
    return { ...env, NO_COLOR: '1', HOME: this.folder, XDG_CONFIG_HOME: config, XDG_STATE_HOME: state };
  }

  /** Writes a file below the working directory and returns its path. */
  write(name: string, text: string): string {
    const file = path.join(this.work, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  /** The lines of the audit log, of whichever server. */
  audit(): Record<string, unknown>[] {
    const folder = path.join(this.folder, 'state', 'policy-wrap');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.jsonl'),
    );
    const text = files.map((file) => readFileSync(path.join(folder, file), 'utf8')).join('');
    return text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }
}

/** The program under test, spoken to in lines. */
export class Wrapped {
  readonly process: ReturnType<typeof start>;
  readonly lines: string[] = [];
  #rest = '';
  #wake: () => void = () => {};

  constructor(place: Place, args: readonly string[]) {
    this.process = start(place, args);
    this.process.stdout.on('data', (chunk: Buffer) => {
      const parts = (this.#rest + chunk.toString('latin1')).split('\n');
      this.#rest = parts.pop() ?? '';
      this.lines.push(...parts.map((line) => Buffer.from(line, 'latin1').toString('utf8')));
      this.#wake();
    });
    this.process.stdout.on('end', () => this.#wake());
    onTestFinished(() => void this.process.kill('SIGKILL'));
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

  /** The first line that fits, come or still to come. Lines that were waited for before are not looked at again. */
  async until<T = Record<string, unknown>>(fits: (message: Record<string, unknown>) => boolean): Promise<T> {
    for (let seen = 0; ; ) {
      for (; seen < this.lines.length; seen++) {
        const message = JSON.parse(this.lines[seen] ?? '') as Record<string, unknown>;
        if (fits(message)) return message as T;
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      if (this.process.stdout.readableEnded && seen === this.lines.length)
        throw new Error(`stdout ended; lines: ${this.lines.join('\n')}`);
    }
  }

  answer<T = Record<string, unknown>>(id: string | number): Promise<T> {
    return this.until<T>((message) => message['id'] === id && !('method' in message));
  }

  /** Sends a request and waits for its answer. */
  request<T = Record<string, unknown>>(id: string | number, method: string, params?: unknown): Promise<T> {
    this.send({ id, method, params });
    return this.answer<T>(id);
  }

  /** Ends the client's side and waits for the end of the program. */
  async end(): Promise<{ exitCode: number | undefined; stderr: string }> {
    this.process.stdin.end();
    const { exitCode, stderr } = await this.process;
    return { exitCode, stderr };
  }
}

function start(place: Place, args: readonly string[]) {
  return execa(process.execPath, [PROGRAM, ...args], {
    cwd: place.work,
    env: place.env,
    extendEnv: false,
    reject: false,
    stdin: 'pipe',
    buffer: { stdout: false, stderr: true },
  });
}
