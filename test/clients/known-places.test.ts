import { describe, expect, it } from 'vitest';
import type { ConfigMachine } from '../../src/clients/config-places.js';
import { KNOWN_CLIENTS } from '../../src/clients/known-clients.js';

const LINUX: ConfigMachine = { platform: 'linux', env: {}, home: '/home/ada', folders: ['/home/ada/shop'] };
const WINDOWS: ConfigMachine = { platform: 'win32', env: {}, home: 'C:\\Users\\ada', folders: ['D:\\shop'] };
const MAC: ConfigMachine = { platform: 'darwin', env: {}, home: '/Users/ada', folders: [] };

function places(client: string, machine: ConfigMachine, kind: 'places' | 'unread'): string[] {
  const known = KNOWN_CLIENTS.find(({ name }) => name === client);
  return (known?.[kind]?.(machine) ?? []).map(({ file }) => file);
}

describe('where else clients have servers', () => {
  it.each([
    ['vscode', '/home/ada/.config/Code/User/profiles/*/mcp.json'],
    ['vscode', '/home/ada/.vscode-server/data/User/mcp.json'],
    ['vscode', '/home/ada/.vscode-server/data/Machine/mcp.json'],
    ['vscode', '/home/ada/.vscode-server-insiders/data/User/profiles/*/mcp.json'],
    ['vscode', '/home/ada/.vscode-remote/data/User/settings.json'],
    ['vscode', '/home/ada/.var/app/com.visualstudio.code/config/Code/User/mcp.json'],
    ['vscode', '/home/ada/shop/.devcontainer/devcontainer.json'],
    ['vscode', '/home/ada/shop/.devcontainer/*/devcontainer.json'],
    ['vscode', '/home/ada/shop/.devcontainer.json'],
    ['vscode', '/home/ada/shop/*.code-workspace'],
    [
      'cline',
      '/home/ada/.cursor-server/data/User/globalStorage/saoudrizwan.claude-dev/settings/cline_mcp_settings.json',
    ],
    [
      'roo',
      '/home/ada/.config/Windsurf/User/globalStorage/rooveterinaryinc.roo-cline/settings/mcp_settings.json',
    ],
    ['copilot-cli', '/home/ada/shop/.copilot/mcp-config.json'],
    ['copilot-cli', '/home/ada/shop/.github/mcp.json'],
    ['copilot-cli', '/home/ada/shop/.mcp.json'],
    ['copilot-jetbrains', '/home/ada/.config/github-copilot/intellij/mcp.json'],
    ['windsurf', '/home/ada/.codeium/windsurf-next/mcp_config.json'],
    ['amazon-q', '/home/ada/.aws/amazonq/cli-agents/*.json'],
    ['kiro', '/home/ada/.kiro/agents/*.json'],
    ['codex', '/home/ada/.codex/*.config.toml'],
  ])('%s has servers in %s', (client, file) => {
    expect(places(client, LINUX, 'places')).toContain(file);
  });

  it.each([
    ['claude-desktop', '/home/ada/.config/Claude/Claude Extensions/*/manifest.json'],
    ['claude-code', '/home/ada/.claude/plugins/cache/*/*/*/.mcp.json'],
    ['claude-code', '/home/ada/shop/.claude/agents/*.md'],
    ['claude-code', '/etc/claude-code/managed-mcp.json'],
    ['gemini', '/home/ada/.gemini/extensions/*/gemini-extension.json'],
    ['gemini', '/home/ada/shop/.gemini/extensions/*/gemini-extension.json'],
    ['gemini', '/etc/gemini-cli/settings.json'],
    ['zed', '/home/ada/.local/share/zed/extensions/installed/*/extension.toml'],
    ['goose', '/home/ada/.config/goose/config.yaml'],
    ['continue', '/home/ada/.continue/config.yaml'],
    ['copilot-cli', '/home/ada/shop/.github/agents/*.md'],
    ['codex', '/etc/codex/managed_config.toml'],
  ])('%s has others in %s', (client, file) => {
    expect(places(client, LINUX, 'unread')).toContain(file);
  });

  it('follows the platform', () => {
    expect(places('copilot-jetbrains', WINDOWS, 'places')).toContain(
      'C:\\Users\\ada\\AppData\\Local\\github-copilot\\intellij\\mcp.json',
    );
    expect(places('gemini', WINDOWS, 'unread')).toContain('C:\\ProgramData\\gemini-cli\\settings.json');
    expect(places('claude-code', MAC, 'unread')).toContain(
      '/Library/Application Support/ClaudeCode/managed-mcp.json',
    );
    expect(places('zed', MAC, 'unread')).toContain(
      '/Users/ada/Library/Application Support/Zed/extensions/installed/*/extension.toml',
    );
  });

  it.each([
    ['vscode', { VSCODE_PORTABLE: '/usb' }, '/usb/user-data/User/mcp.json'],
    ['vscode', { VSCODE_AGENT_FOLDER: '/srv/agent' }, '/srv/agent/data/User/mcp.json'],
    ['opencode', { OPENCODE_CONFIG: '/x/mine.json' }, '/x/mine.json'],
  ])('%s follows %j', (client, env, file) => {
    expect(places(client, { ...LINUX, env }, 'places')).toContain(file);
  });

  it('says of each what it is and what to do instead', () => {
    const unread = KNOWN_CLIENTS.flatMap((client) => client.unread?.(LINUX) ?? []);
    expect(unread.length).toBeGreaterThan(1);
    for (const { what, way } of unread) {
      expect(what).toMatch(/^\w/);
      expect(way.length).toBeGreaterThan(20);
    }
  });
});
