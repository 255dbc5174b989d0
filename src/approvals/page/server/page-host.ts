import { createServer, type Server, type Socket } from 'node:net';
import { type Listening, listenPrivately } from '../../../platform/sockets/private-socket.js';
import type { Inboxes } from '../../inbox/inbox-state.js';
import type { HostMessage, HostState } from '../host-message.js';
import { usualPort } from '../usual-port.js';
import { onLines, sendLine } from './host-link.js';
import { PageHttpServer } from './http-server.js';
import type { PageAsset } from './page-assets.js';
import { highestLease, type PageLease, removeOlderLeases, takeLease } from './page-lease.js';
import { PageTokens } from './page-tokens.js';

/** What the host before had, so that open pages find everything where it was. */
export type Inheritance = Pick<HostState, 'port' | 'keys'>;

export interface PageHostDeps {
  /** The folder in which this user's policy-wraps keep what they write. */
  state: string;
  files: ReadonlyMap<string, PageAsset>;
  openInboxes(): Inboxes;
}

/** How often a host looks whether it still is the one. Milliseconds. */
const LOOK = 5_000;
/** A browser takes a moment to show a page that it was told to open. Milliseconds. */
const OPENING = 20_000;
/** A host that has just ended may hold the port a little longer: as long as this together, which ends before open pages come back. Milliseconds. */
const PORT_PAUSE = 20;
const PORT_TRIES = 8;
const MOST_MEMBERS = 256;

/** The one process that shows the page, and tells the others what they need to know to show it after it. */
export class PageHost {
  readonly #members = new Set<Socket>();
  readonly #keys = new PageTokens(() => this.#tell());
  readonly #inboxes: Inboxes;
  readonly #page: PageHttpServer;
  readonly #timer: NodeJS.Timeout;
  #openedAt = Number.NEGATIVE_INFINITY;

  private constructor(
    private readonly deps: PageHostDeps,
    private readonly control: Listening,
    private readonly lease: PageLease,
    private readonly ended: () => void,
  ) {
    this.#inboxes = deps.openInboxes();
    this.#page = new PageHttpServer(this.#inboxes, this.#keys, deps.files, () => this.#tell());
    this.#timer = setInterval(() => void this.#look(), LOOK).unref();
  }

  /**
   * Takes the lease after the given one; undefined when somebody else was faster. Rejects where there can be no page.
   * @param ended called when another process has taken the page over, since this one did not answer
   */
  static async start(
    deps: PageHostDeps,
    after: PageLease | undefined,
    inherited: Inheritance | undefined,
    ended: () => void,
  ): Promise<PageHost | undefined> {
    let host: PageHost | undefined;
    const early = new Set<Socket>();
    const server = createServer((socket) => {
      socket.unref();
      socket.on('error', () => socket.destroy());
      if (host === undefined) early.add(socket);
      else host.#admit(socket);
    });
    const control = await listenPrivately(server as Server, deps.state, 'page');
    try {
      const lease = await takeLease(deps.state, after, control.address);
      if (lease === undefined) return undefined;
      const starting = new PageHost(deps, control, lease, ended);
      await starting.#listen(inherited);
      host = starting;
    } finally {
      if (host === undefined) {
        control.close();
        for (const socket of early) socket.destroy();
      }
    }
    for (const socket of early) host.#admit(socket);
    void removeOlderLeases(deps.state, host.lease).catch(() => {});
    return host;
  }

  /** What every other policy-wrap is told. */
  get state(): HostState {
    return { port: this.#page.port, keys: this.#keys.kept(), tabs: this.#page.tabs };
  }

  /** A link that opens the page once. The token is in the fragment, which is never sent or logged. */
  link(): string {
    return `http://127.0.0.1:${this.#page.port}/#${this.#keys.newToken()}`;
  }

  /** The same, unless the page is open already or about to be. */
  linkToOpen(): string | undefined {
    if (this.#page.tabs > 0 || performance.now() - this.#openedAt < OPENING) return undefined;
    this.#openedAt = performance.now();
    return this.link();
  }

  close(): void {
    clearInterval(this.#timer);
    this.control.close();
    this.#page.close();
    this.#inboxes.close();
    for (const member of this.#members) member.destroy();
  }

  async #listen(inherited: Inheritance | undefined): Promise<void> {
    try {
      if (inherited === undefined) {
        if (!(await this.#listened(usualPort(this.deps.state)))) await this.#page.listen(0);
        return;
      }
      for (let tries = 0; tries < PORT_TRIES; tries++) {
        if (await this.#listened(inherited.port)) return this.#keys.take(inherited.keys);
        await new Promise((resolve) => setTimeout(resolve, PORT_PAUSE));
      }
      // Whoever has the port now may be somebody else, whom open pages and links tell their keys: these no longer apply.
      await this.#page.listen(0);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  async #listened(port: number): Promise<boolean> {
    return this.#page.listen(port).then(
      () => true,
      () => false,
    );
  }

  #admit(member: Socket): void {
    if (this.#members.size >= MOST_MEMBERS) return void member.destroy();
    this.#members.add(member);
    member.once('close', () => this.#members.delete(member));
    onLines(member, (line) => this.#answer(member, line));
    sendLine(member, { state: this.state });
  }

  #answer(member: Socket, { ask, number }: HostMessage): void {
    if (ask === undefined || number === undefined) return;
    sendLine(member, { number, link: ask === 'link' ? this.link() : this.linkToOpen() });
  }

  #tell(): void {
    for (const member of this.#members) sendLine(member, { state: this.state });
  }

  /** A process that was stopped for a while may no longer be the host. */
  async #look(): Promise<void> {
    const highest = await highestLease(this.deps.state).catch(() => this.lease);
    if (highest !== undefined && highest.number > this.lease.number) {
      this.close();
      this.ended();
    }
  }
}
