import type { ServerProcess } from './server-process.js';

/** The server's time to end by itself once its stdin is closed, then once it was asked. Milliseconds. */
const UNTIL_TERM = 1_500;
const UNTIL_KILL = 3_000;
/** After a signal to us the client may kill us within half a second; the server must be gone by then. Milliseconds. */
const UNTIL_KILL_AFTER_SIGNAL = 350;

/** All that would end us before the server, but SIGKILL, which nobody can handle, and SIGUSR1, which Node does. */
const SIGNALS: readonly NodeJS.Signals[] =
  process.platform === 'win32'
    ? ['SIGINT', 'SIGTERM', 'SIGHUP']
    : ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'];

/** The client has gone, or the server can no longer be heard: a server that does not end by itself is ended. */
export function shutDown(child: ServerProcess): void {
  setTimeout(() => child.signal('SIGTERM'), UNTIL_TERM).unref();
  setTimeout(() => child.signal('SIGKILL'), UNTIL_KILL).unref();
}

/**
 * Signals to us go to the server at once; whatever it does with them, it does not outlive us. To be called before the
 * server is started, which takes milliseconds: a signal that came meanwhile would end us and leave the server behind.
 * @returns is told of the server in the same tick in which it is started
 */
export function catchSignals(): (server: ServerProcess) => void {
  let child: ServerProcess | undefined;
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      child?.signal(signal);
      setTimeout(() => child?.signal('SIGKILL'), UNTIL_KILL_AFTER_SIGNAL);
    });
  }
  return (server) => {
    child = server;
  };
}
