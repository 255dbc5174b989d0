import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** The part of a message that the demo reads. */
interface Message {
  id?: string | number;
  method?: string;
  params?: Record<string, unknown>;
  result?: Record<string, unknown>;
  error?: { code: number; message: string };
}

/** What the server asks of the person: the message that is shown, and the answer. */
export type AskPerson = (message: string) => Promise<{ action: string; content?: Record<string, unknown> }>;

/** How long a server may take to end once its input is closed. Milliseconds. */
const PATIENCE = 5_000;

/**
 * A small MCP client: starts a server, speaks newline-delimited JSON-RPC over its stdio and answers what it asks the
 * person. The SDK's client would be as large as all the rest of the package that the demo needs.
 */
export class DemoClient {
  readonly #server: ChildProcess;
  readonly #ask: AskPerson | undefined;
  readonly #open = new Map<
    string | number,
    { resolve(result: Record<string, unknown>): void; reject(error: Error): void }
  >();
  readonly #ended: Promise<void>;
  #last = 0;

  constructor(
    args: readonly string[],
    { cwd, env, ask }: { cwd: string; env: Record<string, string>; ask?: AskPerson },
  ) {
    this.#ask = ask;
    this.#server = spawn(process.execPath, args, { cwd, env, stdio: ['pipe', 'pipe', 'inherit'] });
    this.#ended = new Promise((resolve) => {
      this.#server.once('error', () => resolve());
      this.#server.once('close', () => resolve());
    });
    this.#ended.then(() => {
      for (const { reject } of this.#open.values()) reject(new Error('the server has ended'));
    });
    // It may end before it has read all; its end is told above.
    this.#server.stdin?.on('error', () => {});
    if (this.#server.stdout) createInterface({ input: this.#server.stdout }).on('line', this.#read);
  }

  /** The handshake that every conversation begins with. */
  async initialize(name: string): Promise<void> {
    await this.request('initialize', {
      protocolVersion: '2025-11-25',
      capabilities: this.#ask ? { elicitation: {} } : {},
      clientInfo: { name, version: '1.0.0' },
    });
    this.#send({ method: 'notifications/initialized' });
  }

  /** @throws when the answer is an error, or none comes */
  request(method: string, params: Record<string, unknown>): Promise<Record<string, unknown>> {
    const id = this.#last++;
    return new Promise((resolve, reject) => {
      this.#open.set(id, { resolve, reject });
      this.#send({ id, method, params });
    });
  }

  /** Ends the server as clients do: its input is closed, and it is given time to go. */
  async close(): Promise<void> {
    this.#server.stdin?.end();
    const timer = setTimeout(() => this.#server.kill(), PATIENCE);
    await this.#ended;
    clearTimeout(timer);
  }

  readonly #read = (line: string): void => {
    const { id, method, params, result, error } = JSON.parse(line) as Message;
    if (id === undefined) return;
    if (method !== undefined) {
      void this.#answer(id, method, params ?? {});
      return;
    }
    const waiting = this.#open.get(id);
    this.#open.delete(id);
    if (error) waiting?.reject(new Error(`MCP error ${error.code}: ${error.message}`));
    else waiting?.resolve(result ?? {});
  };

  async #answer(id: string | number, method: string, params: Record<string, unknown>): Promise<void> {
    if (method === 'elicitation/create' && this.#ask)
      this.#send({ id, result: await this.#ask(String(params['message'])) });
    else if (method === 'ping') this.#send({ id, result: {} });
    else this.#send({ id, error: { code: -32601, message: 'Method not found' } });
  }

  #send(message: Record<string, unknown>): void {
    this.#server.stdin?.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  }
}
