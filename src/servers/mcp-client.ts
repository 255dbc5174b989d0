import { isRecord } from '../core/json/is-record.js';
import { oneLineJson } from '../core/json/value.js';
import { type OwnedProcess, spawnOwned } from '../platform/processes/owned-process.js';
import { TextLines } from '../platform/text-lines.js';
import { KeptText } from './kept-text.js';
import { brokenAnswer, DECLINED } from './odd-messages.js';
import { endedEarly, notJson, notStarted, tooLate, tooMuch, type Written } from './server-failures.js';
import type { ServerToolsError } from './server-tools.js';
import { StrayOutput } from './stray-output.js';

/** How a server is started. */
export interface ServerStart {
  command: string;
  args: readonly string[];
  /** Instead of our own environment. */
  env?: Readonly<Record<string, string | undefined>>;
  cwd?: string;
  /** Who the server is told that it speaks to. */
  client?: { name: string; capabilities: Result };
  /** What the server asks of its client is put to this; what it does not answer, is declined. */
  answer?: (method: string, params: Result) => Promise<Result> | undefined;
  /** The server's stderr is ours, instead of being kept. */
  stderrShown?: boolean;
  /** What it is sent when this process ends before it; SIGKILL where it has to clean nothing up. */
  lastSignal?: NodeJS.Signals;
  /** How long it may take to end once it was told to, where that is not what clients give. Milliseconds. */
  patience?: number;
  /** How long one answer may take. Milliseconds. */
  timeout: number;
}

/** An answer that is an error (JSON-RPC 2.0 section 5.1). */
export class AnswerError extends Error {
  constructor(
    readonly errorCode: number,
    message: string,
    readonly data: unknown,
  ) {
    super(message);
  }
}

type Result = Record<string, unknown>;

/** An answer, and the line that it came in. */
export interface Answer {
  result: Result;
  line: string;
}

/** How long a server may take to end once its input is closed, and again once it was told to: as with the SDK's client. Milliseconds. */
const PATIENCE = 2_000;
/** A list of ten thousand tools with long descriptions fits. Characters of one line. */
const LONGEST_LINE = 64 * 1024 * 1024;

/**
 * A server that was started, spoken to as its client: newline-delimited JSON-RPC over its stdio. Small on purpose: the SDK's
 * client would be as large as all that uses it. The server is ended with `close`, whatever happened.
 */
export class McpClient {
  readonly #server: OwnedProcess;
  readonly #start: ServerStart;
  readonly #open = new Map<
    number,
    { method: string; resolve(answer: Answer): void; reject(error: Error): void }
  >();
  #failure: ServerToolsError | undefined;
  readonly #stderr = new KeptText();
  readonly #stray = new StrayOutput();
  readonly #lines: TextLines;
  #last = 0;
  #read = 0;

