import { describe, expect, it } from 'vitest';
import type { Change } from '../../../src/clients/entries/wrap.js';
import { jsonc } from '../../../src/clients/formats/jsonc.js';
import { KNOWN_CLIENTS } from '../../../src/clients/known-clients.js';
import { planFile } from '../../../src/clients/plan.js';

/** As configs and mcp-remote write the value of a variable. */
const variable = (name: string) => `\${${name}}`;
const NPX = ['npx', '-y', 'policy-wrap'];

/** What becomes of the config of a client with one server. */
function wrapped(
  client: string,
  server: unknown,
  using = NPX,
): { after: unknown; change: Change | undefined } {
  const known = KNOWN_CLIENTS.find(({ name }) => name === client);
  if (known === undefined) throw new Error(`${client} is not known`);
  const list = client === 'opencode';
  const place = { file: 'x', project: undefined, format: 'json' as const, servers: [{ keys: ['s'], list }] };
  const text = JSON.stringify({ s: { a: server } });
  const plan = planFile(
    { client: known, place, text, syntax: jsonc },
    { kind: 'install', runner: { words: using, named: false }, policy: 'as it is', records: [] },
    () => true,
  );
  return { after: JSON.parse(plan.after).s.a, change: plan.servers[0]?.change };
}

describe('wrapping', () => {
  it('leaves everything but the command as it is', () => {
    const rest = { type: 'stdio', env: { A: 'b' }, cwd: '/x', disabled: true, autoApprove: ['y'] };
    expect(wrapped('cursor', { ...rest, command: 'uvx', args: ['server', '--', 'z'] }).after).toEqual({
      ...rest,
      command: 'npx',
      args: ['-y', 'policy-wrap', '--', 'uvx', 'server', '--', 'z'],
    });
  });

  it.each([
    [['cmd', '/c', 'npx', '-y', 'policy-wrap'], ['a&b']],
    [['C:\\Windows\\System32\\cmd.exe', '/c', 'npx', 'policy-wrap'], ['%PATH%']],
    [['cmd', '/c', 'npx', 'policy-wrap'], ['say "x"']],
  ])('does not hand %j what it would change: %j', (using, args) => {
    expect(wrapped('cursor', { command: 'x', args }, using).change).toMatchObject({
      kind: 'skipped',
      reason: expect.stringContaining('cmd.exe would change'),
    });
    expect(wrapped('cursor', { command: 'x', args: ['fine', 'C:\\a b'] }, using).change?.kind).toBe('change');
    expect(wrapped('cursor', { command: 'x', args }).change?.kind).toBe('change');
  });
});

describe('wrapping a server given by URL', () => {
  const URL_ = 'https://mcp.example.com/mcp';

  it.each([
    ['cursor', { url: URL_ }, []],
    ['cursor', { url: URL_, type: 'sse' }, ['--transport', 'sse-only']],
    ['gemini', { url: URL_ }, ['--transport', 'sse-only']],
    ['gemini', { httpUrl: URL_ }, []],
    ['windsurf', { serverUrl: URL_ }, []],
    ['cursor', { url: 'http://10.0.0.7/mcp' }, ['--allow-http']],
    ['cursor', { url: 'http://localhost.example.com/mcp' }, ['--allow-http']],
    ['cursor', { url: 'http://localhost:3000/mcp' }, []],
    ['cursor', { url: 'http://127.0.0.1/mcp' }, []],
    ['cursor', { url: 'http://[::1]:80/mcp' }, []],
  ])('of %s says how to speak with it: %j', (client, server, flags) => {
    const { change, after } = wrapped(client, server);
    const url = Object.values(server)[0];
    expect(change?.kind === 'change' && change.words).toEqual([
      ...NPX,
      '--server',
      'a',
      '--',
      'npx',
      '-y',
      'mcp-remote',
      url,
      ...flags,
    ]);
    expect(after).not.toHaveProperty('url');
  });

  it('keeps what headers say out of the command line', () => {
    const headers = { Authorization: `Bearer ${variable('input:token')}`, 'X-Api-Key': 'k' };
    const { after } = wrapped('vscode', { type: 'http', url: URL_, headers, timeout: 5 });
    expect(after).toEqual({
      type: 'stdio',
      command: 'npx',
      args: ['-y', 'policy-wrap', '--server', 'a', '--', 'npx', '-y', 'mcp-remote', URL_].concat([
        '--header',
        `Authorization:${variable('HEADER_AUTHORIZATION')}`,
        '--header',
        `X-Api-Key:${variable('HEADER_X_API_KEY')}`,
      ]),
      env: { HEADER_AUTHORIZATION: `Bearer ${variable('input:token')}`, HEADER_X_API_KEY: 'k' },
      timeout: 5,
    });
  });

  it('has the variable reach mcp-remote where the client expands arguments by itself', () => {
    const { after } = wrapped('claude-code', {
      type: 'http',
      url: URL_,
      headers: { Authorization: 'Bearer x' },
    });
    const { args, env } = after as { args: string[]; env: Record<string, string> };
    // As Claude Code does it, then as mcp-remote does it.
    const once = (args.at(-1) ?? '').replace(
      /\$\{([^}]+)\}/g,
      (_, name: string) => name.split(':-')[1] ?? 'missing',
    );
    const twice = once.replace(/\$\{([^}]+)\}/g, (_, name: string) => env[name] ?? 'missing');
    expect(twice).toBe('Authorization:Bearer x');
  });

  it('of opencode makes a local one', () => {
    const { after } = wrapped('opencode', {
      type: 'remote',
      url: URL_,
      headers: { A: '{env:B}' },
      enabled: true,
    });
    expect(after).toEqual({
      type: 'local',
      command: [
        ...NPX,
        '--server',
        'a',
        '--',
        'npx',
        '-y',
        'mcp-remote',
        URL_,
        '--header',
        `A:${variable('HEADER_A')}`,
      ],
      environment: { HEADER_A: '{env:B}' },
      enabled: true,
    });
  });

  it.each([
    [{ url: URL_, headers: { 'a b': 'c' } }, "its header 'a b' is not a string"],
    [{ url: URL_, headers: { a: 1 } }, "its header 'a' is not a string"],
    [{ url: URL_, headers: { 'a-b': 'c', a_b: 'd' } }, "its headers 'a_b' and another differ too little"],
    [{ url: URL_, headers: [] }, "'headers' is not an object"],
    [{ url: URL_, type: 'websocket' }, "its type 'websocket' is not known"],
    [
      { url: URL_, headersHelper: 'x' },
      "the client itself reads its 'headersHelper', which mcp-remote cannot",
    ],
    [{ url: URL_, serverUrl: URL_ }, 'it has more than one URL'],
    [{ url: 1 }, "'url' is not a string"],
  ])('leaves %j as it is', (server, reason) => {
    expect(wrapped('cursor', server).change).toEqual({ kind: 'skipped', reason });
  });
});

