import type { ServerProcess } from './server-process.js';

/**
 * How long the most patient of known clients waits for a server, once its input is closed and again after SIGTERM: VS
 * Code. A client that waits less kills us first. Milliseconds.
 */
const PATIENCE = 10_000;
/** A server that has closed one of its own ends can answer nothing any more, and nobody has asked it to end. Milliseconds. */
const UNTIL_TERM = 1_500;
const UNTIL_KILL = 3_000;
/**
 * The end of its input can overtake a signal in a server that is busy; one without anything else to do would end before it
 * has handled the signal. Milliseconds.
 */
const UNTIL_INPUT_ENDS = 200;
/** Windows ends us so soon after our console was closed. Milliseconds. */
const UNTIL_CONSOLE_ENDS = 4_000;

/**
 * Why a server has to end: its input was closed since ours had ended, calls are still not answered long after that, we
 * were sent a signal, or it can no longer be reached.
 */
export type EndingCause = 'input' | 'unanswered' | NodeJS.Signals | 'unreachable';

/** What a server is sent that has not ended by itself. */
export interface EndingStep {
  /** Milliseconds from the cause on. */
  after: number;
  signal: NodeJS.Signals;
}

/** All that would end us before the server, but SIGKILL, which nobody can handle, and SIGUSR1, which Node does. */
const SIGNALS: readonly NodeJS.Signals[] =
  process.platform === 'win32'
    ? ['SIGINT', 'SIGTERM', 'SIGHUP']
    : ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'];

/**
 * A server has as long to clean up as it would have without us. A signal is passed on at once where that does not end
 * it: on Windows it does, so there the end of its input has to be enough.
 */
export function endingSteps(cause: EndingCause, platform: NodeJS.Platform): EndingStep[] {
  const kill = (after: number): EndingStep => ({ after, signal: 'SIGKILL' });
  switch (cause) {
    case 'input':
      return [{ after: PATIENCE, signal: 'SIGTERM' }, kill(2 * PATIENCE)];
    case 'unanswered':
      return [{ after: 0, signal: 'SIGTERM' }, kill(PATIENCE)];
    case 'unreachable':
      return [{ after: UNTIL_TERM, signal: 'SIGTERM' }, kill(UNTIL_KILL)];
    default:
      if (platform !== 'win32') return [{ after: 0, signal: cause }, kill(PATIENCE)];
      return [kill(cause === 'SIGHUP' ? UNTIL_CONSOLE_ENDS : PATIENCE)];
  }
}

/** Sees to it that the server ends: by itself if it can, but with us in any case. */
export class ServerEnding {
  #server: Pick<ServerProcess, 'stdin' | 'signal'> | undefined;
  #cause: EndingCause | undefined;
  #signalled = false;
  #onSignal: () => void = () => {};

  constructor(private readonly platform: NodeJS.Platform = process.platform) {}

  /** Whether the server was told to end because our input has ended, and not because of anything that it did. */
  get endedForInput(): boolean {
    return this.#signalled && (this.#cause === 'input' || this.#cause === 'unanswered');
  }

  /**
   * Signals to us are passed on from now on. To be called before the server is started, which takes milliseconds: a
   * signal that came meanwhile would end us and leave the server behind.
   */
  catchSignals(): void {
    for (const signal of SIGNALS) process.on(signal, () => this.signalled(signal));
  }

  /** To be called in the tick in which the server is started. */
  watch(server: Pick<ServerProcess, 'stdin' | 'signal'>): void {
    this.#server = server;
  }

  /** What is done, beside, when a signal comes. */
  onSignal(listener: () => void): void {
    this.#onSignal = listener;
  }

  /** We were told to end. The server's input is closed as well, so that it ends even when we are killed. */
  signalled(signal: NodeJS.Signals): void {
    this.#cause = signal;
    this.#plan(signal);
    setTimeout(() => this.#server?.stdin.end(), UNTIL_INPUT_ENDS);
    this.#onSignal();
  }

  /** Our input has ended, the server's is closed, and nothing is under way. */
  inputEnded(): void {
    this.#begin('input');
  }

  /** Our input has ended long ago, and something is still under way. */
  answersAreLate(): void {
    this.#begin('unanswered');
  }

  /** The server can no longer be heard, or no longer hears. */
  unreachable(): void {
    this.#begin('unreachable');
  }

  /** The first cause decides: a server that closes its ends while it cleans up loses no time by that. */
  #begin(cause: EndingCause): void {
    if (this.#cause !== undefined) return;
    this.#cause = cause;
    this.#plan(cause);
  }

  #plan(cause: EndingCause): void {
    for (const { after, signal } of endingSteps(cause, this.platform)) {
      if (after === 0) this.#send(signal);
      else setTimeout(() => this.#send(signal), after).unref();
    }
  }

  #send(signal: NodeJS.Signals): void {
    this.#signalled = true;
    this.#server?.signal(signal);
  }
}