  constructor(start: ServerStart) {
    this.#start = start;
    const { command, args, cwd, env, lastSignal } = start;
    const stderr = start.stderrShown ? 'inherit' : 'pipe';
    this.#server = spawnOwned(command, args, { stderr, env, cwd, lastSignal, exitOnSignals: true });
    void this.#server.exited.then((exit) => {
      if (exit.startError) this.#fail(notStarted(command, exit.startError));
      // What it has written last may still be on the way.
      else setTimeout(() => this.#fail(endedEarly(command, exit, this.#written())), 50);
    });
    this.#server.stdin.on('error', () => {});
    this.#server.stderr?.on('data', (chunk: Buffer) => this.#stderr.add(chunk));
    this.#lines = new TextLines({
      longest: LONGEST_LINE,
      onLine: (line) => this.#take(line),
      onTooLong: () => this.#fail(tooMuch(command, this.#written())),
    });
    this.#server.stdout.on('data', (chunk: Buffer) => this.#lines.add(chunk));
  }

  /** How much the server has answered so far. Characters. */
  get read(): number {
    return this.#read;
  }

  /** The beginning and the end of what the server has written on stderr so far. */
  get stderr(): string {
    return this.#stderr.text;
  }

  /**
   * Asks the server.
   * @throws {AnswerError} when the answer is an error
   * @throws {ServerToolsError} when none comes
   */
  async request(method: string, params: Result): Promise<Result> {
    return (await this.ask(method, params)).result;
  }

  /** The same, with the answer as it was written. */
  ask(method: string, params: Result): Promise<Answer> {
    const id = this.#last++;
    let timer: NodeJS.Timeout | undefined;
    const answered = new Promise<Answer>((resolve, reject) => {
      if (this.#failure) return reject(this.#failure);
      const { command, timeout } = this.#start;
      timer = setTimeout(() => reject(tooLate(command, method, timeout, this.#written())), timeout);
      this.#open.set(id, { method, resolve, reject });
      this.#send({ id, method, params });
    });
    return answered.finally(() => {
      clearTimeout(timer);
      this.#open.delete(id);
    });
  }

  notify(method: string): void {
    this.#send({ method });
  }

  /** Ends the server as clients do: its input is closed, and it is given time to go; then it and all it has started are killed. */
  async close(): Promise<void> {
    const { stdin, stdout, stderr, exited } = this.#server;
    stdin.end();
    const timers = [
      setTimeout(() => this.#server.signal('SIGTERM'), PATIENCE),
      setTimeout(() => this.#server.signal('SIGKILL'), PATIENCE + (this.#start.patience ?? PATIENCE)),
    ];
    await exited;
    timers.forEach(clearTimeout);
    this.#server.signal('SIGKILL');
    this.#server.release();
    for (const stream of [stdout, stderr]) stream?.destroy();
  }

  #take(line: string): void {
    this.#read += line.length;
    const message = messageIn(line);
    if (message === undefined) return this.#broken(line);
    const { id, method, params, result, error } = message;
    if (method !== undefined) return void this.#answer(id, plainText(method), isRecord(params) ? params : {});
    const waiting = typeof id === 'number' ? this.#open.get(id) : undefined;
    if (waiting === undefined) return this.#stray.add(line);
    if (isRecord(error))
      waiting.reject(new AnswerError(plainNumber(error['code']), plainText(error['message']), error['data']));
    else waiting.resolve({ result: isRecord(result) ? result : {}, line });
  }

  /** Servers print what is not a message, and clients pass it over. An answer that is not JSON reaches none of them. */
  #broken(line: string): void {
    const broken = brokenAnswer(line);
    const waiting = broken && this.#open.get(broken.id);
    if (broken === undefined || waiting === undefined) return this.#stray.add(line);
    waiting.reject(notJson(this.#start.command, waiting.method, broken.why, this.stderr));
  }

  /** Servers ask for roots, sampling and the like although no such capability was declared. */
  async #answer(id: unknown, method: string, params: Result): Promise<void> {
    if (typeof id !== 'number' && typeof id !== 'string') return;
    try {
      const result = (await this.#start.answer?.(method, params)) ?? DECLINED[method];
      if (result) this.#send({ id, result });
      else this.#send({ id, error: { code: -32601, message: 'Method not found' } });
    } catch {
      this.#send({ id, error: { code: -32603, message: 'Internal error' } });
    }
  }

  #send(message: Result): void {
    this.#server.stdin.write(`${oneLineJson({ jsonrpc: '2.0', ...message })}\n`);
  }

  #fail(failure: ServerToolsError): void {
    this.#failure ??= failure;
    for (const { reject } of this.#open.values()) reject(this.#failure);
    this.#open.clear();
  }

  #written(): Written {
    return { stderr: this.stderr, stray: this.#stray.explain(this.#lines.rest) };
  }
}

function messageIn(line: string): Result | undefined {
  try {
    const message: unknown = JSON.parse(line);
    return isRecord(message) ? message : undefined;
  } catch {
    return undefined;
  }
}

/** What should be a text. An object is none: its own `toString` may be anything, and turning it into a text may throw. */
export function plainText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function plainNumber(value: unknown): number {
  return typeof value === 'number' ? value : Number.NaN;
}
