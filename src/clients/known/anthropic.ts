import {
  appFolder,
  at,
  type ConfigMachine,
  inProject,
  localFolder,
  MCP_SERVERS,
  systemFolder,
  user,
} from '../config-places.js';
import { ASK_THE_ADMINISTRATOR, type KnownClient, STRICT, unread, unreadEverywhere } from './known-client.js';

/** Where Windows keeps the files of the packaged Claude Desktop, below the folder for local data. */
const STORE_APP = ['Packages', 'Claude_pzs8sxrjxfjjc', 'LocalCache', 'Roaming'];

/** https://modelcontextprotocol.io/docs/develop/connect-local-servers and https://docs.claude.com/en/docs/claude-code/mcp */
export const ANTHROPIC: readonly KnownClient[] = [
  {
    name: 'claude-desktop',
    title: 'Claude Desktop',
    startsHere: false,
    reads: STRICT,
    places: (machine) =>
      desktopFolders(machine).map((folder) => user(machine, [...folder, 'claude_desktop_config.json'])),
    unread: (machine) =>
      desktopFolders(machine).map((folder) =>
        unread(machine, [...folder, 'Claude Extensions', '*', 'manifest.json'], {
          mentions: '"server"',
          what: 'a desktop extension',
          way: 'switch the extension off in Settings > Extensions and add its server to claude_desktop_config.json, which install wraps',
        }),
      ),
  },
  {
    name: 'claude-code',
    title: 'Claude Code',
    startsHere: true,
    expandsArguments: true,
    reads: { mark: true },
    places: (machine) => [
      {
        ...user(
          machine,
          [machine.env['CLAUDE_CONFIG_DIR'] || machine.home, '.claude.json'],
          [{ keys: ['mcpServers'] }, { keys: ['projects', '*', 'mcpServers'] }],
        ),
        rewritten: true,
      },
      ...inProject(machine, ['.mcp.json']).map((place) => ({ ...place, shared: true as const })),
    ],
    unread: (machine) => [
      ...['.mcp.json', '.claude-plugin/plugin.json'].map((name) =>
        unread(machine, [ownFolder(machine), 'plugins', 'cache', '*', '*', '*', ...name.split('/')], {
          ...(name === '.mcp.json' ? {} : { mentions: 'mcpServers' }),
          servers: MCP_SERVERS,
          what: 'a plugin',
          way: 'disable its server in /mcp and add it with `claude mcp add`, which install wraps',
        }),
      ),
      ...unreadEverywhere(machine, ['.claude', 'agents', '*.md'], {
        mentions: 'mcpServers',
        what: 'a subagent',
        way: 'name a server of the config there instead of its command',
      }),
      unread(
        machine,
        [...systemFolder(machine, 'claude-code', 'ClaudeCode', 'ClaudeCode'), 'managed-mcp.json'],
        {
          mentions: 'mcpServers',
          servers: MCP_SERVERS,
          what: 'the file of the administrator',
          way: ASK_THE_ADMINISTRATOR,
        },
      ),
    ],
  },
];

function desktopFolders(machine: ConfigMachine): string[][] {
  return [
    appFolder(machine, 'Claude'),
    ...(machine.platform === 'win32' ? [localFolder(machine, ...STORE_APP, 'Claude')] : []),
  ];
}

function ownFolder(machine: ConfigMachine): string {
  return machine.env['CLAUDE_CONFIG_DIR'] || at(machine).join(machine.home, '.claude');
}
