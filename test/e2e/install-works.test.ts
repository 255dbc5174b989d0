import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { connectV1 } from './clients.js';
import { policyWrap, putConfig } from './configs.js';
import { npmServer, Place, PROGRAM } from './place.js';

interface Started {
  command: string;
  args: string[];
  env?: Record<string, string>;
}

/** How each kind of config has it, and how to read it again. */
const CONFIGS: readonly (readonly [
  client: string,
  end: string,
  write: (server: Started) => string,
  read: (text: string) => Started,
])[] = [
  [
    'claude-desktop',
    'claude_desktop_config.json',
    (server) => JSON.stringify({ mcpServers: { everything: server } }, null, 2),
    (text) => JSON.parse(text).mcpServers.everything,
  ],
  [
    'zed',
    '/settings.json',
    ({ command, args, env }) =>
      JSON.stringify({ context_servers: { everything: { command: { path: command, args, env } } } }),
    (text) => {
      const { path: command, ...rest } = JSON.parse(text).context_servers.everything.command;
      return { command, ...rest };
    },
  ],
  [
    'opencode',
    'opencode/opencode.json',
    ({ command, args, env }) =>
      JSON.stringify({
        mcp: { everything: { type: 'local', command: [command, ...args], environment: env } },
      }),
    (text) => {
      const { command, environment } = JSON.parse(text).mcp.everything;
      return { command: command[0], args: command.slice(1), env: environment };
    },
  ],
  [
    'codex',
    '.codex/config.toml',
    ({ command, args }) =>
      `[mcp_servers.everything]\ncommand = ${JSON.stringify(command)}\nargs = ${JSON.stringify(args)}\n`,
    (text) => {
      const value = (key: string) => JSON.parse(new RegExp(`^${key} = (.*)$`, 'm').exec(text)?.[1] ?? '');
      return { command: value('command'), args: value('args') };
    },
  ],
];

describe('a wrapped config', () => {
  it.each(CONFIGS)('of %s starts its server behind the policy', async (client, end, write, read) => {
    const place = new Place();
    place.policy('version: 1\ndefault: allow\ntools: { echo: { action: deny, reason: Not today. } }\n');
    const server = { command: process.execPath, args: [npmServer('everything')], env: { SOME: 'thing' } };
    const file = putConfig(place, client, end, write(server));
    const using = `"${process.execPath}" "${PROGRAM}"`;
    expect(await policyWrap(place, ['install', '--yes', '--using', using])).toMatchObject({ exitCode: 0 });
    const { command, args, env } = read(readFileSync(file, 'utf8'));
    expect(command).toBe(process.execPath);
    expect(env ?? server.env).toEqual(server.env);
    const connected = await connectV1({ args, cwd: place.work, env: place.env });
    const denied = await connected.callTool({ name: 'echo', arguments: { message: 'x' } });
    expect(denied).toMatchObject({
      isError: true,
      content: [{ text: expect.stringContaining('Policy violation: echo is denied') }],
    });
    const sum = await connected.callTool({ name: 'get-sum', arguments: { a: 2, b: 3 } });
    expect(JSON.stringify(sum)).toContain('5');
  });
});
