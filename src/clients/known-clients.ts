import {
  appFolder,
  at,
  type ConfigMachine,
  type ConfigPlace,
  configHome,
  inExtension,
  inProject,
  localFolder,
  type ServersAt,
  user,
  VSCODE_FOLDERS,
  zedFolder,
} from './config-places.js';

/** An MCP client whose config is known. */
export interface KnownClient {
  /** As it is named on the command line. */
  name: string;
  title: string;
  /** It starts servers in the folder in which people work, not in one of its own. */
  startsHere: boolean;
  /** `url` means a server that speaks SSE, as with the clients that have `httpUrl` beside it. */
  urlIsSse?: boolean;
  /** What it calls the URL of a server, where that is not `url`. */
  urlKey?: string;
  /** What it calls the headers, where that is not `headers`. */
  headersKey?: string;
  /** It puts environment variables into arguments by itself, and drops servers whose variables are missing. */
  expandsArguments?: boolean;
  places(machine: ConfigMachine): ConfigPlace[];
}

const VSCODE_SETTINGS: readonly ServersAt[] = [{ keys: ['mcp', 'servers'] }];
const OPENCODE: readonly ServersAt[] = [
  { keys: ['mcp', 'servers'], list: true },
  { keys: ['mcp'], list: true },
];

/** The clients, as their makers document them. */
export const KNOWN_CLIENTS: readonly KnownClient[] = [
  {
    name: 'claude-desktop',
    title: 'Claude Desktop',
    startsHere: false,
    places: (machine) => [
      user(machine, appFolder(machine, 'Claude', 'claude_desktop_config.json')),
      ...(machine.platform === 'win32'
        ? [user(machine, localFolder(machine, ...STORE_APP, 'Claude', 'claude_desktop_config.json'))]
        : []),
    ],
  },
  {
    name: 'claude-code',
    title: 'Claude Code',
    startsHere: true,
    expandsArguments: true,
    places: (machine) => [
      user(
        machine,
        [machine.env['CLAUDE_CONFIG_DIR'] || machine.home, '.claude.json'],
        [{ keys: ['mcpServers'] }, { keys: ['projects', '*', 'mcpServers'] }],
      ),
      ...inProject(machine, ['.mcp.json']),
    ],
  },
  inHome('cursor', 'Cursor', ['.cursor', 'mcp.json'], ['.cursor', 'mcp.json']),
  {
    name: 'vscode',
    title: 'VS Code',
    startsHere: true,
    places: (machine) => [
      ...VSCODE_FOLDERS.flatMap((folder) => [
        user(machine, appFolder(machine, folder, 'User', 'mcp.json'), [{ keys: ['servers'] }]),
        user(machine, appFolder(machine, folder, 'User', 'settings.json'), VSCODE_SETTINGS),
      ]),
      ...inProject(machine, ['.vscode', 'mcp.json'], [{ keys: ['servers'] }]),
      ...inProject(machine, ['.vscode', 'settings.json'], VSCODE_SETTINGS),
    ],
  },
  { ...inHome('windsurf', 'Windsurf', ['.codeium', 'windsurf', 'mcp_config.json']), urlKey: 'serverUrl' },
  {
    name: 'zed',
    title: 'Zed',
    startsHere: true,
    places: (machine) => [
      user(machine, zedFolder(machine), [{ keys: ['context_servers'] }]),
      ...inProject(machine, ['.zed', 'settings.json'], [{ keys: ['context_servers'] }]),
    ],
  },
  {
    name: 'codex',
    title: 'Codex',
    headersKey: 'http_headers',
    startsHere: true,
    places: (machine) => [
      {
        ...user(
          machine,
          [machine.env['CODEX_HOME'] || at(machine).join(machine.home, '.codex'), 'config.toml'],
          [{ keys: ['mcp_servers'] }],
        ),
        format: 'toml',
      },
      ...inProject(machine, ['.codex', 'config.toml'], [{ keys: ['mcp_servers'] }], 'toml'),
    ],
  },
  {
    ...inHome('gemini', 'Gemini CLI', ['.gemini', 'settings.json'], ['.gemini', 'settings.json']),
    urlIsSse: true,
  },
  {
    ...inHome('qwen-code', 'Qwen Code', ['.qwen', 'settings.json'], ['.qwen', 'settings.json']),
    urlIsSse: true,
  },
  {
    name: 'antigravity',
    title: 'Antigravity',
    urlKey: 'serverUrl',
    startsHere: true,
    places: (machine) => [
      user(machine, [machine.home, '.gemini', 'config', 'mcp_config.json']),
      user(machine, [machine.home, '.gemini', 'antigravity', 'mcp_config.json']),
    ],
  },
  {
    name: 'cline',
    title: 'Cline',
    startsHere: true,
    places: (machine) => [
      ...inExtension(machine, 'saoudrizwan.claude-dev', 'cline_mcp_settings.json'),
      user(machine, [machine.home, '.cline', 'data', 'settings', 'cline_mcp_settings.json']),
    ],
  },
  {
    name: 'roo',
    title: 'Roo Code',
    startsHere: true,
    places: (machine) => [
      ...inExtension(machine, 'rooveterinaryinc.roo-cline', 'mcp_settings.json'),
      ...inProject(machine, ['.roo', 'mcp.json']),
    ],
  },
  inHome('kiro', 'Kiro', ['.kiro', 'settings', 'mcp.json'], ['.kiro', 'settings', 'mcp.json']),
  {
    name: 'amazon-q',
    title: 'Amazon Q Developer',
    startsHere: true,
    places: (machine) => [
      user(machine, [machine.home, '.aws', 'amazonq', 'mcp.json']),
      user(machine, [machine.home, '.aws', 'amazonq', 'agents', 'default.json']),
      ...inProject(machine, ['.amazonq', 'mcp.json']),
    ],
  },
  { ...inHome('lm-studio', 'LM Studio', ['.lmstudio', 'mcp.json']), startsHere: false },
  {
    name: 'opencode',
    title: 'opencode',
    startsHere: true,
    places: (machine) =>
      ['opencode.json', 'opencode.jsonc'].flatMap((name) => [
        user(machine, [configHome(machine), 'opencode', name], OPENCODE),
        ...inProject(machine, [name], OPENCODE),
        ...inProject(machine, ['.opencode', name], OPENCODE),
      ]),
  },
  {
    name: 'copilot-cli',
    title: 'Copilot CLI',
    startsHere: true,
    places: (machine) => [
      user(machine, [
        machine.env['COPILOT_HOME'] || at(machine).join(machine.home, '.copilot'),
        'mcp-config.json',
      ]),
    ],
  },
];

/** Where Windows keeps the files of the packaged Claude Desktop, below the folder for local data. */
const STORE_APP = ['Packages', 'Claude_pzs8sxrjxfjjc', 'LocalCache', 'Roaming'];
/** A client whose own file is at the same place below the home folder everywhere. */
function inHome(
  name: string,
  title: string,
  file: readonly string[],
  inFolder?: readonly string[],
): KnownClient {
  return {
    name,
    title,
    startsHere: true,
    places: (machine) => [
      user(machine, [machine.home, ...file]),
      ...(inFolder ? inProject(machine, inFolder) : []),
    ],
  };
}
