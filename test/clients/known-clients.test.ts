import { describe, expect, it } from 'vitest';
import type { ConfigMachine } from '../../src/clients/config-places.js';
import { KNOWN_CLIENTS } from '../../src/clients/known-clients.js';

const LINUX: ConfigMachine = { platform: 'linux', env: {}, home: '/home/ada', folders: ['/home/ada/shop'] };
const MAC: ConfigMachine = { platform: 'darwin', env: {}, home: '/Users/ada', folders: ['/Users/ada/shop'] };
const WINDOWS: ConfigMachine = {
  platform: 'win32',
  env: { APPDATA: 'C:\\Users\\ada\\AppData\\Roaming', LOCALAPPDATA: 'C:\\Users\\ada\\AppData\\Local' },
  home: 'C:\\Users\\ada',
  folders: ['D:\\shop'],
};

function files(client: string, machine: ConfigMachine): string[] {
  const known = KNOWN_CLIENTS.find(({ name }) => name === client);
  return known?.places(machine).map(({ file }) => file) ?? [];
}

/** One of the files that each client reads, as its maker documents it. */
const PLACES: readonly (readonly [client: string, linux: string, mac: string, windows: string])[] = [
  [
    'claude-desktop',
    '/home/ada/.config/Claude/claude_desktop_config.json',
    '/Users/ada/Library/Application Support/Claude/claude_desktop_config.json',
    'C:\\Users\\ada\\AppData\\Roaming\\Claude\\claude_desktop_config.json',
  ],
  ['claude-code', '/home/ada/.claude.json', '/Users/ada/.claude.json', 'C:\\Users\\ada\\.claude.json'],
  ['claude-code', '/home/ada/shop/.mcp.json', '/Users/ada/shop/.mcp.json', 'D:\\shop\\.mcp.json'],
  [
    'cursor',
    '/home/ada/.cursor/mcp.json',
    '/Users/ada/.cursor/mcp.json',
    'C:\\Users\\ada\\.cursor\\mcp.json',
  ],
  [
    'cursor',
    '/home/ada/shop/.cursor/mcp.json',
    '/Users/ada/shop/.cursor/mcp.json',
    'D:\\shop\\.cursor\\mcp.json',
  ],
  [
    'vscode',
    '/home/ada/.config/Code/User/mcp.json',
    '/Users/ada/Library/Application Support/Code/User/mcp.json',
    'C:\\Users\\ada\\AppData\\Roaming\\Code\\User\\mcp.json',
  ],
  [
    'vscode',
    '/home/ada/.config/Code - Insiders/User/settings.json',
    '/Users/ada/Library/Application Support/Code - Insiders/User/settings.json',
    'C:\\Users\\ada\\AppData\\Roaming\\Code - Insiders\\User\\settings.json',
  ],
  [
    'vscode',
    '/home/ada/shop/.vscode/mcp.json',
    '/Users/ada/shop/.vscode/mcp.json',
    'D:\\shop\\.vscode\\mcp.json',
  ],
  [
    'windsurf',
    '/home/ada/.codeium/windsurf/mcp_config.json',
    '/Users/ada/.codeium/windsurf/mcp_config.json',
    'C:\\Users\\ada\\.codeium\\windsurf\\mcp_config.json',
  ],
  [
    'zed',
    '/home/ada/.config/zed/settings.json',
    '/Users/ada/.config/zed/settings.json',
    'C:\\Users\\ada\\AppData\\Roaming\\Zed\\settings.json',
  ],
  [
    'zed',
    '/home/ada/shop/.zed/settings.json',
    '/Users/ada/shop/.zed/settings.json',
    'D:\\shop\\.zed\\settings.json',
  ],
  [
    'codex',
    '/home/ada/.codex/config.toml',
    '/Users/ada/.codex/config.toml',
    'C:\\Users\\ada\\.codex\\config.toml',
  ],
  [
    'codex',
    '/home/ada/shop/.codex/config.toml',
    '/Users/ada/shop/.codex/config.toml',
    'D:\\shop\\.codex\\config.toml',
  ],
  [
    'gemini',
    '/home/ada/.gemini/settings.json',
    '/Users/ada/.gemini/settings.json',
    'C:\\Users\\ada\\.gemini\\settings.json',
  ],
  [
    'qwen-code',
    '/home/ada/.qwen/settings.json',
    '/Users/ada/.qwen/settings.json',
    'C:\\Users\\ada\\.qwen\\settings.json',
  ],
  [
    'antigravity',
    '/home/ada/.gemini/config/mcp_config.json',
    '/Users/ada/.gemini/config/mcp_config.json',
    'C:\\Users\\ada\\.gemini\\config\\mcp_config.json',
  ],
  [
    'cline',
    '/home/ada/.config/Code/User/globalStorage/saoudrizwan.claude-dev/settings/cline_mcp_settings.json',
    '/Users/ada/Library/Application Support/Code/User/globalStorage/saoudrizwan.claude-dev/settings/cline_mcp_settings.json',
    'C:\\Users\\ada\\AppData\\Roaming\\Code\\User\\globalStorage\\saoudrizwan.claude-dev\\settings\\cline_mcp_settings.json',
  ],
  [
    'roo',
    '/home/ada/.config/Code/User/globalStorage/rooveterinaryinc.roo-cline/settings/mcp_settings.json',
    '/Users/ada/Library/Application Support/Code/User/globalStorage/rooveterinaryinc.roo-cline/settings/mcp_settings.json',
    'C:\\Users\\ada\\AppData\\Roaming\\Code\\User\\globalStorage\\rooveterinaryinc.roo-cline\\settings\\mcp_settings.json',
  ],
  ['roo', '/home/ada/shop/.roo/mcp.json', '/Users/ada/shop/.roo/mcp.json', 'D:\\shop\\.roo\\mcp.json'],
  [
    'kiro',
    '/home/ada/.kiro/settings/mcp.json',
    '/Users/ada/.kiro/settings/mcp.json',
    'C:\\Users\\ada\\.kiro\\settings\\mcp.json',
  ],
  [
    'amazon-q',
    '/home/ada/.aws/amazonq/mcp.json',
    '/Users/ada/.aws/amazonq/mcp.json',
    'C:\\Users\\ada\\.aws\\amazonq\\mcp.json',
  ],
  [
    'lm-studio',
    '/home/ada/.lmstudio/mcp.json',
    '/Users/ada/.lmstudio/mcp.json',
    'C:\\Users\\ada\\.lmstudio\\mcp.json',
  ],
  [
    'opencode',
    '/home/ada/.config/opencode/opencode.json',
    '/Users/ada/.config/opencode/opencode.json',
    'C:\\Users\\ada\\.config\\opencode\\opencode.json',
  ],
  [
    'opencode',
    '/home/ada/shop/.opencode/opencode.jsonc',
    '/Users/ada/shop/.opencode/opencode.jsonc',
    'D:\\shop\\.opencode\\opencode.jsonc',
  ],
  [
    'copilot-cli',
    '/home/ada/.copilot/mcp-config.json',
    '/Users/ada/.copilot/mcp-config.json',
    'C:\\Users\\ada\\.copilot\\mcp-config.json',
  ],
];

