import type { Asked } from '../../core/replies/refusal.js';
import type { TaskNews } from '../../core/replies/task-id.js';
import { idOfOtherType } from '../../core/wire/envelope.js';
import { LISTEN } from '../../core/wire/methods.js';
import type { CallPlace } from '../peers/call-place.js';
import { IdTable } from '../peers/id-table.js';
import type { Round } from './rounds.js';

/** A request that was sent to the server and has had no answer yet. */
export interface PendingRequest {
  idText: string;
  method: string;
  /** Told once how it ended. */
  follower?: Follower | undefined;
  /** The client has withdrawn it, we have answered it, or it is our own: no client waits for its answer. */
  closed?: 'cancelled' | 'timed_out' | 'ours' | undefined;
  /** Nothing is looked for in its result: it goes on as it comes. */
  readonly isPlain?: boolean;
  /** The task whose result it asks for. */
  resultOf?: string | undefined;
  /** The task that the server has made of it. */
  task?: TaskNews | undefined;
  /** Its place among the calls that may run at once; kept when nobody waits any more, since the server may go on. */
  place?: CallPlace | undefined;
  /** Of a request that was judged. */
  judged?: JudgedRequest | undefined;
}

/** Who wants to know how a request ended. */
export interface Follower {
  ended(ending: Ending): void;
}

/** What is known of a request that was judged. */
export interface JudgedRequest {
  /** The client has asked for a task. */
  readonly asksTask: boolean;
  /** It is of MCP 2026-07-28 or later. */
  readonly isModern: boolean;
  /** What the model is told beside the answer. */
  readonly told: string | undefined;
  /** How to answer it in the server's place. */
  readonly asked: Asked;
  /** How a retry of it is recognised. */
  readonly goesOn: NextRound;
}

/** What a round of questions is opened with, once the server asks for more. */
export type NextRound = Pick<Round, 'number' | 'approval' | 'standing' | 'calls'> & { digest(): string };

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

/** Requests no client waits for are remembered to recognise late answers, but not without bound. */
const MOST_CLOSED = 1_000;

/**
 * The requests that the server owes an answer for. Keys are ids as values, so that `1` and `"1"` are two.
 */
export class PendingRequests {
  readonly #requests = new IdTable<PendingRequest>();
  /** Those that no client waits for, the first first. */
  readonly #closed = new Set<string | number>();
  /** How many are not plain. */
  #others = 0;

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
    return this.#requests.entries().some(([, { closed, method }]) => !closed && method !== LISTEN);
  }

  /** Whether the result of any that it may answer goes on as it comes. */
  areAllPlain(): boolean {
    return this.#others === 0 && this.#requests.size > 0;
  }

  get(id: string | number): PendingRequest | undefined {
    return this.#requests.get(id);
  }

  add(id: string | number, request: PendingRequest): void {
    this.#requests.set(id, request);
    if (!request.isPlain) this.#others++;
    if (request.closed) this.#addClosed(id);
  }

  /** Takes out the request that a response answers; undefined when nothing was asked under this id. */
  take(id: string | number): PendingRequest | undefined {
    const request = this.#requests.get(id);
    if (request === undefined) return undefined;
    this.#requests.delete(id);
    if (!request.isPlain) this.#others--;
    this.#closed.delete(id);
    return request;
  }

  /**
   * The request that the server means by an id. Some servers answer the id 1 with the id "1" or the other way round, and the
   * SDKs' clients accept that.
   */
  find(id: string | number): PendingRequest | undefined {
    const request = this.#requests.get(id);
    if (request !== undefined) return request;
    const other = idOfOtherType(id);
    return other === undefined ? undefined : this.#requests.get(other);
  }

  /** Takes out the request that the server means. */
  takeAnswered(id: string | number): PendingRequest | undefined {
    const request = this.take(id);
    if (request !== undefined) return request;
    const other = idOfOtherType(id);
    return other === undefined ? undefined : this.take(other);
  }

  /** Ends a request for which no answer is expected any more. A late one can still be recognised. */
  close(id: string | number, how: 'cancelled' | 'timed_out'): void {
    const request = this.#requests.get(id);
    if (request === undefined || request.closed) return;
    // The rest holds on to the whole text of the request, and nothing goes on from one that nobody waits for.
    const { idText, method, isPlain = false, resultOf, place } = request;
    this.#requests.set(id, { idText, method, isPlain, resultOf, place, closed: how });
    place?.abandoned();
    tellEnd(request, how);
    this.#addClosed(id);
  }

  /** Takes out all requests somebody still waits for. */
  drain(): PendingRequest[] {
    const open = this.#requests.entries().flatMap(([, request]) => (request.closed ? [] : [request]));
    this.#requests.clear();
    this.#closed.clear();
    this.#others = 0;
    return open;
  }

  #addClosed(id: string | number): void {
    this.#closed.add(id);
    const [oldest] = this.#closed;
    if (oldest !== undefined && this.#closed.size > MOST_CLOSED) this.take(oldest);
  }
}

/** Whether nothing is looked for in the result of such a request, as far as its method says. */
export function isPlainMethod(method: string): boolean {
  return method !== 'initialize' && method !== 'tools/list' && !method.startsWith('tasks/');
}

/** The id of the task whose result a request asks for, if it does. Its params are JSON text. */
export function resultAskedFor(method: string, paramsText: string): string | undefined {
  if (method !== 'tasks/result') return undefined;
  const params = JSON.parse(paramsText) as { taskId?: unknown } | null;
  return typeof params?.taskId === 'string' ? params.taskId : undefined;
}

/** The server has answered a request, or never will: tells whoever follows it how it ended, if that is news. */
export function finish(request: PendingRequest, ending: Ending): void {
  request.place?.answered(request.task);
  tellEnd(request, ending);
}

function tellEnd(request: PendingRequest, ending: Ending): void {
  const { follower } = request;
  request.follower = undefined;
  follower?.ended(ending);
}
