import { openInboxes } from '../../inbox/all-inboxes.js';
import type { HostState } from '../host-message.js';
import { HostLink } from './host-link.js';
import { readPageAssets } from './page-assets.js';
import { type Inheritance, PageHost, type PageHostDeps } from './page-host.js';
import { highestLease } from './page-lease.js';
import { lasts } from './page-tokens.js';

/** How often it is tried to find out who hosts the page, while several start at once. */
const MOST_TRIES = 50;
/** Milliseconds. */
const PAUSE = 20;
/** The host may end while it is asked; then there is another. */
const LINK_TRIES = 3;
/** As long as a link lasts that is told again. Milliseconds. */
const STILL_FRESH = 5 * 60_000;

type Role = PageHost | HostLink;

/**
 * THE page of all policy-wraps of this user, as one of them sees it: it hosts it, or knows who does. When the host ends,
 * one that has something waiting, or all while the page is open in a browser, take its place at once: same address, same sessions.
 * Later, only the address is the same.
 */
export class SharedPage {
  #role: Promise<Role> | undefined;
  #inherited: Inheritance | undefined;
  #closed = false;
  /** Whether a person has been shown the way before. */
  #opened = false;
  /** The last link that the person was told. */
  #told = 'http://127.0.0.1/';

  /** @param waits whether something waits here for a person */
  constructor(
    private readonly deps: PageHostDeps,
    private readonly waits: () => boolean,
  ) {}

  /** A link that opens the page once. The page is there afterwards. Rejects when there can be none. */
  async link(): Promise<string> {
    for (let tries = 0; tries < LINK_TRIES; tries++) {
      const link = await this.#link('link');
      if (link !== undefined) return link;
    }
    throw new Error('the page does not answer');
  }

  /**
   * Where a person finds the page, in words: the link, unless the page is open in a browser already.
   * @param opening whether it is opened in a browser; `once`: not again when a person has closed it
   */
  async invite(opening: 'always' | 'once' | 'never'): Promise<string> {
    const { tabs, keys } = (await this.#join()).state;
    if (tabs > 0) return 'the page that is open in your browser';
    if (opening === 'always' || (opening === 'once' && !this.#opened)) void this.#open();
    this.#opened = true;
    // A link that nobody has used is told again: the one on top of many notes is as good as the last.
    const isFresh = lasts(keys, new URL(this.#told).hash.slice(1)) > STILL_FRESH;
    if (!isFresh) this.#told = await this.link();
    return this.#told;
  }

  /** How many pages are open in browsers. */
  async tabs(): Promise<number> {
    return (await this.#join()).state.tabs;
  }

  close(): void {
    this.#closed = true;
    void this.#role?.then(
      (role) => role.close(),
      () => {},
    );
  }

  /** The link is told in any case: that no browser could be opened is no news to whoever has none. */
  async #open(): Promise<void> {
    try {
      const link = await this.#link('link to open');
      if (link === undefined) return;
      const { openInBrowser } = await import('./open-browser.js');
      await openInBrowser(link, this.deps.state);
    } catch {}
  }

  async #link(ask: 'link' | 'link to open'): Promise<string | undefined> {
    const role = await this.#join();
    if (role instanceof HostLink) return role.link(ask);
    return ask === 'link' ? role.link() : role.linkToOpen();
  }

  #join(): Promise<Role> {
    this.#role ??= this.#findRole().catch((error) => {
      this.#role = undefined;
      throw error;
    });
    return this.#role;
  }

  async #findRole(): Promise<Role> {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      if (this.#closed) throw new Error('the page is closed');
      const lease = await highestLease(this.deps.state);
      const line = lease && (await HostLink.open(lease.address, (state) => this.#lost(state)));
      if (line !== undefined) return line;
      const host = await PageHost.start(this.deps, lease, this.#inherited, () => this.#replaced());
      if (host !== undefined) return host;
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
    throw new Error('several policy-wraps could not agree on who shows the page');
  }

  #lost({ port, keys, tabs }: HostState): void {
    this.#role = undefined;
    const without = () => {
      this.#inherited = { port, keys: { links: [], sessions: [] } };
    };
    if (this.#closed || !(this.waits() || tabs > 0)) return without();
    // While nobody shows the page, another user of this machine may listen at its port, and a page from there reads the
    // session that the browser keeps for the address: it is only good for whoever takes over at once.
    this.#inherited = { port, keys };
    void this.#join()
      .catch(() => {})
      .finally(without);
  }

  #replaced(): void {
    this.#role = undefined;
    this.#inherited = undefined;
    if (!this.#closed && this.waits()) this.#join().catch(() => {});
  }
}

/**
 * The page, for a policy-wrap that has a question. Rejects when the package is not complete.
 * @param state the folder in which this user's policy-wraps keep what they write
 * @param files the folder in which the built page is
 * @param waits whether something waits here for a person
 */
export async function openPage(state: string, files: string, waits: () => boolean): Promise<SharedPage> {
  return new SharedPage(
    { state, files: await readPageAssets(files), openInboxes: () => openInboxes(state) },
    waits,
  );
}

/**
 * A link to the page that is there; undefined when no policy-wrap shows one.
 * @param state the folder in which this user's policy-wraps keep what they write
 */
export async function freshPageLink(state: string): Promise<string | undefined> {
  const lease = await highestLease(state);
  const line = lease && (await HostLink.open(lease.address, () => {}));
  try {
    return await line?.link('link');
  } finally {
    line?.close();
  }
}
