import { isUtf8 } from 'node:buffer';
import { errorReply } from '../../core/replies/refusal.js';
import { quote } from '../../core/text/quote.js';
import type { Asker } from '../../core/wire/asker.js';
import { BATCH_VERSION, batchOf, looksLikeBatch } from '../../core/wire/batch.js';
import { type Id, idOfOtherType, idTextOf } from '../../core/wire/envelope.js';
import { type FastRequest, readFastRequest } from '../../core/wire/fast/fast-request.js';
import type { Line } from '../../core/wire/line-splitter.js';
import { type Message, readMessage } from '../../core/wire/message.js';
import { isShaped } from '../../core/wire/params.js';
import type { CallContext } from '../calls/call-bindings.js';
import type { CallRequest } from '../calls/call-request.js';
import { Exchange, type ExchangeDeps } from '../calls/exchange.js';
import { FastCall, isModernFast } from '../calls/fast/fast-call.js';
import { PassingCalls } from '../calls/fast/passing-calls.js';
import { isPlainMethod, resultAskedFor } from '../calls/pending-requests.js';
import type { Request } from '../calls/read-call.js';
import { type ClientInfo, type ClientState, clientOf, isModern } from '../peers/client-info.js';
import type { OddLines } from '../peers/odd-lines.js';
import type { OutgoingRequests } from '../peers/outgoing-requests.js';
import type { ToolLists } from '../peers/tool-lists.js';
import { refusesUnasked } from '../server/server-requests.js';
import { askerOfUndecoded, decodeLine } from '../streams/decode.js';
import { receiveCall } from './receive-call.js';

/** What lines of the client meet. */
export interface ClientLinesDeps extends ExchangeDeps {
  clientState: ClientState;
  outgoing: OutgoingRequests;
  oddLines: OddLines;
  toolLists: ToolLists;
  /** Ids of requests of the server that the client has not answered yet. */
  serverRequests: Set<string | number>;
}

/** Requests that are written down whatever the policy says: they carry on a call that was judged. */
const AUDITED: ReadonlySet<string> = new Set(['tasks/cancel', 'tasks/update']);

/** Reads the client's lines. Only what is recognised is forwarded, as it came. */
export class ClientLines {
  /** Calls that wait for a person or a store: the server has not seen them. */
  readonly #held = new Map<Id, Exchange>();
  #calls = 0;
  readonly #ofTools: Required<Pick<CallContext, 'classify' | 'hasWorsened'>>;
  readonly #passing: PassingCalls;

