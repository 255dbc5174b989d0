import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { KNOWN_CLIENTS } from '../../src/clients/known-clients.js';
import { type Place, PROGRAM } from './place.js';

const FIXTURES = path.resolve(import.meta.dirname, '../fixtures/clients');

/** Configs as people have them: of which client, and the end of the path at which it lies. */
export const CONFIGS: readonly (readonly [client: string, fixture: string, end: string])[] = [
  ['claude-desktop', 'claude-desktop.json', 'Claude/claude_desktop_config.json'],
  ['claude-code', 'claude-code.json', '.claude.json'],
  ['claude-code', 'claude-code-project.json', 'work/.mcp.json'],
  ['cursor', 'cursor.json', '.cursor/mcp.json'],
  ['cursor', 'cursor-project.json', 'work/.cursor/mcp.json'],
  ['vscode', 'vscode.json', 'Code/User/mcp.json'],
  ['vscode', 'vscode-settings.json', 'Code - Insiders/User/settings.json'],
  ['vscode', 'vscode-project.json', 'work/.vscode/mcp.json'],
  ['windsurf', 'windsurf.json', '.codeium/windsurf/mcp_config.json'],
  ['zed', 'zed.json', '/settings.json'],
  ['zed', 'zed-project.json', 'work/.zed/settings.json'],
  ['codex', 'codex.toml', '.codex/config.toml'],
  ['codex', 'codex-project.toml', 'work/.codex/config.toml'],
  ['gemini', 'gemini.json', '.gemini/settings.json'],
  ['qwen-code', 'qwen-code.json', '.qwen/settings.json'],
  ['antigravity', 'antigravity.json', 'config/mcp_config.json'],
  ['cline', 'cline.json', 'Code/User/globalStorage/saoudrizwan.claude-dev/settings/cline_mcp_settings.json'],
  ['roo', 'roo.json', 'Code/User/globalStorage/rooveterinaryinc.roo-cline/settings/mcp_settings.json'],
  ['kiro', 'kiro.json', '.kiro/settings/mcp.json'],
  ['amazon-q', 'amazon-q.json', '.aws/amazonq/mcp.json'],
  ['lm-studio', 'lm-studio.json', '.lmstudio/mcp.json'],
  ['opencode', 'opencode.jsonc', 'opencode/opencode.jsonc'],
  ['opencode', 'opencode-project.json', 'work/opencode.json'],
  ['copilot-cli', 'copilot-cli.json', '.copilot/mcp-config.json'],
];

/** Where a client of this place has a config whose path ends so. */
export function configPath(place: Place, client: string, end: string): string {
  const { env, folder, work } = place;
  const machine = { platform: process.platform, env, home: folder, folders: [work] };
  const places = KNOWN_CLIENTS.find(({ name }) => name === client)?.places(machine) ?? [];
  const file = places.map((each) => each.file).find((each) => each.replaceAll('\\', '/').endsWith(end));
  if (file === undefined) throw new Error(`${client} has no config that ends with ${end}`);
  return file;
}

/** Puts a text where a client has its config. */
export function putConfig(place: Place, client: string, end: string, text: string | Buffer): string {
  const file = configPath(place, client, end);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

/** What one of the fixtures says. */
export function configText(fixture: string): string {
  return readFileSync(path.join(FIXTURES, fixture), 'utf8');
}

/** Runs the built program to its end, with nobody at a terminal. */
export async function policyWrap(place: Place, args: readonly string[], env: Record<string, string> = {}) {
  const { exitCode, stdout, stderr } = await execa(process.execPath, [PROGRAM, ...args], {
    cwd: place.work,
    env: { ...place.env, ...env },
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
  });
  return { exitCode, stdout, stderr };
}
