import type { PendingRequests } from '../calls/pending-requests.js';
import type { LineWriter } from '../streams/line-writer.js';
import type { ServerEnding } from '../streams/server-ending.js';
import { mayBeRead } from '../streams/stdio.js';

/**
 * How long the answers to what is under way are waited for once the client has ended its side: as long as most clients
 * wait for one. Milliseconds.
 */
const LONGEST_ANSWER = 60_000;

/** What the end of the client's side is weighed against. */
export interface ClientDepartureDeps {
  pending: PendingRequests;
  toClient: LineWriter;
  ending: ServerEnding;
}

/** The end of the client's side, after which the server has to end too: once it has answered what somebody may still read. */
export class ClientDeparture {
  readonly #parent = process.ppid;
  /** On the clock of `performance`. Milliseconds. */
  #endedAt: number | undefined;

  constructor(private readonly deps: ClientDepartureDeps) {}

  get hasEnded(): boolean {
    return this.#endedAt !== undefined;
  }

  /** Whoever started us is gone when we have another parent. Nothing tells of the end of a stream that is held back. */
  get isOrphaned(): boolean {
    return process.ppid !== this.#parent;
  }

  /** The client writes no more. Returns whether this is news. */
  end(): boolean {
    if (this.hasEnded) return false;
    this.#endedAt = performance.now();
    return true;
  }

  /** Has the server ended if it is time; to be called again and again once the client's side has ended. */
  endServer(): void {
    if (this.#endedAt === undefined) return;
    const { pending, toClient, ending } = this.deps;
    const isHeard = !toClient.broken && !this.isOrphaned && mayBeRead();
    if (!isHeard || !pending.isAwaited()) ending.inputEnded();
    else if (performance.now() - this.#endedAt > LONGEST_ANSWER) ending.answersAreLate();
  }
}
