import type { Asked } from '../../core/replies/refusal.js';
import type { TaskNews } from '../../core/replies/task-id.js';
import { LISTEN } from '../../core/wire/methods.js';
import type { CallPlace } from '../peers/call-place.js';
import type { Round } from './rounds.js';

/** A request of the client that was forwarded and has had no answer yet. */
export interface PendingRequest {
  idText: string;
  method: string;
  /** Called once with how it ended. */
  finish?: ((ending: Ending) => void) | undefined;
  /** The client has withdrawn it, or we have answered it: nobody waits any more. */
  closed?: 'cancelled' | 'timed_out' | undefined;
  /** The task that the server has made of it. */
  task?: TaskNews | undefined;
  /** Its place among the calls that may run at once; kept when nobody waits any more, since the server may go on. */
  place?: CallPlace | undefined;
  /** Of a request that was judged: how to answer it in the server's place, how a retry of it is recognised, and what the model is told beside the answer. */
  judged?: { asked: Asked; goesOn: NextRound; told: string | undefined } | undefined;
}

/** What a round of questions is opened with, once the server asks for more. */
export type NextRound = Pick<Round, 'number' | 'approval' | 'policy' | 'calls'> & { digest(): string };

export type Ending =
  | 'completed'
  | 'tool_error'
  | 'protocol_error'
  | 'input_required'
  | 'task'
  | 'refused'
  | 'cancelled'
  | 'timed_out'
  | 'unanswered';

/** Requests nobody waits for any more are remembered to recognise late answers, but not without bound. */
const MOST_CLOSED = 1_000;

/**
 * The requests that the server owes an answer for. Keys are ids as values, so that `1` and `"1"` are two.
 */
export class PendingRequests {
  readonly #requests = new Map<string | number, PendingRequest>();
  #closed = 0;

  has(id: string | number): boolean {
    return this.#requests.has(id);
  }

  /** Whether somebody still waits for its answer. */
  isOpen(id: string | number): boolean {
    return this.has(id) && !this.#requests.get(id)?.closed;
  }

  /** Whether somebody waits for an answer that the server is to give by itself. */
  isAwaited(): boolean {
    // What is listened to ends when the client says so.
    return [...this.#requests.values()].some(({ closed, method }) => !closed && method !== LISTEN);
  }

  get(id: string | number): PendingRequest | undefined {
    return this.#requests.get(id);
  }

  add(id: string | number, request: PendingRequest): void {
    this.#requests.set(id, request);
  }

  /** Takes out the request that a response answers; undefined when nothing was asked under this id. */
  take(id: string | number): PendingRequest | undefined {
    const request = this.#requests.get(id);
    if (request === undefined) return undefined;
    this.#requests.delete(id);
    if (request.closed) this.#closed--;
    return request;
  }

  /** Ends a request for which no answer is expected any more. A late one can still be recognised. */
  close(id: string | number, how: 'cancelled' | 'timed_out'): void {
    const request = this.#requests.get(id);
    if (request === undefined || request.closed) return;
    request.closed = how;
    // It holds on to the whole text of the request, and nothing goes on from one that nobody waits for.
    request.judged = undefined;
    request.place?.abandoned();
    tellEnd(request, how);
    if (++this.#closed > MOST_CLOSED) this.#forgetOldest();
  }

  /** Takes out all requests somebody still waits for. */
  drain(): PendingRequest[] {
    const open = [...this.#requests.values()].filter(({ closed }) => !closed);
    this.#requests.clear();
    return open;
  }

  #forgetOldest(): void {
    for (const [id, { closed }] of this.#requests) {
      if (!closed) continue;
      this.#requests.delete(id);
      this.#closed--;
      return;
    }
  }
}

/** The server has answered a request, or never will: tells whoever follows it how it ended, if that is news. */
export function finish(request: PendingRequest, ending: Ending): void {
  request.place?.answered(request.task);
  tellEnd(request, ending);
}

function tellEnd(request: PendingRequest, ending: Ending): void {
  const { finish: told } = request;
  request.finish = undefined;
  told?.(ending);
}
