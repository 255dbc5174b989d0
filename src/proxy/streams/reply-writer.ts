import { isUtf8 } from 'node:buffer';
import { errorReply } from '../../core/replies/refusal.js';
import { decoded, withoutLineEnd } from './bytes.js';
import type { LineWriter } from './line-writer.js';

const COMMA = Buffer.from(',');
const UNREADABLE = "The server's answer is not JSON, so it was left out of the batch.";

/** A batch whose requests are not all answered yet. */
interface Batch {
  awaiting: Set<string>;
  /** Ids that are taken until the batch has been answered. */
  ids: Set<string>;
  answers: Uint8Array[];
  /** All its messages have been read. */
  complete: boolean;
}

/**
 * Answers of requests on their way to the client: each as a line, those to the requests of a batch together in one
 * array (MCP 2025-03-26, "Batching"). Ids are given as they are in messages.
 */
export class ReplyWriter {
  readonly #batches = new Map<string, Batch>();
  #reading: Batch | undefined;

  constructor(private readonly writer: LineWriter) {}

  /** Reads the messages of a batch: what is expected or refused meanwhile belongs to it. */
  batch(read: () => void): void {
    const batch: Batch = { awaiting: new Set(), ids: new Set(), answers: [], complete: false };
    this.#reading = batch;
    try {
      read();
    } finally {
      this.#reading = undefined;
      batch.complete = true;
      this.#flush(batch);
    }
  }

  /** A request was read that will be answered. */
  expect(idText: string): void {
    const batch = this.#reading;
    if (batch === undefined) return;
    batch.awaiting.add(idText);
    batch.ids.add(idText);
    this.#batches.set(idText, batch);
  }

  /** Whether any answer has yet to leave with its batch, or a batch is being read. */
  get owesAny(): boolean {
    return this.#batches.size > 0 || this.#reading !== undefined;
  }

  /** Whether the answer to such an id has yet to leave with its batch. */
  owes(idText: string): boolean {
    return this.#batches.has(idText);
  }

  /**
   * Passes an answer on: a text of ours, or a whole line of the server.
   * @param idText undefined when the answer names no request
   */
  answer(idText: string | undefined, line: string | Uint8Array): void {
    const batch = idText === undefined ? this.#reading : this.#batches.get(idText);
    if (batch === undefined || (idText !== undefined && !batch.awaiting.delete(idText))) {
      return typeof line === 'string' ? this.writer.writeLine(line) : this.writer.write(line);
    }
    batch.answers.push(partOf(idText, line));
    this.#flush(batch);
  }

  /** Passes a line of the server on that answers a request. The id is only written where a batch waits for it. */
  pass(request: { readonly idText: string }, line: Uint8Array): void {
    if (this.owesAny) this.answer(request.idText, line);
    else this.writer.write(line);
  }

  /** The client has taken a request back: nothing waits for its answer any more. */
  withdraw(idText: string): void {
    const batch = this.#batches.get(idText);
    if (batch?.awaiting.delete(idText)) this.#flush(batch);
  }

  #flush(batch: Batch): void {
    if (!batch.complete || batch.awaiting.size > 0) return;
    for (const idText of batch.ids) this.#batches.delete(idText);
    if (batch.answers.length === 0) return;
    const parts = batch.answers.flatMap((answer, index) => (index === 0 ? [answer] : [COMMA, answer]));
    this.writer.write(Buffer.concat([Buffer.from('['), ...parts, Buffer.from(']\n')]));
  }
}

/** An answer as an element of the array. One that is not JSON would take all the others with it. */
function partOf(idText: string | undefined, line: string | Uint8Array): Uint8Array {
  if (typeof line === 'string') return Buffer.from(line);
  const answer = Uint8Array.from(withoutLineEnd(line));
  return isJson(answer) ? answer : Buffer.from(errorReply(idText, -32603, UNREADABLE));
}

function isJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(decoded(bytes));
    return isUtf8(bytes);
  } catch {
    return false;
  }
}
