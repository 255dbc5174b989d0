import { constants } from 'node:os';
import type { ProcessExit } from '../platform/processes/owned-process.js';
import { ServerToolsError } from './server-tools.js';
import type { Stray } from './stray-output.js';

/** What a server has written that was not understood. */
export interface Written {
  stderr: string;
  stray: Stray | undefined;
}

export function notStarted(command: string, { code, message }: NodeJS.ErrnoException): ServerToolsError {
  return code === 'ENOENT'
    ? new ServerToolsError(
        `the command '${command}' was not found`,
        'check its spelling and that it is on the PATH',
      )
    : new ServerToolsError(
        `the command '${command}' cannot be started: ${code ?? message}`,
        'check that the file may be executed',
      );
}

export function tooLate(
  command: string,
  method: string,
  timeout: number,
  { stderr, stray }: Written,
): ServerToolsError {
  return new ServerToolsError(
    `'${command}' did not answer ${method} within ${timeout / 1_000} s${butWrote(stray)}`,
    stray?.help ?? 'is it an MCP server that speaks over stdio? Give it more time with --timeout',
    stderr,
  );
}

export function endedEarly(
  command: string,
  { code, signal }: ProcessExit,
  { stderr, stray }: Written,
): ServerToolsError {
  const how = signal ? `signal ${signal} (${constants.signals[signal]})` : `code ${code}`;
  return new ServerToolsError(
    `'${command}' ended with ${how} before it had answered${butWrote(stray)}`,
    stray?.help ?? 'does it need arguments or environment variables? Start it alone to see what it says',
    stderr,
  );
}

export function tooMuch(command: string, { stderr, stray }: Written): ServerToolsError {
  return new ServerToolsError(
    `'${command}' answers more than can be read${butWrote(stray)}`,
    stray?.help ?? 'is it an MCP server that speaks over stdio?',
    stderr,
  );
}

/** An answer that is not JSON. */
export function notJson(command: string, method: string, why: string, stderr: string): ServerToolsError {
  return new ServerToolsError(
    `'${command}' answered ${method} with something that is not JSON: ${why}`,
    'most clients cannot read it either; it has to be fixed in the server',
    stderr,
  );
}

function butWrote(stray: Stray | undefined): string {
  return stray === undefined ? '' : `; on stdout it wrote ${stray.said}`;
}
