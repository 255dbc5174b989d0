import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** The connections to a server of ours: no more than a few, and none that keeps the process alive. */
export class ConnectionLimit {
  readonly #all = new Set<Socket>();
  /** Those that come and go. Those that stay are counted by whoever lets them stay. */
  readonly #passing = new Set<Socket>();

  constructor(
    server: Server,
    private readonly most: number,
  ) {
    server.on('connection', (socket: Socket) => this.#admit(socket));
    server.on('clientError', (_error, socket) => socket.destroy());
    server.on('error', () => {});
  }

  /** This one stays. */
  stays(socket: Socket): void {
    this.#passing.delete(socket);
  }

  /** This one has stayed, and may go from now on, after those that wait for longer. */
  passes(socket: Socket): void {
    if (this.#all.has(socket)) this.#receive(socket);
  }

  close(): void {
    for (const socket of this.#all) socket.destroy();
  }

  #admit(socket: Socket): void {
    socket.unref();
    socket.on('error', () => socket.destroy());
    this.#all.add(socket);
    socket.once('close', () => this.#dismiss(socket));
    this.#receive(socket);
  }

  /** The newcomer is let in, and the oldest has to go: else whoever comes and stays silent would keep people out. */
  #receive(socket: Socket): void {
    const [oldest] = this.#passing;
    if (oldest !== undefined && this.#passing.size >= this.most) this.#dismiss(oldest);
    this.#passing.add(socket);
  }

  #dismiss(socket: Socket): void {
    this.#passing.delete(socket);
    this.#all.delete(socket);
    socket.destroy();
  }
}
