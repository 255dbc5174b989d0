import type { Command } from 'commander';

/** The sub-commands that read and change the config files of MCP clients. */
export function addClientCommands(program: Command, done: (code: number) => void): void {
  changing(program.command('install [servers...]'))
    .description('put policy-wrap in front of the servers in the config files of your MCP clients')
    .option('--using <command>', 'how clients start policy-wrap, otherwise `npx -y policy-wrap`')
    .option('-c, --config <file>', 'the policy that is to judge them, wherever their client starts them')
    .action(async (servers, options) => {
      const { install } = await import('../install/install.js');
      done(await install(servers, options));
    });
  changing(program.command('uninstall [servers...]'))
    .description('take policy-wrap out of the config files again, as they were')
    .action(async (servers, options) => {
      const { uninstall } = await import('../install/install.js');
      done(await uninstall(servers, options));
    });
  program
    .command('status')
    .description('show every MCP client, its servers, whether they are wrapped, and by which policy')
    .option('--client <names>', 'only these clients, parted by commas', listed)
    .option('--json', 'print the result as JSON')
    .action(async (options) => {
      const { status } = await import('../install/install.js');
      done(await status(options));
    });
}

function changing(command: Command): Command {
  return command
    .option('--client <names>', 'only the configs of these clients, parted by commas', listed)
    .option('--dry-run', 'show the changes and write nothing')
    .option('-y, --yes', 'do not ask before writing')
    .option('--json', 'print the result as JSON');
}

/** A list with commas, which may also be given in several pieces. */
function listed(value: string, before: readonly string[] = []): string[] {
  const names = value.split(',').map((name) => name.trim());
  return [...before, ...names.filter((name) => name !== '')];
}
