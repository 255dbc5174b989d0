import {
  appFolder,
  type ConfigMachine,
  configHome,
  inProject,
  localFolder,
  MCP_SERVERS,
  type ServersAt,
  user,
} from '../config-places.js';
import { githubAgents, inHome, type KnownClient, STRICT, unread, unreadEverywhere } from './known-client.js';
import { inExtension, userFoldersOfVscode } from './vscode-folders.js';

const SERVERS: readonly ServersAt[] = [{ keys: ['servers'] }];
const VSCODE_SETTINGS: readonly ServersAt[] = [{ keys: ['mcp', 'servers'] }, { keys: ['mcp.servers'] }];
const WORKSPACE: readonly ServersAt[] = [
  { keys: ['mcp', 'servers'] },
  { keys: ['settings', 'mcp', 'servers'] },
  { keys: ['settings', 'mcp.servers'] },
];
const DEV_CONTAINER: readonly ServersAt[] = [
  { keys: ['customizations', 'vscode', 'mcp', 'servers'] },
  { keys: ['customizations', 'vscode', 'settings', 'mcp', 'servers'] },
];
const IN_CONTAINER =
  'its servers are started in the container, so npx must be there, and so must the file that --config names';

/** Editors and what extends them, as their makers document them. */
export const EDITORS: readonly KnownClient[] = [
  {
    ...inHome('cursor', 'Cursor', ['.cursor', 'mcp.json'], ['.cursor', 'mcp.json']),
    unread: (machine) =>
      [
        ['cache', '*', '*', '*', 'mcp.json'],
        ['local', '*', 'mcp.json'],
      ].map((parts) =>
        unread(machine, [machine.home, '.cursor', 'plugins', ...parts], {
          servers: MCP_SERVERS,
          what: 'a plugin',
          way: 'switch its server off in Settings > Tools & MCP and add it to .cursor/mcp.json, which install wraps',
        }),
      ),
  },
  {
    name: 'vscode',
    title: 'VS Code',
    startsHere: true,
    reads: { comments: true, trailingCommas: true, mark: true },
    places: (machine) => [
      ...userFoldersOfVscode(machine).flatMap((folder) =>
        [folder, [...folder, 'profiles', '*']].flatMap((parts) => [
          user(machine, [...parts, 'mcp.json'], SERVERS),
          user(machine, [...parts, 'settings.json'], VSCODE_SETTINGS),
        ]),
      ),
      ...inProject(machine, ['.vscode', 'mcp.json'], SERVERS),
      ...inProject(machine, ['.vscode', 'settings.json'], VSCODE_SETTINGS),
      ...inProject(machine, ['*.code-workspace'], WORKSPACE),
      ...[
        ['.devcontainer', 'devcontainer.json'],
        ['.devcontainer', '*', 'devcontainer.json'],
        ['.devcontainer.json'],
      ]
        .flatMap((parts) => inProject(machine, parts, DEV_CONTAINER))
        .map((place) => ({ ...place, note: IN_CONTAINER })),
    ],
    unread: (machine) => [
      ...['.vscode', '.vscode-insiders', '.vscode-oss', '.vscode-server'].map((name) =>
        unread(machine, [machine.home, name, 'extensions', '*', 'package.json'], {
          mentions: 'mcpServerDefinitionProviders',
          what: 'an extension that brings servers',
          way: 'stop its server in the list of MCP servers and add its command to mcp.json, which install wraps',
        }),
      ),
      ...githubAgents(machine),
    ],
  },
  {
    name: 'visual-studio',
    title: 'Visual Studio',
    startsHere: true,
    places: (machine) => [
      user(machine, [machine.home, '.mcp.json'], SERVERS),
      ...inProject(machine, ['.vs', 'mcp.json'], SERVERS),
      ...inProject(machine, ['.mcp.json'], SERVERS).map((place) => ({ ...place, shared: true as const })),
    ],
  },
  {
    name: 'copilot-jetbrains',
    title: 'Copilot in JetBrains IDEs, Xcode and Eclipse',
    startsHere: true,
    reads: { comments: true, trailingCommas: true },
    places: (machine) =>
      ['intellij', 'xcode', 'eclipse'].map((editor) =>
        user(
          machine,
          machine.platform === 'win32'
            ? localFolder(machine, 'github-copilot', editor, 'mcp.json')
            : [configHome(machine), 'github-copilot', editor, 'mcp.json'],
          SERVERS,
        ),
      ),
  },
  {
    name: 'windsurf',
    title: 'Windsurf',
    startsHere: true,
    urlKey: 'serverUrl',
    reads: STRICT,
    places: (machine) =>
      [['windsurf', 'mcp_config.json'], ['windsurf-next', 'mcp_config.json'], ['mcp_config.json']].map(
        (parts) => user(machine, [machine.home, '.codeium', ...parts]),
      ),
  },
  {
    name: 'zed',
    title: 'Zed',
    startsHere: true,
    reads: { comments: true, trailingCommas: true },
    places: (machine) => [
      user(machine, zedFolder(machine), [{ keys: ['context_servers'] }]),
      ...(machine.platform === 'linux'
        ? [
            user(
              machine,
              [machine.home, '.var', 'app', 'dev.zed.Zed', 'config', 'zed', 'settings.json'],
              [{ keys: ['context_servers'] }],
            ),
          ]
        : []),
      ...inProject(machine, ['.zed', 'settings.json'], [{ keys: ['context_servers'] }]),
    ],
    unread: (machine) => [
      unread(machine, [...zedExtensions(machine), '*', 'extension.toml'], {
        mentions: 'context_servers',
        what: 'an extension that brings servers',
        way: 'uninstall it and add its command to context_servers in the settings, which install wraps',
      }),
    ],
  },
  {
    name: 'cline',
    title: 'Cline',
    startsHere: true,
    reads: STRICT,
    places: (machine) => [
      ...inExtension(machine, 'saoudrizwan.claude-dev', 'cline_mcp_settings.json'),
      user(machine, [machine.home, '.cline', 'data', 'settings', 'cline_mcp_settings.json']),
    ],
  },
  {
    name: 'roo',
    title: 'Roo Code',
    startsHere: true,
    reads: STRICT,
    places: (machine) => [
      ...inExtension(machine, 'rooveterinaryinc.roo-cline', 'mcp_settings.json'),
      ...inProject(machine, ['.roo', 'mcp.json']),
    ],
  },
  {
    name: 'kilo',
    title: 'Kilo Code',
    startsHere: true,
    places: (machine) => [
      ...inExtension(machine, 'kilocode.kilo-code', 'mcp_settings.json'),
      ...inProject(machine, ['.kilocode', 'mcp.json']),
    ],
  },
  {
    name: 'continue',
    title: 'Continue',
    startsHere: true,
    places: (machine) => [
      user(machine, [machine.home, '.continue', 'mcpServers', '*.json']),
      ...inProject(machine, ['.continue', 'mcpServers', '*.json']),
    ],
    unread: (machine) =>
      [['config.yaml'], ['mcpServers', '*.yaml'], ['mcpServers', '*.yml'], ['agents', '*.yaml']].flatMap(
        (parts) =>
          unreadEverywhere(machine, ['.continue', ...parts], {
            mentions: 'mcpServers',
            what: 'YAML, which install does not change',
            way: 'write `command: npx` there and put -y, policy-wrap, -- and the old command in front of `args`',
          }),
      ),
  },
  {
    ...inHome('junie', 'Junie', ['.junie', 'mcp', 'mcp.json'], ['.junie', 'mcp', 'mcp.json']),
    unread: (machine) => [
      unread(machine, [...appFolder(machine, 'JetBrains'), '*', 'options', 'llm.mcpServers.xml'], {
        mentions: 'command',
        what: 'the settings of JetBrains AI Assistant, which are XML',
        way: 'write npx as the command in Settings > Tools > AI Assistant > MCP, and -y policy-wrap -- with the old command as its arguments',
      }),
    ],
  },
  {
    name: 'trae',
    title: 'Trae',
    startsHere: true,
    places: (machine) => [
      ...['Trae', 'Trae CN'].map((name) => user(machine, appFolder(machine, name, 'User', 'mcp.json'))),
      ...inProject(machine, ['.trae', 'mcp.json']),
    ],
  },
];

/** Zed follows XDG on Linux only, and has no `Application Support` on macOS. */
function zedFolder(machine: ConfigMachine): string[] {
  const { platform, home } = machine;
  if (platform === 'darwin') return [home, '.config', 'zed', 'settings.json'];
  return appFolder(machine, platform === 'win32' ? 'Zed' : 'zed', 'settings.json');
}

function zedExtensions(machine: ConfigMachine): string[] {
  const { platform, home, env } = machine;
  const rest = ['extensions', 'installed'];
  if (platform === 'darwin') return appFolder(machine, 'Zed', ...rest);
  if (platform === 'win32') return localFolder(machine, 'Zed', ...rest);
  return [...(env['XDG_DATA_HOME'] ? [env['XDG_DATA_HOME']] : [home, '.local', 'share']), 'zed', ...rest];
}
