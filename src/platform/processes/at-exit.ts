import { constants } from 'node:os';

/** What ends us from a terminal or by a process manager. Node ends by them without `exit`, unless they are handled. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const ends = new Set<() => void>();
let exitingOnSignals = 0;

/**
 * Has something done when this process exits.
 * @param end is called while Node exits: what it does is done before it returns, or not at all. It does not throw
 * @returns what takes it back; the second time it does nothing
 */
export function atExit(end: () => void): () => void {
  if (ends.size === 0) process.on('exit', endAll);
  ends.add(end);
  return () => {
    if (ends.delete(end) && ends.size === 0) process.off('exit', endAll);
  };
}

/**
 * Makes a signal to us an exit, with 128 + its number as the code: the processes that we own lead groups of their own,
 * which Ctrl-C does not reach.
 * @returns what takes it back; the second time it does nothing
 */
export function exitOnSignals(): () => void {
  if (exitingOnSignals++ === 0) for (const signal of SIGNALS) process.on(signal, exitBy);
  let takenBack = false;
  return () => {
    if (takenBack) return;
    takenBack = true;
    if (--exitingOnSignals === 0) for (const signal of SIGNALS) process.off(signal, exitBy);
  };
}

function endAll(): void {
  for (const end of ends) end();
}

function exitBy(signal: NodeJS.Signals): void {
  process.exit(128 + constants.signals[signal]);
}
