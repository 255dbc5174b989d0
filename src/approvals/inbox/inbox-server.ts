import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listenPrivately } from '../../platform/sockets/private-socket.js';
import { ConnectionLimit } from '../http/connection-limit.js';
import { readBody } from '../http/request-body.js';
import type { Inbox } from './inbox.js';
import { InboxFeed } from './inbox-feed.js';
import { inboxDecisionOf } from './inbox-schema.js';
import { ID, type InboxAnswer } from './inbox-state.js';

/** Whoever reaches an inbox says so: what fetches addresses for an agent may be able to reach sockets, but sets no headers. */
const INBOX_HEADER = 'policy-wrap-inbox';

const MOST_CONNECTIONS = 32;
/** How many may send or fetch something long at a time. The others are told to come again. */
const MOST_HEAVY = 4;
/** Bytes or characters. */
const HEAVY = 64 * 1024;
/** Bytes. */
const LONGEST_BODY = 4 * 1024 * 1024;
/** Whoever takes longer to send or to read is let go. Milliseconds. */
const LONGEST_VISIT = 15_000;

const LIMITS = {
  maxHeaderSize: 4_096,
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  connectionsCheckingInterval: 2_000,
};

export interface ServedInbox {
  close(): void;
}

/**
 * Lets this user's other processes reach an inbox, through a private socket. Rejects when that cannot be had. Whatever
 * peers do, this process neither waits for them nor lives on because of them.
 * @param state the folder in which this user's policy-wraps keep what they write
 */
export async function serveInbox(inbox: Inbox, state: string): Promise<ServedInbox> {
  const server = createServer(LIMITS);
  const connections = new ConnectionLimit(server, MOST_CONNECTIONS);
  const feed = new InboxFeed(inbox);
  const reception = new Reception(inbox, (request, response) => {
    connections.stays(request.socket);
    feed.follow(response);
  });
  server.on('request', (request, response) => void reception.receive(request, response));
  try {
    const listening = await listenPrivately(server, state, 'inbox');
    return {
      close: () => {
        listening.close();
        feed.close();
        connections.close();
      },
    };
  } catch (error) {
    feed.close();
    throw error;
  }
}

class Reception {
  #heavy = 0;

  constructor(
    private readonly inbox: Inbox,
    private readonly follow: (request: IncomingMessage, response: ServerResponse) => void,
  ) {}

  /** Never throws: a peer must not end the process. */
  async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      response.shouldKeepAlive = false;
      if (request.headers[INBOX_HEADER] === undefined) return end(response, 403);
      const [, place = '', id = '', part] = (request.url ?? '').split('/');
      if (id !== '' && !ID.test(id)) return end(response, 404);
      const route = [request.method, place, id && 'id', part].filter(Boolean).join(' ');
      if (route === 'GET events') return this.#tell(request, response);
      // Also for those who send or read a little all the time.
      const timer = setTimeout(() => response.destroy(), LONGEST_VISIT).unref();
      response.once('close', () => clearTimeout(timer));
      await this.#serve(route, id, request, response);
    } catch {
      response.destroy();
    }
  }

  #tell(request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'application/jsonl' });
    this.follow(request, response);
  }

  async #serve(route: string, id: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    switch (route) {
      case 'GET state':
        return endJson(response, 200, this.inbox.state());
      case 'DELETE remembered id':
        return end(response, this.inbox.revoke(id) ? 204 : 404);
      case 'GET waiting id arguments':
        return this.#showArguments(id, response);
      case 'POST waiting id':
        return this.#decide(id, request, response);
      default:
        return end(response, 404);
    }
  }

  /** Whether there are enough who want so much already; counts this one otherwise. */
  #isTooMuch(length: number, response: ServerResponse): boolean {
    if (length <= HEAVY) return false;
    if (this.#heavy >= MOST_HEAVY) return true;
    this.#heavy++;
    response.once('close', () => this.#heavy--);
    return false;
  }

  #showArguments(id: string, response: ServerResponse): void {
    const text = this.inbox.argumentsOf(id);
    if (text === undefined) return end(response, 404);
    if (this.#isTooMuch(text.length, response)) return end(response, 503);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(text);
  }

  async #decide(id: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const length = Number(request.headers['content-length'] ?? LONGEST_BODY);
    if (this.#isTooMuch(length, response)) return end(response, 503);
    if (length > LONGEST_BODY) return endJson(response, 413, refused('the decision is too long'));
    const decision = inboxDecisionOf(parsed(await readBody(request, LONGEST_BODY)));
    if ('flaw' in decision) return endJson(response, 400, refused(decision.flaw));
    endJson(response, 200, await this.inbox.decide(id, decision));
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refused(message: string): InboxAnswer {
  return { ok: false, why: 'refused', message };
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status).end();
}

function endJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
