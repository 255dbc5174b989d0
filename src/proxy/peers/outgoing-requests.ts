import { randomBytes } from 'node:crypto';
import { oneLineJson } from '../../core/json/value.js';

/** A request of ours that the client has not answered yet. */
interface Question {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/**
 * Requests that policy-wrap itself sends to the client. Their ids carry a random part, so that they cannot be
 * mistaken for the server's; the answers are swallowed.
 */
export class OutgoingRequests {
  /** Drawn for the first request. */
  #prefix: string | undefined;
  readonly #open = new Map<string, Question>();
  #count = 0;

  constructor(private readonly writeLine: (line: string) => void) {}

  /** Asks, and takes the question back when the signal is aborted. */
  ask(method: string, params: unknown, signal: AbortSignal): Promise<unknown> {
    this.#prefix ??= `pw:${randomBytes(8).toString('hex')}:`;
    const id = `${this.#prefix}${this.#count++}`;
    return new Promise((resolve, reject) => {
      const withdraw = () => {
        if (!this.#open.delete(id)) return;
        const reason = 'the call is no longer waiting';
        this.#send({ method: 'notifications/cancelled', params: { requestId: id, reason } });
        reject(new Error(reason));
      };
      if (signal.aborted) return reject(new Error('the call is no longer waiting'));
      const settled =
        <T>(end: (value: T) => void) =>
        (value: T) => {
          signal.removeEventListener('abort', withdraw);
          end(value);
        };
      this.#open.set(id, { resolve: settled(resolve), reject: settled(reject) });
      signal.addEventListener('abort', withdraw, { once: true });
      this.#send({ id, method, params });
    });
  }

  /** Whether an id is one of ours, answered or not: such responses are never forwarded. */
  owns(id: string | number): boolean {
    return this.#prefix !== undefined && typeof id === 'string' && id.startsWith(this.#prefix);
  }

  answer(id: string | number, line: string): void {
    const question = this.#open.get(String(id));
    if (question === undefined) return;
    this.#open.delete(String(id));
    const { result, error } = JSON.parse(line) as { result?: unknown; error?: { message?: unknown } };
    if (error) question.reject(new Error(`the client answered: ${String(error.message)}`));
    else question.resolve(result);
  }

  #send(message: Record<string, unknown>): void {
    this.writeLine(oneLineJson({ jsonrpc: '2.0', ...message }));
  }
}
