import { Command, CommanderError, Option } from 'commander';
import { MODES, PRESET_NAMES } from '../core/policy/document/keywords.js';
import { suggest } from '../core/text/did-you-mean.js';
import { version } from '../core/version.js';
import { addApprovalCommands } from './commands/approvals.js';
import { addClientCommands } from './commands/clients.js';
import { examplesOf } from './commands/help-examples.js';
import { addToolCommands, reading } from './commands/servers.js';
import { check } from './policy/check.js';
import { explain } from './policy/explain.js';
import { schema } from './policy/schema.js';
import { test } from './policy/test.js';
import { EXIT, UsageError } from './terminal/exit.js';

const EXAMPLES = `Examples:
  policy-wrap -- npx -y @modelcontextprotocol/server-filesystem ~/projects
  policy-wrap explain delete_broker --config policy-wrap.yaml
  policy-wrap test
`;

/** Carries out a sub-command and returns its exit code. */
export async function runCommand(argv: readonly string[]): Promise<number> {
  let exitCode: number = EXIT.fine;
  const { words, command } = splitAtServer(argv);
  const program = programWith(command, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return usage(error, words, program);
    throw error;
  }
  return exitCode;
}

/** Sub-commands that start a server. For others, `--` ends the options as everywhere. */
const STARTING = new Set(['inspect', 'init', 'doctor', 'check']);

/** What stands behind `--` is the server's, whatever it looks like. */
function splitAtServer(argv: readonly string[]): { words: string[]; command: string[] } {
  const end = argv.indexOf('--');
  if (end < 0 || !STARTING.has(argv[0] ?? '')) return { words: [...argv], command: [] };
  return { words: argv.slice(0, end), command: argv.slice(end + 1) };
}

function programWith(command: readonly string[], done: (code: number) => void): Command {
  const program = new Command('policy-wrap')
    .description(
      'Puts a policy in front of any MCP server: allow, deny, rate-limit or ask a person before a tool call runs.',
    )
    .usage('[options] -- <command> [args...]\n       policy-wrap <sub-command> [options]')
    .addHelpText('before', EXAMPLES)
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .option('-c, --config <file>', "use this policy file instead of the project's")
    .option('--server <id>', 'the id of the server, otherwise derived from the command')
    .addOption(
      new Option('--preset <name>', "use a built-in policy instead of the project's file").choices(
        PRESET_NAMES,
      ),
    )
    .addOption(
      new Option('--mode <mode>', 'enforce the policy, or observe: let everything pass and log').choices(
        MODES,
      ),
    )
    .option(
      '--via <channels>',
      'how people are asked, such as page,terminal, instead of what the policy says',
    )
    .option('-q, --quiet', 'do not print the line at the start')
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .action(() => {
      throw new UsageError(
        'no server command was given',
        'write it behind `--`, such as: policy-wrap -- npx -y some-mcp-server; see policy-wrap --help',
      );
    });
  reading(program.command('check [file]'))
    .description('find everything that is wrong with a policy file (exit code 3)')
    .option('-c, --config <file>', 'the same as the file')
    .option('--print', 'print the effective policy, with what it extends')
    .option('--against', 'compare it with the tools of the server behind `--` (exit code 2)')
    .option('--update-lock', 'write what the server lists into policy-wrap.lock')
    .option('--json', 'print the result as JSON')
    .action(async (file, options) => {
      const compares = options.against || options.tools || options.updateLock;
      if (command.length > 0 && !compares)
        throw new UsageError(
          'check starts no server',
          'to compare the policy with the tools of one, write --against before `--`',
        );
      if (compares && options.print)
        throw new UsageError('--print and --against exclude each other', 'leave out one of the two');
      if (!compares) return done(await check(file ?? options.config, options));
      const { checkAgainst } = await import('./policy/against/against.js');
      done(await checkAgainst(file ?? options.config, { ...options, command }));
    });
  program
    .command('explain <tool> [arguments]')
    .description('say what happens to a call and why; arguments are a JSON object')
    .option('-c, --config <file>', "use this policy file instead of the project's")
    .addOption(new Option('--preset <name>', 'use a built-in policy').choices(PRESET_NAMES))
    .option('--server <id>', 'the id of the server', 'server')
    .option('--client <name>', 'the name of the client', '')
    .option('--json', 'print the result as JSON')
    .action(async (tool, args, options) => done(await explain(tool, args, options)));
  program
    .command('test [files...]')
    .description(
      'run the `tests:` of policy files, or of all policy files below folders (exit code 1 when one fails)',
    )
    .option('--json', 'print the results as JSON')
    .addOption(
      new Option('--reporter <name>', 'how to print the results')
        .choices(['table', 'junit'])
        .default('table'),
    )
    .action(async (files, options) => done(await test(files, options)));
  addToolCommands(program, command, done);
  addClientCommands(program, done);
  addApprovalCommands(program, done);
  program
    .command('schema')
    .description('print the JSON Schema of the policy file')
    .action(() => done(schema()));
  program
    .command('demo')
    .description('show an MCP client, policy-wrap and an example server at work')
    .action(async () => {
      const { demo } = await import('./demo/demo.js');
      done(await demo());
    });
  program.command('example-server', { hidden: true }).action(async () => {
    const { serve } = await import('./demo/demo.js');
    await serve();
  });
  for (const command of program.commands) {
    command.exitOverride().configureOutput({ writeErr: () => {} });
    const examples = examplesOf(command.name());
    if (examples !== '') command.addHelpText('before', examples);
  }
  return program.hook('preAction', refuseMisplaced);
}

/** An option before a sub-command is none of its own; to pass over it would answer another question than the one that was asked. */
function refuseMisplaced(program: Command, command: Command): void {
  const option = program.options.find(
    (each) => program.getOptionValueSource(each.attributeName()) !== undefined,
  );
  if (option !== undefined && command !== program)
    throw new UsageError(
      `'${option.long}' stands before the sub-command`,
      `write it behind it, where it has this option; see policy-wrap ${command.name()} --help`,
    );
}

/** What commander found wrong, in the form of our own errors. Help and version are no errors. */
function usage(error: CommanderError, argv: readonly string[], program: Command): number {
  if (error.exitCode === 0) return EXIT.fine;
  const first = argv.find((word) => !word.startsWith('-')) ?? '';
  if (error.code !== 'commander.invalidArgument' && first !== '') {
    const close = suggest(
      first,
      program.commands.map((command) => command.name()),
    );
    const known = program.commands.some((command) => command.name() === first);
    if (!known) {
      const help = close
        ? `did you mean 'policy-wrap ${close}'?`
        : `to wrap a server, write: policy-wrap -- ${argv.join(' ')}`;
      throw new UsageError(`unknown sub-command '${first}'`, help);
    }
  }
  const message = error.message
    .replace(/^error: /, '')
    .replace(/\n.*$/s, '')
    .replace(/\.$/, '');
  if (error.code === 'commander.excessArguments' && STARTING.has(first) && first !== 'check')
    throw new UsageError(
      message,
      `write the command of the server behind \`--\`, such as: policy-wrap ${first} -- npx -y some-mcp-server`,
    );
  const hint = /\(Did you mean (.*?)\?\)/.exec(error.message)?.[1];
  throw new UsageError(
    message,
    hint
      ? `did you mean '${hint}'?`
      : `see policy-wrap ${program.commands.some((command) => command.name() === first) ? `${first} ` : ''}--help`,
  );
}
