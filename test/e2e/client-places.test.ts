import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { policyWrap } from './configs.js';
import { Place } from './place.js';

/** Writes a file below the home folder. */
function put(place: Place, name: string, text: string): string {
  const file = path.join(place.folder, ...name.split('/'));
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

describe('servers that install does not change', () => {
  it.each([
    [
      '.gemini/extensions/acme/gemini-extension.json',
      '{ "mcpServers": { "acme": { "command": "x" } } }',
      'an extension',
    ],
    [
      '.claude/plugins/cache/market/acme/1.0.0/.mcp.json',
      '{ "mcpServers": { "acme": { "command": "x" } } }',
      'a plugin',
    ],
    ['.claude/agents/reviewer.md', '---\nmcpServers:\n  - acme\n---\n', 'a subagent'],
    ['work/.github/agents/acme.md', '---\nmcp-servers:\n  acme:\n    command: x\n---\n', 'a custom agent'],
    ['config/goose/config.yaml', 'extensions:\n  acme:\n    cmd: uvx\n', 'YAML'],
    ['.continue/config.yaml', 'mcpServers:\n  - name: acme\n', 'YAML'],
  ])('are listed with the way round: %s', async (name, text, what) => {
    const place = new Place();
    const file = put(place, name, text);
    for (const words of [['status'], ['install', '--yes']]) {
      const { stdout, exitCode } = await policyWrap(place, words);
      expect(exitCode).toBe(0);
      expect(stdout).toContain(path.join('~', ...name.split('/')));
      expect(stdout).toContain(`not changed: it is ${what}`);
      expect(stdout).toMatch(/\n {2}\S.{20}/);
    }
    expect(readFileSync(file, 'utf8')).toBe(text);
    const { stdout } = await policyWrap(place, ['status', '--json']);
    expect(JSON.parse(stdout).unread).toMatchObject([{ file, what: expect.stringContaining(what) }]);
  });

  it.each([
    ['.gemini/extensions/acme/gemini-extension.json', '{ "name": "acme" }'],
    ['.claude/agents/reviewer.md', '---\nname: reviewer\n---\n'],
    ['config/goose/config.yaml', 'GOOSE_PROVIDER: x\n'],
  ])('are none where none are named: %s', async (name, text) => {
    const place = new Place();
    put(place, name, text);
    const { stdout, stderr } = await policyWrap(place, ['status']);
    expect({ stdout, stderr }).toEqual({
      stdout: 'where it was looked: policy-wrap status --places',
      stderr: 'policy-wrap: no config of a known MCP client with servers in it was found',
    });
  });
});

it('status says where servers are looked for', async () => {
  const place = new Place();
  put(place, 'work/.mcp.json', '{}');
  const { stdout } = await policyWrap(place, ['status', '--places', '--client', 'claude-code']);
  expect(stdout).toMatch(/^ {2}~[\\/]work[\\/]\.mcp\.json$/m);
  expect(stdout).toMatch(/^ {2}not there {2}~[\\/]\.claude\.json$/m);
  expect(stdout).toMatch(/plugins.*listed, not changed$/m);
});
