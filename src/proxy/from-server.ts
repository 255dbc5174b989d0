import { isHidden } from '../core/decide.js';
import { peek, type ServerLine } from '../core/peek.js';
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
/** More names than this are not remembered for telling when the hidden tools change. */
const MOST_NAMES = 100_000;

/** Reads the server's lines. What is JSON-RPC passes as it came, except hidden tools; the rest is shown to people. */
export class FromServer {
  /** The names in the lists that the client has asked for. */
  readonly listed = new Set<string>();

  constructor(private readonly side: ServerSide) {}

  /** @param line the bytes with their line end */
  receive(line: Uint8Array): void {
    const text = Buffer.from(line.buffer, line.byteOffset, line.byteLength)
      .toString('latin1')
      .replace(/\r?\n$/, '');
    if (text.trim() === '') return;
    const message = peek(text);
    switch (message.kind) {
      case 'noise':
        return this.side.tell(`the server wrote something that is no JSON-RPC message: ${shown(line)}`);
      case 'request':
        this.side.serverRequests.add(idOf(message.idText));
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
      failed ? 'protocol_error' : /"isError"\s*:\s*true/.test(text) ? 'tool_error' : 'completed',
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

  #list(request: PendingRequest, line: Uint8Array): void {
    const { policy } = this.side.force;
    const text = decoded(line);
    const hides = policy.layers.some(({ hides }) => hides);
    const tools = listedTools(text.replace(/\r?\n$/, ''));
    for (const { name } of tools ?? []) if (this.listed.size < MOST_NAMES) this.listed.add(name);
    if (!hides) return this.side.toClient.write(line);
    const cut = cutTools(text.replace(/\r?\n$/, ''), (name) => isHidden(policy, name));
    if (cut === undefined) {
      return this.side.toClient.writeLine(
        errorReply(
          request.idText,
          -32603,
          'Refused by policy-wrap: the tool list of the server cannot be read, and the policy hides tools',
        ),
      );
    }
    return cut.cut === 0 ? this.side.toClient.write(line) : this.side.toClient.writeLine(cut.text);
  }
}

function decoded(line: Uint8Array): string {
  return Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString('utf8');
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