describe('a server behind a URL at which mcp-remote cannot sign in', () => {
  it.each([
    'https://api.githubcopilot.com/mcp/',
    'https://API.githubcopilot.com:443/mcp/x/issues/readonly',
    'https://copilot-api.octo-corp.ghe.com/mcp',
    'https://mcp.dev.azure.com/contoso',
  ])('is left to the client: %s', (url) => {
    const { change } = wrapped('vscode', { type: 'http', url });
    expect(change).toEqual({
      kind: 'skipped',
      reason: expect.stringMatching(/lets the client itself sign in, .*with a token in its headers/),
    });
  });

  it.each([
    { url: 'https://api.githubcopilot.com/mcp/', headers: { Authorization: 'Bearer x' } },
    { url: 'https://api.githubcopilot.com.example.com/mcp/' },
    { url: 'https://example.com/api.githubcopilot.com' },
  ])('is wrapped where it brings a token, or is another: %j', (server) => {
    expect(wrapped('vscode', { type: 'http', ...server }).change?.kind).toBe('change');
  });
});

describe('what is left alone', () => {
  it.each([
    ['wss://x.test/mcp', "its URL is of 'wss'"],
    ['file:///x', "its URL is of 'file'"],
    ['unix:/run/x.sock', "its URL is of 'unix'"],
    ['x.test/mcp', 'its URL does not say http:// or https://'],
    ['http:/x.test', 'its URL does not say http:// or https://'],
    ['https://', 'its URL does not say http:// or https://'],
    ['//x.test/mcp', 'its URL does not say http:// or https://'],
    ['', 'its URL is empty'],
    ['  ', 'its URL is empty'],
  ])('the URL %j', (url, reason) => {
    expect(wrapped('cursor', { url }).change).toMatchObject({
      kind: 'skipped',
      reason: expect.stringContaining(reason),
    });
  });

  it.each(['https://x.test/mcp', 'HTTP://x.test', `${variable('API')}/mcp`])('not the URL %j', (url) => {
    expect(wrapped('cursor', { url }).change).toMatchObject({ kind: 'change' });
  });

  it.each<[server: unknown, reason: string]>([
    [
      { transport: { type: 'http', url: 'https://x.test' } },
      "'url' is inside of 'transport', where it is not read",
    ],
    [{ uri: 'https://x.test' }, "'uri' is not read; write 'url'"],
    [{ cmd: 'uvx', args: ['x'] }, "'cmd' is not read; write 'command'"],
    [{ Command: 'uvx' }, "'Command' is not read; write 'command'"],
    [{ endpoint: 'https://x.test' }, "'endpoint' is not read; write 'url'"],
    [{ settings: {}, source: 'extension' }, 'it comes from an extension'],
    [{ env: {}, args: ['x'] }, "only 'env', 'args'"],
    [{}, 'it is empty'],
  ])('%j', (server, reason) => {
    expect(wrapped('cursor', server).change).toMatchObject({
      kind: 'skipped',
      reason: expect.stringContaining(reason),
    });
  });
});
