import { connect, type Socket } from 'node:net';
import { oneLineJson } from '../../../core/json/value.js';
import { TextLines } from '../../../platform/text-lines.js';
import { type HostMessage, type HostState, hostMessageOf } from '../host-message.js';

/** Characters. */
const LONGEST_LINE = 256 * 1024;
/** Whoever has left so much unread hangs, and is hung up on. Characters. */
const MOST_UNREAD = 1024 * 1024;
/** A host answers at once, unless its process hangs. Milliseconds. */
const PATIENCE = 2_000;

/** Calls back with each line that can be read. A peer that sends anything else is hung up on. */
export function onLines(socket: Socket, heard: (line: HostMessage) => void): void {
  const lines = new TextLines({
    longest: LONGEST_LINE,
    onLine: (line) => heard(hostMessageOf(line)),
    onTooLong: () => {
      throw new RangeError('the line is too long');
    },
  });
  socket.on('data', (chunk: Buffer) => {
    try {
      lines.add(chunk);
    } catch {
      socket.destroy();
    }
  });
}

export function sendLine(socket: Socket, line: HostMessage): void {
  if (socket.writableLength > MOST_UNREAD) socket.destroy();
  else if (socket.writable) socket.write(`${oneLineJson(line)}\n`);
}

/** A policy-wrap's line to the one that hosts the page. */
export class HostLink {
  readonly #asked = new Map<number, (link: string | undefined) => void>();
  #last = 0;

  private constructor(
    private readonly socket: Socket,
    /** What the host said last. */
    public state: HostState,
    follow: Greeting['follow'],
    lost: (state: HostState) => void,
  ) {
    follow((line) => this.#hear(line));
    socket.once('close', () => {
      for (const answer of this.#asked.values()) answer(undefined);
      lost(this.state);
    });
  }

  /**
   * Undefined when nobody answers there in time.
   * @param lost called once, when the host is gone
   */
  static async open(address: string, lost: (state: HostState) => void): Promise<HostLink | undefined> {
    if (address === '') return undefined;
    const socket = connect({ path: address });
    socket.unref();
    socket.on('error', () => socket.destroy());
    const greeting = await greetingOf(socket);
    if (greeting !== undefined && !socket.destroyed)
      return new HostLink(socket, greeting.state, greeting.follow, lost);
    socket.destroy();
    return undefined;
  }

  /** A link to the page; undefined when the host does not answer. To open: also when the page is open already. */
  link(ask: 'link' | 'link to open'): Promise<string | undefined> {
    const number = ++this.#last;
    return new Promise((resolve) => {
      const end = (link: string | undefined) => {
        clearTimeout(timer);
        this.#asked.delete(number);
        resolve(link);
      };
      const timer = setTimeout(() => end(undefined), PATIENCE);
      this.#asked.set(number, end);
      sendLine(this.socket, { ask, number });
      if (this.socket.destroyed) end(undefined);
    });
  }

  close(): void {
    this.socket.removeAllListeners('close');
    for (const answer of this.#asked.values()) answer(undefined);
    this.socket.destroy();
  }

  #hear({ state, number, link }: HostMessage): void {
    if (state !== undefined) this.state = state;
    if (number !== undefined) this.#asked.get(number)?.(link);
  }
}

/** The first line of a host, and how to hear those that follow. */
interface Greeting {
  state: HostState;
  /** All lines after the first, also those that came with it. */
  follow(heard: (line: HostMessage) => void): void;
}

/** The host speaks first. Undefined where it does not say its state, or nothing in time. */
function greetingOf(socket: Socket): Promise<Greeting | undefined> {
  return new Promise((resolve) => {
    const early: HostMessage[] = [];
    const follow: Greeting['follow'] = (heard) => {
      hear = heard;
      early.forEach(heard);
    };
    const end = (state: HostState | undefined) => {
      clearTimeout(timer);
      resolve(state && { state, follow });
    };
    let hear = ({ state }: HostMessage) => {
      hear = (line) => void early.push(line);
      end(state);
    };
    const timer = setTimeout(() => end(undefined), PATIENCE);
    socket.once('close', () => end(undefined));
    onLines(socket, (line) => hear(line));
  });
}
