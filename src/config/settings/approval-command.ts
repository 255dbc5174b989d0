import { existsSync } from 'node:fs';
import path from 'node:path';
import { diagnosticOf } from '../../core/policy/document/lookup.js';
import { expandPath } from '../../platform/user-path.js';
import type { LoadedChain } from '../chain.js';
import { PolicyError } from '../policy-error.js';

/**
 * The program that is asked for approvals, with its arguments: of the user's own policy, or else of the one beside it.
 * A path starts at the folder of the file that says it, a plain name is looked up on the PATH. A file that was
 * merely found in a project may not name one: a cloned repository would run what it likes.
 * @param chains the policies that judge, the user's own last
 * @throws {PolicyError}
 */
export function approvalCommand(chains: readonly LoadedChain[]): readonly [string, ...string[]] | undefined {
  const commands = chains.map(commandOf);
  return commands.findLast((command) => command !== undefined);
}

function commandOf({ sources, files, discovered }: LoadedChain): readonly [string, ...string[]] | undefined {
  const at = sources.findIndex(({ document }) => document.approvals?.command !== undefined);
  const owner = sources[at];
  const named = owner?.document.approvals?.command;
  if (owner === undefined || named === undefined) return undefined;
  const fail = (message: string, help: string) =>
    new PolicyError([diagnosticOf({ path: ['approvals', 'command'], message, help }, owner)]);
  if (discovered !== undefined)
    throw fail(
      'this policy was discovered and not named, so it may not choose a program to run',
      'name it with --config if you trust it, or put `command` in your own policy file',
    );
  const [program = '', ...args] = typeof named === 'string' ? [named] : named;
  const expanded = expandPath(program);
  if (typeof expanded !== 'string') throw fail(expanded.message, expanded.help);
  const file = located(expanded, path.dirname(files[at]?.file ?? ''));
  if (path.isAbsolute(file) && !existsSync(file))
    throw fail(
      `the program '${program}' does not exist`,
      program.includes(' ')
        ? 'write a list for a program with arguments, such as [./ask.mjs, --flag]'
        : 'a path starts at the folder of the policy file',
    );
  return [file, ...args];
}

function located(program: string, folder: string): string {
  const isPath = program.includes('/') || program.includes(path.sep);
  return isPath ? path.resolve(folder, program) : program;
}
