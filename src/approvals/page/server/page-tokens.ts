import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** What is kept of a token: enough to know it again, not to use it. */
export interface KeptToken {
  /** SHA-256, as hex. */
  digest: string;
  /** Milliseconds since 1970. */
  until: number;
}

export interface KeptTokens {
  links: KeptToken[];
  sessions: KeptToken[];
}

/** A link is for a person who opens it now. Milliseconds. */
const LINK_LASTS = 10 * 60_000;
const SESSION_LASTS = 24 * 60 * 60_000;
/** How often a session that is used is told to last on. Milliseconds. */
const RENEWAL = 60 * 60_000;
/** As many as calls may wait at most, since each has one. The oldest are dropped. */
const MOST_LINKS = 1_024;
const MOST_SESSIONS = 32;

/** Who may come to the page: whoever has a link that was not used, and then the session that it was exchanged for. */
export class PageTokens {
  #links: KeptToken[] = [];
  #sessions: KeptToken[] = [];

  constructor(
    private readonly changed: () => void = () => {},
    private readonly now: () => number = Date.now,
  ) {}

  /** A token for one link, good once. */
  newToken(): string {
    const token = randomBytes(32).toString('base64url');
    const kept = { digest: digestOf(token), until: this.now() + LINK_LASTS };
    this.#links = [...this.#current(this.#links), kept].slice(-MOST_LINKS);
    this.changed();
    return token;
  }

  /** The session for a token that was not used before; undefined for any other. */
  redeem(token: string): string | undefined {
    const link = this.#find(this.#links, token);
    if (link === undefined) return undefined;
    this.#links = this.#links.filter((each) => each !== link);
    const session = randomBytes(32).toString('base64url');
    const kept = { digest: digestOf(session), until: this.now() + SESSION_LASTS };
    this.#sessions = [...this.#current(this.#sessions), kept].slice(-MOST_SESSIONS);
    this.changed();
    return session;
  }

  /** A session that is used lasts on: a page that stays open is there tomorrow, too. */
  admits(session: string): boolean {
    const known = this.#find(this.#sessions, session);
    if (known === undefined) return false;
    const until = this.now() + SESSION_LASTS;
    if (until - known.until > RENEWAL) {
      this.#sessions = this.#sessions.map((each) => (each === known ? { ...known, until } : each));
      this.changed();
    }
    return true;
  }

  /**
   * Shows an open page that we know its session, before it is told to us: whoever has got our port from the system does
   * not. Of each session, since the page does not say which is its own.
   */
  proofs(challenge: string): string[] {
    return this.#current(this.#sessions).map(({ digest }) =>
      createHmac('sha256', Buffer.from(digest, 'hex')).update(challenge).digest('hex'),
    );
  }

  /** For whoever hosts the page next. */
  kept(): KeptTokens {
    return { links: this.#current(this.#links), sessions: this.#current(this.#sessions) };
  }

  take({ links, sessions }: KeptTokens): void {
    this.#links = links.slice(-MOST_LINKS);
    this.#sessions = sessions.slice(-MOST_SESSIONS);
  }

  /** Looks at all: how long it takes says nothing about which one fits. */
  #find(kept: readonly KeptToken[], token: string): KeptToken | undefined {
    const digest = Buffer.from(digestOf(token), 'hex');
    let found: KeptToken | undefined;
    for (const each of this.#current(kept))
      if (timingSafeEqual(Buffer.from(each.digest, 'hex'), digest)) found = each;
    return found;
  }

  #current(kept: readonly KeptToken[]): KeptToken[] {
    const now = this.now();
    return kept.filter(({ until }) => until > now);
  }
}

/** How long a token that is kept among these can still be used; 0 for any other. Milliseconds. */
export function lasts({ links }: KeptTokens, token: string, now = Date.now()): number {
  const digest = digestOf(token);
  return Math.max(0, (links.find((link) => link.digest === digest)?.until ?? 0) - now);
}

function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
