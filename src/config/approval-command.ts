import { existsSync } from 'node:fs';
import path from 'node:path';
import type { LoadedChain } from './chain.js';
import { PolicyError } from './problem.js';

/**
 * The program that is asked for approvals, with its arguments: of the user's own policy, or else of the one beside it.
 * A path counts from the folder of the file that says it, a plain name is looked up on the PATH. A file that was
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
  const named = sources[at]?.document.approvals?.command;
  if (named === undefined) return undefined;
  if (discovered !== undefined) {
    const message = 'this policy was found and not named, so it may not say which program is run';
    const help = 'name it with --config if you trust it, or put `command` in your own policy file';
    throw new PolicyError([
      ...(sources[at] ? [sources[at].problem({ path: ['approvals', 'command'], message, help })] : []),
    ]);
  }
  const [program = '', ...args] = typeof named === 'string' ? [named] : named;
  const file = located(program, path.dirname(files[at]?.file ?? ''));
  if (path.isAbsolute(file) && !existsSync(file)) {
    const message = `the program '${program}' is not there`;
    const help = program.includes(' ')
      ? 'write a list for a program with arguments, such as [./ask.mjs, --flag]'
      : 'a path counts from the folder of the policy';
    throw new PolicyError([
      ...(sources[at] ? [sources[at].problem({ path: ['approvals', 'command'], message, help })] : []),
    ]);
  }
  return [file, ...args];
}

function located(program: string, folder: string): string {
  const isPath = program.includes('/') || program.includes(path.sep);
  return isPath ? path.resolve(folder, program) : program;
}
