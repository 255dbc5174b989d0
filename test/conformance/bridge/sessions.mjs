import { randomUUID } from 'node:crypto';
import { Conversation } from './conversation.mjs';

const MOST = 4; // sessions whose servers run: the suite opens one after the other and does not end them all

/** The first version without sessions. */
export const FIRST_MODERN = '2026-07-28';

/**
 * A server of both eras takes the era of what it hears first, and `server/discover` does not count: a client of the
 * 2025 era may begin with it too.
 */
const OPENING = {
  jsonrpc: '2.0',
  id: 'bridge',
  method: 'tools/list',
  params: {
    _meta: {
      'io.modelcontextprotocol/protocolVersion': FIRST_MODERN,
      'io.modelcontextprotocol/clientInfo': { name: 'bridge', version: '1.0.0' },
      'io.modelcontextprotocol/clientCapabilities': {},
    },
  },
};
const NOBODY = { tell() {}, finish() {}, abandon() {} };

/** The servers that run: one for each session of before 2026-07-28, one for everything since. */
export class Sessions {
  #launch;
  /** The server of each version that a request has claimed. */
  #modern = new Map();
  #open = new Map();
  #ending = new Set();

  constructor(launch) {
    this.#launch = launch;
  }

  /** The id of a new session. */
  begin() {
    for (const [old, conversation] of this.#open)
      if (this.#open.size >= MOST && conversation.idle) this.end(old);
    const id = randomUUID();
    this.#open.set(id, new Conversation(this.#launch));
    return id;
  }

  find(id) {
    return this.#open.get(id);
  }

  /** A version that no server knows goes to one of its own: it may not become the server's first. */
  modern(version) {
    let conversation = this.#modern.get(version);
    if (!conversation) {
      conversation = new Conversation(this.#launch);
      this.#modern.set(version, conversation);
      if (version === FIRST_MODERN) conversation.ask(OPENING, JSON.stringify(OPENING), NOBODY, () => 200);
    }
    return conversation;
  }

  end(id) {
    const conversation = this.#open.get(id);
    this.#open.delete(id);
    const ended = conversation.end().finally(() => this.#ending.delete(ended));
    this.#ending.add(ended);
  }

  async close() {
    for (const id of this.#open.keys()) this.end(id);
    await Promise.all([
      ...this.#ending,
      ...[...this.#modern.values()].map((conversation) => conversation.end()),
    ]);
  }
}
