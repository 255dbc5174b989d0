import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const ends = new Set<() => void>();

/**
 * What is done when this process ends before the server does, so that no server is left behind: it leads a process group of its
 * own, which Ctrl-C does not reach. Returns what takes it back.
 */
export function beforeExit(end: () => void): () => void {
  if (ends.size === 0) {
    process.on('exit', endAll);
    for (const signal of SIGNALS) process.on(signal, exitBy);
  }
  ends.add(end);
  return () => {
    ends.delete(end);
    if (ends.size > 0) return;
    process.off('exit', endAll);
    for (const signal of SIGNALS) process.off(signal, exitBy);
  };
}

function endAll(): void {
  for (const end of ends) end();
}

function exitBy(signal: NodeJS.Signals): void {
  process.exit(128 + constants.signals[signal]);
}
