import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConnectionLimit } from '../../http/connection-limit.js';
import { BodyTooLong, readBody } from '../../http/request-body.js';
import type { Inboxes } from '../../inbox/inbox-state.js';
import type { PageAsset } from './page-assets.js';
import { PageEvents } from './page-events.js';
import { decideCall, type RouteAnswer, revokeRemembered, showArguments } from './page-routes.js';
import type { PageTokens } from './page-tokens.js';
import { RESPONSE_HEADERS, refusalOf, routeOf } from './request-guard.js';

/** Whoever sends its header or its body more slowly is let go. Milliseconds. */
const LIMITS = {
  headersTimeout: 5_000,
  requestTimeout: 15_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 8_192,
};
/** Connections, but for those that somebody admitted asks something by: any user of this machine can make some. */
const MOST_CONNECTIONS = 64;
/** Bytes. */
const LONGEST_BODY = 4 * 1024 * 1024;
/** Of those who are not admitted yet. Bytes. */
const LONGEST_GREETING = 1024;

/**
 * The page over HTTP on the loopback interface. Data is for sessions only. It never keeps the process alive, and
 * nothing that is sent to it makes it throw.
 */
export class PageHttpServer {
  readonly #server: Server = createServer(LIMITS);
  readonly #connections = new ConnectionLimit(this.#server, MOST_CONNECTIONS);
  readonly #streams: PageEvents;
  #port = 0;

  /** @param tabsChanged called when a page was opened or closed */
  constructor(
    private readonly inboxes: Inboxes,
    private readonly keys: PageTokens,
    private readonly files: ReadonlyMap<string, PageAsset>,
    tabsChanged: () => void,
  ) {
    this.#streams = new PageEvents(inboxes, tabsChanged);
    for (const unwanted of ['upgrade', 'connect'] as const)
      this.#server.on(unwanted, (_request, socket) => socket.destroy());
    this.#server.on('request', (request, response) => void this.#receive(request, response));
  }

  /** How many pages are open in browsers. */
  get tabs(): number {
    return this.#streams.count;
  }

  get port(): number {
    return this.#port;
  }

  /** @param port 0: any that is free */
  async listen(port: number): Promise<void> {
    const listening = once(this.#server, 'listening');
    this.#server.listen({ host: '127.0.0.1', port, exclusive: true });
    await listening;
    this.#server.unref();
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  close(): void {
    this.#streams.close();
    this.#server.close();
    this.#connections.close();
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      for (const [name, value] of Object.entries(RESPONSE_HEADERS)) response.setHeader(name, value);
      const { method = '', url = '', headers, headersDistinct } = request;
      const isClear = headersDistinct['host']?.length === 1;
      const refusal = refusalOf({ method, url, headers: isClear ? headers : {} }, this.#port);
      if (refusal?.allow) response.setHeader('allow', refusal.allow);
      if (refusal !== undefined) return refuse(response, refusal.status, refusal.message);
      if (headers.host !== `127.0.0.1:${this.#port}`) return this.#redirect(routeOf(url), response);
      await this.#serve(routeOf(url), request, response);
    } catch (error) {
      if (error instanceof BodyTooLong) refuse(response, 413, 'That is too long.');
      else if (response.headersSent) response.destroy();
      else refuse(response, 400, 'That cannot be read.');
    }
  }

  /**
   * The page is kept at one name. At `localhost` another user of this machine may be found before us, at the same port of `::1`, and
   * would read what a browser has kept for that name.
   */
  #redirect(route: string, response: ServerResponse): void {
    const page = `http://127.0.0.1:${this.#port}/`;
    if (route !== '/') return refuse(response, 421, `This page is at ${page}`);
    response.writeHead(307, { location: page }).end();
  }

  async #serve(route: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const file = this.files.get(route);
    if (file !== undefined) {
      response.setHeader('content-type', file.type);
      return void response.end(file.content);
    }
    if (route === '/proof') {
      // With the port, so that nobody can have us answer for a page that is at another.
      const challenge = `${this.#port} ${queryOf(request).get('nonce') ?? ''}`;
      return endJson(response, { status: 200, value: this.keys.proofs(challenge) });
    }
    const bearer = bearerOf(request);
    if (route === '/session') {
      await readBody(request, LONGEST_GREETING);
      const session = this.keys.redeem(bearer);
      return session === undefined
        ? notAdmitted(response)
        : endJson(response, { status: 200, value: { session } });
    }
    const isAdmitted = () => this.keys.admits(bearer);
    if (!isAdmitted()) return notAdmitted(response);
    this.#connections.stays(request.socket);
    response.once('close', () => this.#connections.passes(request.socket));
    if (route === '/events') {
      if (!this.#streams.add(response, isAdmitted)) refuse(response, 503, 'Too many pages are open.');
      return;
    }
    endJson(response, await this.#answer(route, request));
  }

  async #answer(route: string, request: IncomingMessage): Promise<RouteAnswer> {
    const query = queryOf(request);
    if (route === '/arguments') return showArguments(this.inboxes, query);
    if (route === '/remembered') return revokeRemembered(this.inboxes, query);
    return decideCall(this.inboxes, JSON.parse(await readBody(request, LONGEST_BODY)));
  }
}

function queryOf({ url }: IncomingMessage): URLSearchParams {
  return new URLSearchParams(url?.split('?', 2)[1] ?? '');
}

function bearerOf({ headers }: IncomingMessage): string {
  return /^Bearer ([\w-]{1,200})$/.exec(headers.authorization ?? '')?.[1] ?? '';
}

function notAdmitted(response: ServerResponse): void {
  refuse(response, 401, 'This needs a fresh link: policy-wrap approvals --link');
}

/** What is left of the request is not read: the connection ends with the answer. */
function refuse(response: ServerResponse, status: number, message: string): void {
  response.shouldKeepAlive = false;
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${message}\n`);
}

function endJson(response: ServerResponse, { status, value }: RouteAnswer): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}
