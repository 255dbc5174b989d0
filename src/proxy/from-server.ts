import { isHidden } from '../core/decide.js';
import type { Line } from '../core/line.js';
import { NOISE, peek, type ServerLine } from '../core/peek.js';
import { errorReply } from '../core/reply.js';
import { cutTools, listedTools } from '../core/tools.js';
import type { ClientFacts } from './client-facts.js';
import type { PolicyInForce } from './force.js';
import type { Outlet } from './outlet.js';
import { finish, type PendingRequest, type PendingRequests } from './pending.js';

/** What lines of the server meet. */
export interface ServerSide {
  force: PolicyInForce;
  pending: PendingRequests;
  facts: ClientFacts;
  toClient: Outlet;
  serverRequests: Set<string | number>;
  /** Tells a person about something the server did, on stderr. */
  tell(note: string): void;
}

/** How much of a line that is no message is shown to a person. Characters. */
const LONGEST_NOISE = 500;
/** How many lists (pages) are remembered, to tell the client when the policy changes what it would see in them. */
const MOST_LISTS = 16;
const MOST_REQUESTS = 10_000;
const UNREADABLE_LIST =
  'Refused by policy-wrap: the tool list of the server cannot be read, and the policy hides tools';

/** Reads the server's lines. What is JSON-RPC passes as it came, except hidden tools; the rest is shown to people. */
export class FromServer {
  /** The latest answers to tools/list, as they came. */
  readonly #lists: Uint8Array[] = [];

  constructor(private readonly side: ServerSide) {}

  /** The names of the tools in the lists that the client has asked for. */
  listed(): string[] {
    return this.#lists.flatMap((line) =>
      (listedTools(decoded(line).trimEnd()) ?? []).map(({ name }) => name),
    );
  }

  receive({ bytes: line, content }: Line): void {
    // A byte string: cheaper than decoding, and the envelope is ASCII.
    const text = bufferOf(content).toString('latin1');
    // A carriage return within a line ends it for some readers, so they would see other messages than we do.
    const message = text.includes('\r') ? NOISE : peek(text);
    switch (message.kind) {
      case 'noise':
        if (text.trim() === '') return;
        return this.side.tell(`the server wrote something that is no JSON-RPC message: ${shown(line)}`);
      case 'request':
        this.#expect(idOf(message.idText));
        return this.side.toClient.write(line);
      case 'notification':
        return this.side.toClient.write(line);
      case 'response':
        return this.#response(message, text, line);
    }
  }

  #response(
    { idText, failed }: Extract<ServerLine, { kind: 'response' }>,
    text: string,
    line: Uint8Array,
  ): void {
    const request = this.#take(idOf(idText));
    if (request === undefined)
      return this.side.tell(
        `the server answered a request that it was not sent (id ${shown(Buffer.from(idText, 'latin1'))}); the answer was dropped`,
      );
    if (request.closed === 'timed_out') return;
    this.#answer(request, failed, line);
    // The log is written when the client already has its answer.
    finish(
      request,
      failed
        ? 'protocol_error'
        : text.includes('"isError"') && /"isError"\s*:\s*true/.test(text)
          ? 'tool_error'
          : 'completed',
    );
  }

  #answer(request: PendingRequest, failed: boolean, line: Uint8Array): void {
    if (!failed && request.method === 'initialize') this.side.facts.initialized(decoded(line));
    if (!failed && request.method === 'tools/list') return this.#list(request, line);
    this.side.toClient.write(line);
  }

  /** Some servers answer the id 1 with the id "1", and the SDKs' clients accept that. */
  #take(id: string | number): PendingRequest | undefined {
    return (
      this.side.pending.take(id) ??
      (typeof id === 'string' && id.trim() !== '' ? this.side.pending.take(Number(id)) : undefined)
    );
  }

  /** A client that never answers must not make the list of what it owes grow without end. */
  #expect(id: string | number): void {
    const { serverRequests } = this.side;
    const [oldest] = serverRequests;
    if (oldest !== undefined && serverRequests.size >= MOST_REQUESTS) serverRequests.delete(oldest);
    serverRequests.add(id);
  }

  #list(request: PendingRequest, line: Uint8Array): void {
    const { policy } = this.side.force;
    this.#remember(line);
    if (!policy.layers.some(({ hides, mode }) => hides && mode === 'enforce'))
      return this.side.toClient.write(line);
    const text = decoded(line).trimEnd();
    const cut = cutTools(text, (name) => isHidden(policy, name));
    if (cut === undefined)
      return this.side.toClient.writeLine(errorReply(request.idText, -32603, UNREADABLE_LIST));
    return cut.text === text ? this.side.toClient.write(line) : this.side.toClient.writeLine(cut.text);
  }

  /** Kept as it came: most lists are never looked at again. */
  #remember(line: Uint8Array): void {
    this.#lists.push(Uint8Array.from(line));
    if (this.#lists.length > MOST_LISTS) this.#lists.shift();
  }
}

function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

function decoded(line: Uint8Array): string {
  return bufferOf(line).toString('utf8');
}

/** An id as a value. Byte strings are decoded first, so that ids of any script are recognised. */
function idOf(idText: string): string | number {
  try {
    const id: unknown = JSON.parse(Buffer.from(idText, 'latin1').toString('utf8'));
    return typeof id === 'string' || typeof id === 'number' ? id : 'none';
  } catch {
    return 'none';
  }
}

/** Text of the server as one harmless line on a terminal. */
function shown(line: Uint8Array): string {
  const text = decoded(line.subarray(0, LONGEST_NOISE * 4))
    .trimEnd()
    .replace(/\p{C}/gu, '�');
  return text.length > LONGEST_NOISE ? `${text.slice(0, LONGEST_NOISE)}…` : text;
}
