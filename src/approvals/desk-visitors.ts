import type { Server } from 'node:http';
import type { Socket } from 'node:net';

const MOST_VISITORS = 32;

/** The connections to a desk: no more than a few, and none that keeps the process alive. */
export class Visitors {
  readonly #all = new Set<Socket>();
  /** Those that come and go. Those that stay are counted by whoever lets them stay. */
  readonly #passing = new Set<Socket>();

  constructor(server: Server) {
    server.on('connection', (socket: Socket) => this.#admit(socket));
    server.on('clientError', (_error, socket) => socket.destroy());
    server.on('error', () => {});
  }

  /** This one stays. */
  stays(socket: Socket): void {
    this.#passing.delete(socket);
  }

  close(): void {
    for (const socket of this.#all) socket.destroy();
  }

  /** The newcomer is let in, and the oldest has to go: else whoever comes and stays silent would keep people out. */
  #admit(socket: Socket): void {
    socket.unref();
    socket.on('error', () => socket.destroy());
    const [oldest] = this.#passing;
    if (oldest !== undefined && this.#passing.size >= MOST_VISITORS) this.#dismiss(oldest);
    this.#passing.add(socket);
    this.#all.add(socket);
    socket.once('close', () => this.#dismiss(socket));
  }

  #dismiss(socket: Socket): void {
    this.#passing.delete(socket);
    this.#all.delete(socket);
    socket.destroy();
  }
}
