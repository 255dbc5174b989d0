import type { ServerResponse } from 'node:http';
import { oneLineJson } from '../../core/json/value.js';
import type { Inbox } from './inbox.js';

/** Between two states. Milliseconds. */
const SHORTEST_PAUSE = 100;
/** A state that is costly to write is written less often: the session goes first. Times the cost. */
const PAUSE_FOR_COST = 20;
/** An empty line says that we are still here. Milliseconds. */
export const HEARTBEAT = 1_000;
/** Whoever reads nothing for so long is let go. Milliseconds. */
const STUCK = 10_000;
const MOST_FOLLOWERS = 16;

interface Follower {
  /** The last state has not been written to it. */
  behind: boolean;
  /** Since when something waits to be read. */
  stuckSince: number | undefined;
}

/** Tells all who follow an inbox what is on it: at once, then after each change, a line each. For each at most one line waits. */
export class InboxFeed {
  readonly #followers = new Map<ServerResponse, Follower>();
  readonly #heartbeat = setInterval(() => this.#beat(), HEARTBEAT).unref();
  readonly #unfollow: () => void;
  #scheduled: NodeJS.Timeout | undefined;
  #pause = SHORTEST_PAUSE;
  #writtenAt = 0;
  #line: string | undefined;

  constructor(private readonly inbox: Inbox) {
    this.#unfollow = inbox.onChange(() => this.#changed());
  }

  /** The newcomer is let in; where there is no room, the oldest has to go. */
  follow(response: ServerResponse): void {
    const [oldest] = this.#followers.keys();
    if (oldest !== undefined && this.#followers.size >= MOST_FOLLOWERS) oldest.destroy();
    const follower: Follower = { behind: true, stuckSince: undefined };
    this.#followers.set(response, follower);
    response.once('close', () => this.#followers.delete(response));
    response.on('drain', () => {
      follower.stuckSince = undefined;
      if (follower.behind) this.#writeTo(response, follower);
    });
    this.#line ??= this.#read();
    this.#writeTo(response, follower);
  }

  close(): void {
    this.#unfollow();
    clearInterval(this.#heartbeat);
    clearTimeout(this.#scheduled);
    for (const response of this.#followers.keys()) response.destroy();
  }

  #changed(): void {
    if (this.#followers.size === 0) {
      this.#line = undefined;
      return;
    }
    const wait = Math.max(0, this.#writtenAt + this.#pause - performance.now());
    this.#scheduled ??= setTimeout(() => this.#writeAll(), wait).unref();
  }

  #writeAll(): void {
    this.#scheduled = undefined;
    this.#line = this.#read();
    for (const [response, follower] of this.#followers) this.#writeTo(response, follower);
  }

  #read(): string {
    const startedAt = performance.now();
    const line = `${oneLineJson(this.inbox.state())}\n`;
    this.#writtenAt = performance.now();
    this.#pause = Math.max(SHORTEST_PAUSE, (this.#writtenAt - startedAt) * PAUSE_FOR_COST);
    return line;
  }

  #writeTo(response: ServerResponse, follower: Follower): void {
    follower.behind = response.writableLength > 0;
    if (!follower.behind) response.write(this.#line);
  }

  #beat(): void {
    const now = performance.now();
    for (const [response, follower] of this.#followers) {
      if (response.writableLength === 0) {
        follower.stuckSince = undefined;
        // A short line on its way is followed by no `drain`.
        if (follower.behind) this.#writeTo(response, follower);
        else response.write('\n');
      } else {
        follower.stuckSince ??= now;
        if (now - follower.stuckSince > STUCK) response.destroy();
      }
    }
  }
}
