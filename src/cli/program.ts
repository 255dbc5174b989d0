import { Argument, Command, CommanderError, Option } from 'commander';
import { version } from '../core/version.js';
import { EXIT, UserError } from '../platform/user-error.js';
import { userPath } from '../platform/user-path.js';
import type { CommandDefinition, CommandInput, Offer, OptionDefinition } from './commands/definition.js';
import { POLICY_WRAP } from './commands/policy-wrap.js';
import { helpText } from './commands/usage/help-text.js';
import { mistakeIn } from './commands/usage/mistake.js';
import { argumentTerm, optionFlags } from './commands/usage/spelling.js';

/** A command line that was understood: which command it is, and what it is given. */
export interface ReadCommand {
  definition: CommandDefinition;
  input: CommandInput<readonly unknown[], Readonly<Record<string, unknown>>>;
}

/** Carries out a command and returns its exit code. */
export async function runCommand(argv: readonly string[]): Promise<number> {
  const read = readCommand(argv);
  if (read === undefined) return EXIT.fine;
  const action = await read.definition.load();
  return action(read.input);
}

/**
 * Reads a command line. Undefined where it asks for help or the version, which are printed.
 * @throws {UserError}
 */
export function readCommand(argv: readonly string[], root = POLICY_WRAP): ReadCommand | undefined {
  const { words, server } = splitAtServer(argv, root);
  let read: ReadCommand | undefined;
  const program = commanderOf([root], (definition, positional, options) => {
    read = { definition, input: { arguments: positional, options, server, root } };
  });
  program.version(version(), '-v, --version').enablePositionalOptions();
  try {
    // -V is the usual spelling of many other programs.
    program.parse(words[0] === '-V' ? ['-v'] : words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw mistakeIn(error, words, root);
  }
  return read;
}

/** What comes after `--` is the server's, whatever it looks like. For commands that start none, `--` ends the options as everywhere. */
function splitAtServer(argv: readonly string[], { commands }: CommandDefinition) {
  const end = argv.indexOf('--');
  const starts = commands.some(({ name, server }) => name === argv[0] && server !== undefined);
  if (end < 0 || !starts) return { words: [...argv], server: [] };
  return { words: argv.slice(0, end), server: argv.slice(end + 1) };
}

type Understood = (
  definition: CommandDefinition,
  positional: readonly unknown[],
  options: Readonly<Record<string, unknown>>,
) => void;

/** A command as commander knows it, given with those that it is below. */
function commanderOf(path: readonly CommandDefinition[], understood: Understood): Command {
  const [definition = POLICY_WRAP] = path.slice(-1);
  const command = new Command(definition.name)
    .helpOption('-h, --help')
    .configureHelp({ formatHelp: () => helpText(path) })
    .configureOutput({ writeErr: () => {} })
    .exitOverride();
  for (const each of definition.arguments) {
    const argument = new Argument(argumentTerm(each));
    command.addArgument(each.choices === undefined ? argument : argument.choices(each.choices));
  }
  // The version is an option that commander has itself.
  for (const [name, option] of Object.entries(definition.options))
    if (name !== 'version') command.addOption(commanderOption(name, option));
  for (const each of definition.commands) command.addCommand(commanderOf([...path, each], understood));
  return command.action((...given: readonly unknown[]) => {
    refuseMisplaced(command);
    const positional = definition.arguments.map((each, index) => asPath(each, given[index]));
    const options = command.optsWithGlobals();
    for (const option of command.options) {
      const name = option.attributeName();
      const declared = definition.options[option.name()];
      if (declared !== undefined && options[name] !== undefined)
        options[name] = asPath(declared, options[name]);
    }
    understood(definition, positional, options);
  });
}

/** No shell has replaced the `~` of a path in the config of a client, or in quotes. */
function asPath({ offer }: { offer?: Offer }, value: unknown): unknown {
  if (offer !== 'files') return value;
  if (Array.isArray(value)) return value.map((each) => asPath({ offer }, each));
  return typeof value === 'string' ? userPath(value) : value;
}

function commanderOption(name: string, definition: OptionDefinition): Option {
  const option = new Option(optionFlags(name, definition));
  if (definition.choices) option.choices(definition.choices);
  if (definition.default !== undefined) option.default(definition.default);
  return definition.list ? option.argParser(listed) : option;
}

/** A list with commas, which may also be given in several pieces. */
function listed(value: string, before: readonly string[] = []): string[] {
  const names = value.split(',').map((name) => name.trim());
  return [...before, ...names.filter((name) => name !== '')];
}

/** An option before a sub-command is none of its own; to ignore it would answer another question than the one that was asked. */
function refuseMisplaced(command: Command): void {
  const names: string[] = [];
  let program = command;
  for (; program.parent !== null; program = program.parent) names.unshift(program.name());
  const option = program.options.find(
    (each) => program.getOptionValueSource(each.attributeName()) !== undefined,
  );
  if (option !== undefined && program !== command)
    throw new UserError(
      `option '${option.long}' must come after the sub-command`,
      `see whether it has this option with: policy-wrap ${names.join(' ')} --help`,
    );
}
