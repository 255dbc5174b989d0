import { command, type OptionSet } from './definition.js';
import { CLIENT_OPTION, JSON_OPTION } from './shared-options.js';

const CHANGE_OPTIONS = {
  ...CLIENT_OPTION,
  'dry-run': { summary: 'show the changes and write nothing' },
  yes: { short: 'y', summary: 'write without asking' },
  ...JSON_OPTION,
} as const satisfies OptionSet;

const install = command({
  name: 'install',
  group: 'start',
  summary: 'put policy-wrap in front of the servers in the config files of your MCP clients',
  arguments: [{ name: 'servers', variadic: true }],
  options: {
    using: { value: 'command', summary: 'how clients start policy-wrap, otherwise npx with this version' },
    config: {
      short: 'c',
      value: 'file',
      offer: 'files',
      summary: 'policy file to use, whatever folder the client starts the server in',
    },
    ...CHANGE_OPTIONS,
  },
  examples: ['install --dry-run', 'install', 'install --client cursor,codex github'],
  load: async () => {
    const { install: run } = await import('../install/install.js');
    return ({ arguments: [servers], options }) => run(servers, options);
  },
});

const uninstall = command({
  name: 'uninstall',
  group: 'start',
  summary: 'take policy-wrap out of the config files again and restore what was there',
  arguments: [{ name: 'servers', variadic: true }],
  options: CHANGE_OPTIONS,
  examples: ['uninstall --dry-run', 'uninstall', 'uninstall --client cursor github'],
  load: async () => {
    const { uninstall: run } = await import('../install/install.js');
    return ({ arguments: [servers], options }) => run(servers, options);
  },
});

const status = command({
  name: 'status',
  group: 'start',
  summary: 'show every MCP client, its servers, whether they are wrapped, and by which policy',
  options: {
    ...CLIENT_OPTION,
    places: { summary: 'show where servers are looked for, and what of that is there' },
    ...JSON_OPTION,
  },
  examples: ['status', 'status --client claude-desktop', 'status --places', 'status --json'],
  exitCodes: { 1: 'a config cannot be read, or a server does not start', 3: 'a policy is invalid' },
  load: async () => {
    const { status: run } = await import('../install/install.js');
    return ({ options }) => run(options);
  },
});

/** The commands that read and change the config files of MCP clients. */
export const clientCommands = [install, uninstall, status] as const;
