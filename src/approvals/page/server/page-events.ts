import type { ServerResponse } from 'node:http';
import { oneLineJson } from '../../../core/json/value.js';
import type { Inboxes } from '../../inbox/inbox-state.js';
import type { PageCall, PageState } from './page-messages.js';

/** Changes that come together are told together. Milliseconds. */
const GATHERING = 40;
const HEARTBEAT = 5_000;
/** Whoever does not read for so long is let go. Milliseconds. */
const STUCK = 20_000;
const MOST_STREAMS = 16;

interface Stream {
  response: ServerResponse;
  isAdmitted(): boolean;
  /** Calls whose arguments were sent on it. */
  sent: Set<string>;
  /** Since when it has not read; undefined when it has read all. */
  blockedSince: number | undefined;
  /** Whether something has changed since the last line. */
  behind: boolean;
}

/**
 * Tells open pages what waits, one JSON text a line. For each there is never more than one line on its way: who reads
 * slowly gets fewer, and the latest.
 */
export class PageEvents {
  readonly #streams = new Set<Stream>();
  readonly #heartbeat = setInterval(() => this.#beat(), HEARTBEAT).unref();
  readonly #unfollow: () => void;
  #gathering: NodeJS.Timeout | undefined;

  constructor(
    private readonly inboxes: Inboxes,
    private readonly countChanged: () => void,
  ) {
    this.#unfollow = inboxes.onChange(() => this.#gather());
  }

  /** How many pages are open. */
  get count(): number {
    return this.#streams.size;
  }

  /**
   * Whether there was room.
   * @param isAdmitted whether the session still counts; when it does not, the stream ends
   */
  add(response: ServerResponse, isAdmitted: () => boolean): boolean {
    if (this.#streams.size >= MOST_STREAMS) return false;
    const stream: Stream = { response, isAdmitted, sent: new Set(), blockedSince: undefined, behind: true };
    response.writeHead(200, { 'content-type': 'application/jsonl; charset=utf-8' });
    this.#streams.add(stream);
    response.on('drain', () => {
      stream.blockedSince = undefined;
      if (stream.behind) this.#tell(stream);
    });
    response.once('close', () => {
      this.#streams.delete(stream);
      this.countChanged();
    });
    this.#tell(stream);
    this.countChanged();
    return true;
  }

  close(): void {
    this.#unfollow();
    clearInterval(this.#heartbeat);
    clearTimeout(this.#gathering);
    for (const { response } of this.#streams) response.destroy();
  }

  #gather(): void {
    this.#gathering ??= setTimeout(() => {
      this.#gathering = undefined;
      for (const stream of this.#streams) {
        stream.behind = true;
        if (stream.blockedSince === undefined) this.#tell(stream);
      }
    }, GATHERING).unref();
  }

  #tell(stream: Stream): void {
    if (!stream.isAdmitted()) return void stream.response.destroy();
    stream.behind = false;
    this.#write(stream, oneLineJson(this.#stateFor(stream)));
  }

  #stateFor(stream: Stream): PageState {
    const sent = new Set<string>();
    const inboxes = this.inboxes.states().map((state) => ({
      ...state,
      waiting: state.waiting.map((call): PageCall => {
        const key = `${state.inbox}/${call.id}`;
        sent.add(key);
        return stream.sent.has(key)
          ? { ...call, argumentsText: undefined, redactedText: undefined, repeated: true }
          : call;
      }),
    }));
    stream.sent = sent;
    return { now: Date.now(), inboxes };
  }

  #beat(): void {
    const now = performance.now();
    for (const stream of this.#streams) {
      if (!stream.isAdmitted()) stream.response.destroy();
      else if (stream.blockedSince === undefined) this.#write(stream, '');
      else if (now - stream.blockedSince > STUCK) stream.response.destroy();
    }
  }

  #write(stream: Stream, line: string): void {
    if (!stream.response.write(`${line}\n`)) stream.blockedSince = performance.now();
  }
}
