import { type PrivateSocket, privateSockets, removeIfDead } from '../../platform/sockets/private-socket.js';
import {
  fetchArguments,
  fetchInboxState,
  followInbox,
  sendDecision,
  sendRevocation,
} from './inbox-client.js';
import { HEARTBEAT } from './inbox-feed.js';
import type { InboxAnswer, InboxDecision, Inboxes, InboxState } from './inbox-state.js';

/** How often sockets are looked for. Milliseconds. */
const LOOK = 250;
/** A process that says nothing for so long hangs, and what waits there cannot be decided now. Milliseconds. */
const SILENCE = 5 * HEARTBEAT;
/** When an inbox that could not be reached is tried again: soon at first, then less often. Milliseconds. */
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 10_000;

interface Followed {
  socket: PrivateSocket;
  state: InboxState | undefined;
  heardAt: number;
  /** Whether what it last said is shown. */
  shown: boolean;
  /** Undefined while there is no connection. */
  stop: (() => void) | undefined;
  pause: number;
  triedAt: number;
}

/**
 * Follows the inboxes of all running policy-wraps of this user.
 * @param state the folder in which they keep what they write
 */
export function openInboxes(state: string): Inboxes {
  return new FollowedInboxes(state);
}

/** What is in the inboxes now, for those who look once. A process that hangs is counted and not waited for. */
export async function currentInboxes(
  state: string,
  timeoutMs = 2_000,
): Promise<{
  states: InboxState[];
  silent: number;
  inboxes: Pick<Inboxes, 'argumentsOf' | 'decide' | 'revoke'>;
}> {
  const sockets = await privateSockets(state, 'inbox');
  const asked = await Promise.all(
    sockets.map(async (socket) => {
      const known = await fetchInboxState(socket, timeoutMs).catch(() => undefined);
      return known ?? ((await removeIfDead(socket)) ? 'dead' : 'silent');
    }),
  );
  return {
    states: asked.filter((each) => typeof each === 'object').sort(byInbox),
    silent: asked.filter((each) => each === 'silent').length,
    inboxes: namedInboxes((name) => sockets.find((socket) => socket.name === name)),
  };
}

class FollowedInboxes implements Inboxes {
  readonly #followed = new Map<string, Followed>();
  readonly #listeners = new Set<() => void>();
  readonly #named = namedInboxes((name) => this.#followed.get(name)?.socket);
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  readonly argumentsOf = this.#named.argumentsOf;
  readonly decide = this.#named.decide;
  readonly revoke = this.#named.revoke;

  constructor(private readonly state: string) {
    void this.#look();
  }

  states(): InboxState[] {
    return [...this.#followed.values()]
      .flatMap(({ state, shown }) => (state && shown ? [state] : []))
      .sort(byInbox);
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#listeners.clear();
    for (const { stop } of this.#followed.values()) stop?.();
    this.#followed.clear();
  }

  async #look(): Promise<void> {
    const sockets = await privateSockets(this.state, 'inbox').catch(() => []);
    if (this.#closed) return;
    for (const socket of sockets) this.#notice(socket);
    const names = new Set(sockets.map(({ name }) => name));
    for (const [name, { stop }] of this.#followed) if (!stop && !names.has(name)) this.#followed.delete(name);
    this.#hideSilent();
    this.#timer = setTimeout(() => void this.#look(), LOOK);
  }

  #notice(socket: PrivateSocket): void {
    const now = performance.now();
    const known = this.#followed.get(socket.name);
    if (known?.stop !== undefined || (known && now - known.triedAt < known.pause)) return;
    const pause = known ? Math.min(known.pause * 2, LONGEST_PAUSE) : FIRST_PAUSE;
    const followed: Followed = {
      socket,
      pause,
      triedAt: now,
      heardAt: now,
      state: undefined,
      shown: false,
      stop: undefined,
    };
    this.#followed.set(socket.name, followed);
    followed.stop = followInbox(
      socket,
      (state) => this.#heard(followed, state),
      () => this.#gone(followed),
    );
  }

  #heard(followed: Followed, state: InboxState | 'still there'): void {
    followed.heardAt = performance.now();
    if (state !== 'still there') followed.state = state;
    else if (followed.shown) return;
    followed.shown = true;
    followed.pause = FIRST_PAUSE;
    this.#changed();
  }

  #gone(followed: Followed): void {
    const wasShown = followed.shown;
    Object.assign(followed, { state: undefined, shown: false, stop: undefined });
    if (this.#closed) return;
    void removeIfDead(followed.socket);
    if (wasShown) this.#changed();
  }

  #hideSilent(): void {
    const latest = performance.now() - SILENCE;
    const silent = [...this.#followed.values()].filter(({ shown, heardAt }) => shown && heardAt < latest);
    for (const followed of silent) followed.shown = false;
    if (silent.length > 0) this.#changed();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

function namedInboxes(
  socketOf: (name: string) => PrivateSocket | undefined,
): Pick<Inboxes, 'argumentsOf' | 'decide' | 'revoke'> {
  return {
    async argumentsOf(inbox, id) {
      const socket = socketOf(inbox);
      return socket && fetchArguments(socket, id);
    },
    async decide(inbox: string, id: string, decision: InboxDecision): Promise<InboxAnswer> {
      const socket = socketOf(inbox);
      return socket
        ? sendDecision(socket, id, decision)
        : { ok: false, why: 'gone', message: 'its policy-wrap has ended' };
    },
    async revoke(inbox, id) {
      const socket = socketOf(inbox);
      return socket !== undefined && sendRevocation(socket, id);
    },
  };
}

function byInbox(one: InboxState, other: InboxState): number {
  return one.inbox < other.inbox ? -1 : 1;
}
