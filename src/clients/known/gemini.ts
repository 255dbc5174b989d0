import { MCP_SERVERS, systemFolder, user } from '../config-places.js';
import {
  ASK_THE_ADMINISTRATOR,
  COMMENTS_ONLY,
  inHome,
  type KnownClient,
  unread,
  unreadEverywhere,
} from './known-client.js';

/** Gemini CLI and what shares its folder or its code: https://geminicli.com/docs/reference/configuration */
export const GEMINI: readonly KnownClient[] = [
  ofGemini('gemini', 'Gemini CLI', '.gemini', 'gemini-cli', ['gemini-extension.json']),
  ofGemini('qwen-code', 'Qwen Code', '.qwen', 'qwen-code', ['qwen-extension.json', 'gemini-extension.json']),
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
];

/** Gemini CLI, and what is made from it. */
function ofGemini(
  name: string,
  title: string,
  folder: string,
  system: string,
  manifests: readonly string[],
): KnownClient {
  const macName = system === 'gemini-cli' ? 'GeminiCli' : 'QwenCode';
  return {
    ...inHome(name, title, [folder, 'settings.json'], [folder, 'settings.json']),
    urlIsSse: true,
    reads: COMMENTS_ONLY,
    unread: (machine) => [
      ...manifests.flatMap((manifest) =>
        unreadEverywhere(machine, [folder, 'extensions', '*', manifest], {
          mentions: 'mcpServers',
          servers: MCP_SERVERS,
          what: 'an extension',
          way: `disable the extension and add its server to ${folder}/settings.json, which install wraps`,
        }),
      ),
      ...unreadEverywhere(machine, [folder, 'agents', '*.md'], {
        mentions: 'mcp',
        what: 'a subagent',
        way: `move its servers to ${folder}/settings.json, which install wraps`,
      }),
      ...['settings.json', 'system-defaults.json'].map((file) =>
        unread(machine, [...systemFolder(machine, system, macName), file], {
          mentions: 'mcpServers',
          servers: MCP_SERVERS,
          what: 'the file of the administrator',
          way: ASK_THE_ADMINISTRATOR,
        }),
      ),
    ],
  };
}
