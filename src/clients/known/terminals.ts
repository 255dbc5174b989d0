import {
  at,
  type ConfigMachine,
  configHome,
  inProject,
  MCP_SERVERS,
  type ServersAt,
  systemFolder,
  user,
} from '../config-places.js';
import {
  ASK_THE_ADMINISTRATOR,
  githubAgents,
  inHome,
  type KnownClient,
  STRICT,
  unread,
  unreadEverywhere,
} from './known-client.js';

const CODEX: readonly ServersAt[] = [{ keys: ['mcp_servers'] }];
const OPENCODE: readonly ServersAt[] = [
  { keys: ['mcp', 'servers'], list: true },
  { keys: ['mcp'], list: true },
];
/** Copilot CLI takes both words. */
const OF_COPILOT: readonly ServersAt[] = [{ keys: ['mcpServers'] }, { keys: ['servers'] }];

/** Agents of the terminal, as their makers document them. */
export const TERMINALS: readonly KnownClient[] = [
  {
    name: 'codex',
    title: 'Codex',
    headersKey: 'http_headers',
    startsHere: true,
    places: (machine) =>
      [
        ...['config.toml', '*.config.toml'].map((name) => user(machine, [codexFolder(machine), name], CODEX)),
        ...inProject(machine, ['.codex', 'config.toml'], CODEX),
      ].map((place) => ({ ...place, format: 'toml' as const })),
    unread: (machine) => [
      unread(machine, [codexFolder(machine), 'plugins', 'cache', '*', '*', '*', '.mcp.json'], {
        servers: MCP_SERVERS,
        what: 'a plugin',
        way: 'disable the plugin and add its server with `codex mcp add`, which install wraps',
      }),
      ...unreadEverywhere(machine, ['.codex', 'agents', '*.toml'], {
        mentions: 'mcp_servers',
        what: 'an agent',
        way: 'move its mcp_servers to config.toml, which install wraps',
      }),
      ...['config.toml', 'managed_config.toml'].map((name) =>
        unread(machine, [...systemFolder(machine, 'codex'), name], {
          mentions: 'mcp_servers',
          what: 'the file of the administrator',
          way: ASK_THE_ADMINISTRATOR,
        }),
      ),
    ],
  },
  {
    name: 'opencode',
    title: 'opencode',
    startsHere: true,
    reads: { comments: true, trailingCommas: true },
    places: (machine) => [
      ...(machine.env['OPENCODE_CONFIG'] ? [user(machine, [machine.env['OPENCODE_CONFIG']], OPENCODE)] : []),
      ...['opencode.json', 'opencode.jsonc', 'config.json'].flatMap((name) =>
        [[configHome(machine), 'opencode'], [machine.env['OPENCODE_CONFIG_DIR'] ?? '']]
          .filter(([folder]) => folder !== '')
          .map((folder) => user(machine, [...folder, name], OPENCODE)),
      ),
      ...['opencode.json', 'opencode.jsonc'].flatMap((name) => [
        ...inProject(machine, [name], OPENCODE),
        ...inProject(machine, ['.opencode', name], OPENCODE),
      ]),
    ],
  },
  {
    name: 'copilot-cli',
    title: 'Copilot CLI',
    startsHere: true,
    places: (machine) => [
      user(machine, [copilotFolder(machine), 'mcp-config.json'], OF_COPILOT),
      ...(machine.env['XDG_CONFIG_HOME']
        ? [user(machine, [machine.env['XDG_CONFIG_HOME'], 'mcp-config.json'], OF_COPILOT)]
        : []),
      ...[
        ['.copilot', 'mcp-config.json'],
        ['.github', 'mcp.json'],
        ['.github', 'copilot', 'mcp.json'],
      ].flatMap((parts) => inProject(machine, parts, OF_COPILOT)),
      ...inProject(machine, ['.mcp.json']).map((place) => ({ ...place, shared: true as const })),
    ],
    unread: (machine) => [
      unread(machine, [copilotFolder(machine), 'installed-plugins', '*', '*', '.mcp.json'], {
        servers: MCP_SERVERS,
        what: 'a plugin',
        way: 'disable its server with /mcp disable and add it with /mcp add, which install wraps',
      }),
      unread(machine, [copilotFolder(machine), 'agents', '*.md'], {
        mentions: 'mcp-servers',
        what: 'a custom agent',
        way: 'move its servers to mcp-config.json, which install wraps',
      }),
      ...githubAgents(machine),
    ],
  },
  {
    name: 'amazon-q',
    title: 'Amazon Q Developer',
    startsHere: true,
    reads: STRICT,
    places: (machine) => [
      ...['mcp.json', 'default.json', 'agents/*.json', 'cli-agents/*.json'].map((name) =>
        user(machine, [machine.home, '.aws', 'amazonq', ...name.split('/')]),
      ),
      ...['mcp.json', 'default.json', 'agents/*.json', 'cli-agents/*.json'].flatMap((name) =>
        inProject(machine, ['.amazonq', ...name.split('/')]),
      ),
    ],
  },
  {
    name: 'kiro',
    title: 'Kiro',
    startsHere: true,
    places: (machine) => {
      const servers = [{ keys: ['mcpServers'] }, { keys: ['powers', 'mcpServers'] }];
      return [
        user(machine, [machine.home, '.kiro', 'settings', 'mcp.json'], servers),
        user(machine, [machine.home, '.kiro', 'agents', '*.json']),
        ...inProject(machine, ['.kiro', 'settings', 'mcp.json'], servers),
        ...inProject(machine, ['.kiro', 'agents', '*.json']),
      ];
    },
  },
  { ...inHome('warp', 'Warp', ['.warp', '.mcp.json'], ['.warp', '.mcp.json']), unread: warpDrive },
  {
    name: 'goose',
    title: 'Goose',
    startsHere: true,
    places: () => [],
    unread: (machine) => [
      unread(
        machine,
        machine.platform === 'win32'
          ? [machine.env['APPDATA'] || machine.home, 'Block', 'goose', 'config', 'config.yaml']
          : [configHome(machine), 'goose', 'config.yaml'],
        {
          mentions: 'cmd:',
          what: 'YAML, which install does not change',
          way: 'write `cmd: npx` there and put -y, policy-wrap, -- and the old command in front of `args`',
        },
      ),
    ],
  },
  {
    name: 'amp',
    title: 'Amp',
    startsHere: true,
    places: (machine) => [
      user(machine, [configHome(machine), 'amp', 'settings.json'], [{ keys: ['amp.mcpServers'] }]),
      ...inProject(machine, ['.amp', 'settings.json'], [{ keys: ['amp.mcpServers'] }]),
    ],
  },
  {
    name: 'crush',
    title: 'Crush',
    startsHere: true,
    places: (machine) => [
      user(machine, [configHome(machine), 'crush', 'crush.json'], [{ keys: ['mcp'] }]),
      ...['crush.json', '.crush.json'].flatMap((name) => inProject(machine, [name], [{ keys: ['mcp'] }])),
    ],
  },
  inHome('droid', 'Factory Droid', ['.factory', 'mcp.json'], ['.factory', 'mcp.json']),
  inHome('auggie', 'Auggie', ['.augment', 'settings.json']),
  inHome('kimi', 'Kimi CLI', ['.kimi', 'mcp.json']),
  inHome('rovodev', 'Rovo Dev', ['.rovodev', 'mcp.json']),
  { ...inHome('lm-studio', 'LM Studio', ['.lmstudio', 'mcp.json']), startsHere: false },
  { ...inHome('boltai', 'BoltAI', ['.boltai', 'mcp.json']), startsHere: false },
];

/** What is added in the app is kept in its database. */
function warpDrive(machine: ConfigMachine) {
  const { home, platform } = machine;
  if (platform === 'win32') return [];
  const parts =
    platform === 'darwin'
      ? [
          'Library',
          'Group Containers',
          '2BBY89MBSN.dev.warp',
          'Library',
          'Application Support',
          'dev.warp.Warp-Stable',
        ]
      : ['.local', 'state', 'warp-terminal'];
  return [
    unread(machine, [home, ...parts, 'warp.sqlite'], {
      what: 'the database of the app, which may hold servers',
      way: 'move its servers to ~/.warp/.mcp.json, which install wraps',
    }),
  ];
}

function codexFolder(machine: ConfigMachine): string {
  return machine.env['CODEX_HOME'] || at(machine).join(machine.home, '.codex');
}

function copilotFolder(machine: ConfigMachine): string {
  return machine.env['COPILOT_HOME'] || at(machine).join(machine.home, '.copilot');
}
