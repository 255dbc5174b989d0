import type { CommanderError } from 'commander';
import { suggest } from '../../core/text/did-you-mean.js';
import { UserError } from '../../platform/user-error.js';
import type { CommandDefinition } from './definition.js';

/** What the parser found wrong with a command line, in the form of our own errors. */
export function mistakeIn(
  { code, message: found }: CommanderError,
  words: readonly string[],
  { commands }: CommandDefinition,
): UserError {
  const first = words.find((word) => !word.startsWith('-')) ?? '';
  const known = commands.find(({ name }) => name === first);
  if (code !== 'commander.invalidArgument' && first !== '' && known === undefined)
    return unknownCommand(first, words, commands);
  const message = found
    .replace(/^error: /, '')
    .replace(/\n.*$/s, '')
    .replace(/\.$/, '');
  if (code === 'commander.excessArguments' && known !== undefined && startsServer(known))
    return new UserError(message, afterDashes(first));
  const meant = /\(Did you mean (.*?)\?\)/.exec(found)?.[1];
  return new UserError(
    message,
    meant ? `did you mean '${meant}'?` : `see policy-wrap ${known === undefined ? '' : `${first} `}--help`,
  );
}

/** Whether words that are too many were meant as the command of a server, not as files. */
function startsServer({ server, arguments: positional }: CommandDefinition): boolean {
  return server === 'required' || (server === 'optional' && positional.length === 0);
}

function unknownCommand(
  name: string,
  words: readonly string[],
  commands: readonly CommandDefinition[],
): UserError {
  const names = commands.map((command) => command.name);
  const close = suggest(name, names);
  return new UserError(
    `unknown command '${name}'`,
    close
      ? `did you mean 'policy-wrap ${close}'?`
      : `to wrap a server, write: policy-wrap -- ${words.join(' ')}`,
  );
}

function afterDashes(name: string): string {
  return `write the command of the server after \`--\`, such as: policy-wrap ${name} -- npx -y some-mcp-server`;
}
