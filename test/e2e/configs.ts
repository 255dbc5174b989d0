import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import manifest from '../../package.json' with { type: 'json' };
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
  ['copilot-cli', 'cursor-project.json', 'work/.copilot/mcp-config.json'],
  ['copilot-cli', 'cursor-project.json', 'work/.github/mcp.json'],
  ['copilot-jetbrains', 'copilot-jetbrains.json', 'github-copilot/intellij/mcp.json'],
  ['vscode', 'vscode-project.json', 'Code/User/profiles/-1a2b3c/mcp.json'],
  ['vscode', 'vscode-project.json', '.vscode-server/data/User/mcp.json'],
  ['vscode', 'devcontainer.json', 'work/.devcontainer/devcontainer.json'],
  ['vscode', 'shop.code-workspace', 'work/shop.code-workspace'],
  ['visual-studio', 'vscode-project.json', 'work/.vs/mcp.json'],
  ['kilo', 'cursor-project.json', 'work/.kilocode/mcp.json'],
  ['continue', 'cursor-project.json', 'work/.continue/mcpServers/memory.json'],
  ['junie', 'cursor-project.json', '.junie/mcp/mcp.json'],
  ['trae', 'cursor-project.json', 'work/.trae/mcp.json'],
  ['warp', 'cursor-project.json', '.warp/.mcp.json'],
  ['amp', 'amp.json', 'amp/settings.json'],
  ['crush', 'crush.json', 'work/.crush.json'],
  ['droid', 'cursor-project.json', '.factory/mcp.json'],
  ['auggie', 'cursor-project.json', '.augment/settings.json'],
  ['kimi', 'cursor-project.json', '.kimi/mcp.json'],
  ['rovodev', 'cursor-project.json', '.rovodev/mcp.json'],
  ['boltai', 'cursor-project.json', '.boltai/mcp.json'],
];

/** The package that clients are made to start: of this version. */
export const PACKAGE = `policy-wrap@${manifest.version}`;

/** Where a client of this place has a config whose path ends so. */
export function configPath(place: Place, client: string, end: string): string {
  const { env, folder, work } = place;
  const machine = { platform: process.platform, env, home: folder, folders: [work] };
  const places = KNOWN_CLIENTS.find(({ name }) => name === client)?.places(machine) ?? [];
  const file = places
    .map((each) => filled(each.file.replaceAll('\\', '/'), end))
    .find((each) => each?.endsWith(end));
  if (file === undefined) throw new Error(`${client} has no config that ends with ${end}`);
  return file;
}

/** The path with the names of `end` where it has `*`; undefined where they do not fit. */
function filled(file: string, end: string): string | undefined {
  const names = file.split('/');
  const last = end.split('/');
  const from = names.length - last.length;
  const full = names.map((name, at) => {
    const [start = '', rest] = name.split('*');
    const wanted = last[at - from];
    return rest !== undefined && wanted?.startsWith(start) && wanted.endsWith(rest) ? wanted : name;
  });
  return full.some((name) => name.includes('*')) ? undefined : full.join('/');
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
export async function policyWrap(
  place: Place,
  args: readonly string[],
  env: Record<string, string> = {},
  cwd = place.work,
) {
  const { exitCode, stdout, stderr } = await execa(process.execPath, [PROGRAM, ...args], {
    cwd,
    env: { ...place.env, ...env },
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
  });
  return { exitCode, stdout, stderr };
}
