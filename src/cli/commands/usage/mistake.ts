import type { CommanderError } from 'commander';
import { suggest } from '../../../core/text/did-you-mean.js';
import { UserError } from '../../../platform/user-error.js';
import type { CommandDefinition } from '../definition.js';
import { missingDashes } from './missing-dashes.js';

/** What commander calls words that no command has a use for. */
const ABOUT_WORDS = new Set(['commander.excessArguments', 'commander.unknownOption']);

/** What the parser found wrong with a command line, in the form of our own errors. */
export function mistakeIn(
  { code, message: found }: CommanderError,
  words: readonly string[],
  root: CommandDefinition,
): UserError {
  const { commands } = root;
  const first = words.find((word) => !word.startsWith('-')) ?? '';
  const known = commands.find(({ name }) => name === first);
  if (code !== 'commander.invalidArgument' && first !== '' && known === undefined)
    return unknownCommand(first, words, root);
  const message = found
    .replace(/^error: /, '')
    .replace(/\n.*$/s, '')
    .replace(/\.$/, '');
  const withoutDashes = ABOUT_WORDS.has(code) ? missingDashes(words, root) : undefined;
  if (withoutDashes !== undefined) return withoutDashes;
  const meant = /\(Did you mean (.*?)\?\)/.exec(found)?.[1];
  return new UserError(
    message,
    meant ? `did you mean '${meant}'?` : `see policy-wrap ${known === undefined ? '' : `${first} `}--help`,
  );
}

function unknownCommand(name: string, words: readonly string[], root: CommandDefinition): UserError {
  const close = suggest(
    name,
    root.commands.map((command) => command.name),
  );
  const alone = words.length === 1;
  if (close === undefined && !alone)
    return missingDashes(words, root) ?? unknown(name, 'see policy-wrap --help');
  return unknown(
    name,
    close
      ? `did you mean 'policy-wrap ${close}'?`
      : 'see all commands with: policy-wrap --help; the command of a server comes after `--`',
  );
}

function unknown(name: string, help: string): UserError {
  return new UserError(`unknown command '${name}'`, help);
}
