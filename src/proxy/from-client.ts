import type { Line } from '../core/line.js';
import { type Message, readMessage } from '../core/message.js';
import { isJudged } from '../core/params.js';
import { errorReply } from '../core/reply.js';
import { type ClientFacts, clientOf, isModern } from './client-facts.js';
import { decodeLine } from './decode.js';
import { type CallRequest, Journey, type Way } from './journey.js';
import type { Questions } from './questions.js';
import { type Request, readCall } from './read-call.js';

/** What lines of the client meet. */
export interface ClientSide extends Way {
  facts: ClientFacts;
  questions: Questions;
  /** Ids of requests of the server that the client has not answered yet. */
  serverRequests: Set<string | number>;
}

/** Reads the client's lines. Only what is recognised is forwarded, as it came. */
export class FromClient {
  /** Calls that wait for a person or a store: the server has not seen them. */
  readonly #held = new Map<string | number, Journey>();
  #calls = 0;

  constructor(private readonly side: ClientSide) {}

  receive(line: Line): void {
    const text = line.tooLong ? { flaw: 'the line is too long' } : decodeLine(line.content);
    if (typeof text !== 'string') return this.#reject(-32700, text.flaw, undefined);
    const message = readMessage(text);
    switch (message.kind) {
      case 'blank':
        return;
      case 'unreadable':
        return this.#reject(message.code, message.why, message.id);
      case 'request':
        return this.#request(message, text, line.bytes);
      case 'notification':
        return this.#notification(message, text, line.bytes);
      case 'response':
        return this.#response(message, text, line.bytes);
    }
  }

  /** Ends everything that waits here. The ids are given back, for whoever has to answer them. */
  withdrawAll(): string[] {
    const ids = [...this.#held.values()].map(({ request }) => request.asked.idText);
    for (const journey of this.#held.values()) journey.withdraw();
    this.#held.clear();
    return ids;
  }

  #isInFlight(id: string | number): boolean {
    return this.side.pending.has(id) || this.#held.has(id);
  }

  #request(message: Request, text: string, line: Uint8Array): void {
    const { id, idText, method, params } = message;
    // An answer would be taken for the answer of the first request, so this refusal names no id.
    if (this.#isInFlight(id))
      return this.#reject(-32600, `a request with the id ${idText} is still being answered`, undefined);
    if (isJudged(method)) return this.#call(message, text, line);
    if (method === 'initialize' && params) this.side.facts.initialize(text.slice(params.start, params.end));
    this.side.pending.add(id, { idText, method });
    this.side.toServer.write(line);
  }

  #call(message: Request, text: string, line: Uint8Array): void {
    const { id, method, params } = message;
    const client = (isModern(params) ? clientOf(text, params) : undefined) ?? this.side.facts.info;
    const read = readCall(text, message, { server: this.side.server, client, calls: this.#calls });
    if (read === undefined) return this.#reject(-32602, `${method} does not name what it asks for`, id);
    if (read.call.kind === 'tool') this.#calls++;
    const request: CallRequest = { ...read, id, method, line };
    const journey = new Journey(request, this.side);
    const waiting = journey.start();
    if (waiting === undefined) return;
    // The bytes of a line live only as long as its chunk; a call that waits needs its own.
    request.line = Uint8Array.from(line);
    this.#held.set(id, journey);
    void waiting.finally(() => {
      if (this.#held.get(id) === journey) this.#held.delete(id);
    });
  }

  #notification(
    { method, params }: Extract<Message, { kind: 'notification' }>,
    text: string,
    line: Uint8Array,
  ): void {
    if (method === 'notifications/cancelled' && params) {
      const { requestId } = JSON.parse(text.slice(params.start, params.end)) as {
        requestId?: string | number;
      };
      if (requestId !== undefined && this.#withdraw(requestId)) return;
      if (requestId !== undefined) this.side.pending.close(requestId, 'cancelled');
    }
    this.side.toServer.write(line);
  }

  /** A call that waits here is unknown to the server, so the server is not told. */
  #withdraw(id: string | number): boolean {
    const journey = this.#held.get(id);
    if (journey === undefined) return false;
    this.#held.delete(id);
    journey.withdraw();
    return true;
  }

  #response({ id }: Extract<Message, { kind: 'response' }>, text: string, line: Uint8Array): void {
    if (this.side.questions.owns(id)) return this.side.questions.answer(id, text);
    if (this.side.serverRequests.delete(id)) return this.side.toServer.write(line);
    this.side.trail.dropped('a response to a request that the server never made', this.side.facts.info);
  }

  #reject(code: number, why: string, id: string | number | undefined): void {
    const usable = id !== undefined && !this.#isInFlight(id);
    this.side.toClient.writeLine(
      errorReply(usable ? JSON.stringify(id) : undefined, code, `Refused by policy-wrap: ${why}`),
    );
    this.side.trail.dropped(why, this.side.facts.info);
  }
}