describe('the known clients', () => {
  it.each(PLACES)('%s reads %s', (client, linux, mac, windows) => {
    expect(files(client, LINUX)).toContain(linux);
    expect(files(client, MAC)).toContain(mac);
    expect(files(client, WINDOWS)).toContain(windows);
  });

  it.each([
    ['claude-desktop', { XDG_CONFIG_HOME: '/xdg' }, '/xdg/Claude/claude_desktop_config.json'],
    ['zed', { XDG_CONFIG_HOME: '/xdg' }, '/xdg/zed/settings.json'],
    ['opencode', { XDG_CONFIG_HOME: '/xdg' }, '/xdg/opencode/opencode.jsonc'],
    ['claude-code', { CLAUDE_CONFIG_DIR: '/elsewhere' }, '/elsewhere/.claude.json'],
    ['codex', { CODEX_HOME: '/elsewhere' }, '/elsewhere/config.toml'],
    ['copilot-cli', { COPILOT_HOME: '/elsewhere' }, '/elsewhere/mcp-config.json'],
  ])('%s follows %j', (client, env, file) => {
    expect(files(client, { ...LINUX, env })).toContain(file);
  });

  it('looks for the packaged Claude Desktop on Windows', () => {
    expect(files('claude-desktop', WINDOWS)).toContain(
      'C:\\Users\\ada\\AppData\\Local\\Packages\\Claude_pzs8sxrjxfjjc\\LocalCache\\Roaming\\Claude\\claude_desktop_config.json',
    );
  });

  it('finds the data of applications on Windows where no variable says where it is', () => {
    expect(files('vscode', { ...WINDOWS, env: {} })).toContain(
      'C:\\Users\\ada\\AppData\\Roaming\\Code\\User\\mcp.json',
    );
  });

  it('looks in all folders of the project', () => {
    const folders = ['/repo/a/b', '/repo/a', '/repo'];
    expect(files('claude-code', { ...LINUX, folders })).toEqual([
      '/home/ada/.claude.json',
      ...folders.map((folder) => `${folder}/.mcp.json`),
    ]);
  });

  it('has names of its own for all', () => {
    const names = KNOWN_CLIENTS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z-]+$/);
  });
});