  constructor(private readonly deps: ClientLinesDeps) {
    const { toolLists } = deps;
    this.#ofTools = {
      classify: (name, trusting) => toolLists.classify(name, trusting),
      hasWorsened: (name, layer) => toolLists.hasWorsened(name, layer),
    };
    this.#passing = new PassingCalls(deps, {
      isHeld: (id) => this.#held.has(id),
      contextFor: ({ client, calls }) => this.#contextFor(client, calls),
    });
  }

  receive(line: Line): void {
    const { bytes } = line;
    const plain = isUtf8(bytes) ? readFastRequest(bytes) : undefined;
    if (plain !== undefined && !isModernFast(bytes, plain)) return this.#plain(bytes, plain);
    const { tooLong, abridged = '', content } = line;
    if (tooLong)
      return this.#reject(-32700, 'the line is too long', askerOfUndecoded(Buffer.from(abridged, 'latin1')));
    const text = decodeLine(content);
    if (typeof text !== 'string') {
      this.deps.oddLines.add(content);
      return this.#reject(-32700, text.flaw, askerOfUndecoded(content));
    }
    if (this.deps.clientState.protocolVersion === BATCH_VERSION && looksLikeBatch(text))
      return this.#batch(text);
    const message = readMessage(text);
    if (message.kind === 'unreadable') this.deps.oddLines.add(content);
    this.#message(message, text, bytes);
  }

  /** Ends everything that waits here. The ids are given back, as they are in messages, for whoever has to answer them. */
  withdrawAll(): string[] {
    const ids = [...this.#held.values()].map(({ request }) => request.asked.idText);
    for (const exchange of this.#held.values()) exchange.withdraw();
    this.#held.clear();
    return ids;
  }

  /** The policy has changed: calls that it refuses wait no longer. */
  policyChanged(): void {
    for (const exchange of this.#held.values()) exchange.reconsider();
  }

  #message(message: Message, text: string, line: Uint8Array): void {
    switch (message.kind) {
      case 'blank':
        return;
      case 'unreadable':
        return this.#reject(message.code, message.why, message);
      case 'request':
        return this.#request(message, text, line);
      case 'notification':
        return this.#notification(message, text, line);
      case 'response':
        return this.#response(message, text, line);
    }
  }

  /** The server gets each message as a line of its own, since what is refused must not be among them. */
  #batch(text: string): void {
    const messages = batchOf(text);
    if ('flaw' in messages) return this.#reject(messages.malformed ? -32700 : -32600, messages.flaw);
    this.deps.replies.batch(() => {
      for (const written of messages) {
        const message = readMessage(written);
        // MCP 2025-03-26, "Lifecycle": initialize must not be part of a batch.
        if (message.kind === 'request' && message.method === 'initialize')
          this.#reject(-32600, 'initialize inside a batch', message);
        else this.#message(message, written, Buffer.from(`${written}\n`));
      }
    });
  }

  #isInFlight(id: Id, idText: string): boolean {
    return this.deps.pending.has(id) || this.#held.has(id) || this.deps.replies.owes(idText);
  }

  /** An answer would be taken for the answer of the first request, so this refusal names no id. */
  #isTaken(id: Id, idText: string): boolean {
    if (!this.#isInFlight(id, idText)) return false;
    this.#reject(-32600, `a request with the id ${idText} is still being answered`);
    return true;
  }

  #request(message: Request, text: string, line: Uint8Array): void {
    const { id, idText, method, params } = message;
    if (this.#isTaken(id, idText)) return;
    if (method === 'initialize' && params)
      this.deps.clientState.initialize(text.slice(params.start, params.end));
    if (this.#isToBeJudged(method)) return this.#judge(message, text, line);
    this.deps.replies.expect(idText);
    const resultOf = params && resultAskedFor(method, text.slice(params.start, params.end));
    this.deps.pending.add(id, { idText, method, isPlain: isPlainMethod(method), resultOf });
    this.deps.toServer.write(line);
  }

  #isToBeJudged(method: string): boolean {
    const { layers } = this.deps.livePolicy.policy;
    return isShaped(method) || AUDITED.has(method) || layers.some(({ judgesMethods }) => judgesMethods);
  }

  #judge(message: Request, text: string, line: Uint8Array): void {
    const { method, params } = message;
    const client = isModern(params) ? clientOf(text, params) : undefined;
    const request = receiveCall(message, text, line, this.#contextFor(client), this.deps);
    if (request === undefined)
      return this.#reject(-32602, `${method} does not name what it asks for`, message);
    this.#start(request);
  }

  /** What most lines are. */
  #plain(line: Uint8Array, request: FastRequest): void {
    if (this.#passing.take(line, request, this.#calls)) {
      this.#calls++;
      return;
    }
    const isLent = this.deps.lineMemory.isLent(line);
    const call = new FastCall(line, request, this.#contextFor(undefined), isLent);
    if (!this.#isTaken(call.id, call.asked.idText)) this.#start(call);
  }

  #contextFor(client: ClientInfo | undefined, calls = this.#calls): CallContext {
    const { server, clientState } = this.deps;
    const { classify, hasWorsened } = this.#ofTools;
    // Spreading what does not change costs more than all the rest of a plain call.
    return { server, client: client ?? clientState.info, calls, classify, hasWorsened };
  }

  #start(request: CallRequest): void {
    const { id, kind, asked } = request;
    this.deps.replies.expect(asked.idText);
    // A call that goes on has the number that it began with.
    if (kind === 'tool' && request.calls === this.#calls) this.#calls++;
    const exchange = new Exchange(request, this.deps);
    const waiting = exchange.start();
    if (waiting === undefined) return;
    // The bytes of a line live only as long as its chunk; a call that waits needs its own.
    request.line = Uint8Array.from(request.line);
    this.#held.set(id, exchange);
    void waiting.finally(() => {
      if (this.#held.get(id) === exchange) this.#held.delete(id);
    });
  }

  #notification(
    { method, params }: Extract<Message, { kind: 'notification' }>,
    text: string,
    line: Uint8Array,
  ): void {
    if (method === 'notifications/cancelled' && params) {
      const { requestId } = JSON.parse(text.slice(params.start, params.end)) as { requestId?: unknown };
      const isId = typeof requestId === 'string' || typeof requestId === 'number';
      if (isId && this.#cancel(this.#meant(requestId))) return;
    }
    // A server written by hand may do what it says anyway.
    const paramsText = params ? text.slice(params.start, params.end) : '{}';
    if (refusesUnasked(method, paramsText, this.deps))
      return this.#reject(-32600, `${quote(method)} without an id, which the policy judges`);
    this.deps.toServer.write(line);
  }

  /** Libraries turn 7 into "7" and back. Where a request has exactly this id, that one is meant; else the one that can be. */
  #meant(id: Id): Id {
    const isOpen = (each: Id) => this.#held.has(each) || this.deps.pending.isOpen(each);
    const other = idOfOtherType(id);
    return other !== undefined && !isOpen(id) && isOpen(other) ? other : id;
  }

  /** Whether the server need not be told: a call that waits here is unknown to it. */
  #cancel(id: Id): boolean {
    const exchange = this.#held.get(id);
    this.#held.delete(id);
    exchange?.withdraw();
    this.deps.pending.close(id, 'cancelled');
    this.deps.replies.withdraw(idTextOf(id));
    return exchange !== undefined;
  }

  #response({ id }: Extract<Message, { kind: 'response' }>, text: string, line: Uint8Array): void {
    if (this.deps.outgoing.owns(id)) return this.deps.outgoing.answer(id, text);
    const { serverRequests, toServer } = this.deps;
    const other = idOfOtherType(id);
    // It is forwarded as it came: whether the server minds the other type is its own affair.
    if (serverRequests.delete(id) || (other !== undefined && serverRequests.delete(other)))
      return toServer.write(line);
    this.deps.trail.dropped('a response to a request that the server never made', this.deps.clientState.info);
  }

  #reject(code: number, why: string, asker: Asker = {}): void {
    if (!asker.silent) this.#answerRefused(code, why, asker);
    this.deps.trail.dropped(why, this.deps.clientState.info);
  }

  #answerRefused(code: number, why: string, { id, idText: written }: Asker): void {
    const isFree = id !== undefined && written !== undefined && !this.#isInFlight(id, written);
    const idText = isFree ? written : undefined;
    if (idText !== undefined) this.deps.replies.expect(idText);
    this.deps.replies.answer(idText, errorReply(idText, code, `Refused by policy-wrap: ${why}`));
  }
}
