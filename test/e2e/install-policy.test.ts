import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PACKAGE, policyWrap, putConfig } from './configs.js';
import { Place } from './place.js';

const SERVERS = JSON.stringify({ mcpServers: { memory: { command: 'npx', args: ['-y', 'memory'] } } });
const POLICY = 'version: 1\ndefault: deny\n';

function argsOf(file: string): string[] {
  const { mcpServers } = JSON.parse(readFileSync(file, 'utf8')) as {
    mcpServers: { memory: { args: string[] } };
  };
  return mcpServers.memory.args;
}

describe('the policy that judges installed servers', () => {
  it('is named where it is wanted, but not in a config of the project that has it', async () => {
    const place = new Place();
    const policy = place.policy(POLICY);
    const own = putConfig(place, 'cursor', '.cursor/mcp.json', SERVERS);
    const ofProject = place.write('.mcp.json', SERVERS);
    const installed = await policyWrap(place, ['install', '--yes', '--config', 'policy-wrap.yaml']);
    expect(installed.exitCode).toBe(0);
    expect(argsOf(own)).toEqual(['-y', PACKAGE, '--config', policy, '--', 'npx', '-y', 'memory']);
    expect(argsOf(ofProject)).toEqual(['-y', PACKAGE, '--', 'npx', '-y', 'memory']);
    const { stdout } = await policyWrap(place, ['status', '--json']);
    expect(stdout).toContain(JSON.stringify(policy));
    await policyWrap(place, ['uninstall', '--yes']);
    expect(readFileSync(own, 'utf8')).toBe(SERVERS);
  });

  it('is not named unasked; whose servers do not see it is told', async () => {
    const place = new Place();
    place.policy(POLICY);
    const desktop = putConfig(place, 'claude-desktop', 'Claude/claude_desktop_config.json', SERVERS);
    const { stderr } = await policyWrap(place, ['install', '--yes']);
    expect(stderr).toContain('Claude Desktop does not start its servers in this folder');
    expect(argsOf(desktop)).toEqual(['-y', PACKAGE, '--', 'npx', '-y', 'memory']);
  });

  it.each([
    ['is not there', 'no-such.yaml'],
    ['cannot be used', 'broken.yaml'],
  ])('is not named where it %s', async (_, config) => {
    const place = new Place();
    place.write('broken.yaml', 'version: 1\n');
    const file = putConfig(place, 'cursor', '.cursor/mcp.json', SERVERS);
    expect(await policyWrap(place, ['install', '--yes', '--config', config])).toMatchObject({ exitCode: 3 });
    expect(readFileSync(file, 'utf8')).toBe(SERVERS);
  });
});
