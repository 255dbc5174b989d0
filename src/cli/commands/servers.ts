import type { Command } from 'commander';

/** The sub-commands that get to know the tools of a server. `command` is what stands behind `--`. */
export function addToolCommands(
  program: Command,
  command: readonly string[],
  done: (code: number) => void,
): void {
  reading(program.command('inspect [tool]'))
    .usage('[tool] [options] -- <command> [args...]')
    .description('show what the tools of a server do, how risky they are and what the policy does with them')
    .option('-c, --config <file>', "use this policy file instead of the project's")
    .option('--json', 'print the result as JSON')
    .option('--markdown', 'print a report of the whole server as Markdown')
    .option('--html', 'print a report of the whole server as one HTML file')
    .action(async (tool, options) => {
      const { inspect } = await import('../inspect/inspect.js');
      done(await inspect(tool, { ...options, command }));
    });
  reading(program.command('init'))
    .usage('[options] [-- <command> [args...]]')
    .description(
      'write a policy for the tools of a server, or of those that your MCP clients have in their configs',
    )
    .option('-c, --config <file>', 'write this file instead of the usual one')
    .option('-y, --yes', 'ask nothing')
    .option('--update', 'add what is new to a policy that is there, and keep the rest')
    .action(async (options) => {
      const { init } = await import('../init/init.js');
      done(await init({ ...options, command }));
    });
  program
    .command('import <file>')
    .description('turn a policy of PolicyLayer or Intercept into one of policy-wrap')
    .option('-o, --output <file>', 'write this file instead of stdout')
    .action(async (file, options) => {
      const { importPolicy } = await import('../init/import-policy.js');
      done(await importPolicy(file, options));
    });
  named(program.command('doctor'))
    .usage('[options] -- <command> [args...]')
    .description('start a server through policy-wrap as a client would, and say what works')
    .option('-c, --config <file>', "use this policy file instead of the project's")
    .option('--json', 'print the result as JSON')
    .action(async (options) => {
      const { doctor } = await import('../doctor/doctor.js');
      done(await doctor({ ...options, command }));
    });
}

/** The options with which a server is named, for all commands that read its tools. */
export function reading(command: Command): Command {
  return named(
    command.option('--tools <file>', 'read a saved answer to tools/list instead of starting the server'),
  );
}

function named(command: Command): Command {
  return command
    .option('--server <id>', 'the id of the server, otherwise derived from the command')
    .option('--timeout <seconds>', 'how long the server may take to answer', '60');
}
