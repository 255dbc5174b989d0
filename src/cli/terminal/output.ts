import { isPolicyError } from '../../config/problem.js';
import { noteLine } from '../../proxy/streams/stderr-notes.js';
import { EXIT } from './exit.js';

/** Writes a line for people. Stdout belongs to results, or to the protocol. */
export function printNote(line: string): void {
  process.stderr.write(noteLine(line));
}

/** Shows an error as a person can use it and returns the exit code. No stack traces for mistakes of users. */
export function showError(error: unknown): number {
  if (isPolicyError(error)) {
    const count = error.problems.length;
    process.stderr.write(`${error.message}\n`);
    printNote(`the policy has ${count === 1 ? 'a problem' : `${count} problems`}, so it is not used`);
    return EXIT.invalidPolicy;
  }
  const { code, message, help, exitCode } = error as {
    code?: string;
    message?: string;
    help?: string;
    exitCode?: number;
  };
  if (code === 'USAGE') {
    printNote(`${message}${help === undefined ? '' : `\n  help: ${help}`}`);
    return exitCode ?? EXIT.failed;
  }
  printNote(
    `this should not happen: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  );
  return EXIT.failed;
}
