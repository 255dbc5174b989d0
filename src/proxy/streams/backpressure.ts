import { LineWriter } from './line-writer.js';
import { PauseGate } from './reading/pause-gate.js';
import type { ServerProcess } from './server-process.js';
import type { Stdio } from './stdio.js';

/** When this much of what is written to the client waits, nothing more is taken from it: our own answers must not pile up. Bytes. */
const MOST_BACKLOG = 1024 * 1024;
/** As much may wait for a server that does not read, so that the end of the client is noticed after it. Bytes. */
const MOST_UNREAD = 4 * 1024 * 1024;

/** What is written to both sides, and what is held back while one of them does not read. */
export class Backpressure {
  readonly clientGate: PauseGate;
  readonly serverGate: PauseGate;
  readonly toClient: LineWriter;
  readonly toServer: LineWriter;

  constructor(stdio: Stdio, child: ServerProcess) {
    const clientGate = new PauseGate(stdio.stdin.stream);
    const serverGate = new PauseGate(child.stdout.stream);
    this.clientGate = clientGate;
    this.serverGate = serverGate;
    this.toServer = new LineWriter(
      child.stdin,
      () => {
        if (this.toServer.backlog > MOST_UNREAD) clientGate.close('server is slow');
      },
      () => clientGate.release('server is slow'),
    );
    this.toClient = new LineWriter(
      stdio.stdout,
      () => {
        serverGate.close('client is slow');
        if (this.toClient.backlog > MOST_BACKLOG) clientGate.close('client is slow');
      },
      () => {
        serverGate.release('client is slow');
        clientGate.release('client is slow');
      },
      () => {
        if (this.toClient.backlog > MOST_BACKLOG) clientGate.close('client is slow');
      },
    );
  }
}
