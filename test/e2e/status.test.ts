import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { configText, policyWrap, putConfig } from './configs.js';
import { Place } from './place.js';

const POLICY = `version: 1
extends: standard
tools: { "delete_*": deny }
servers:
  time: { default: deny, categories: { read: deny } }
`;
/** As it is called everywhere. */
const WORK_POLICY = path.join('~', 'work', 'policy-wrap.yaml');
const CONFIG = {
  mcpServers: {
    time: { command: 'policy-wrap', args: ['--', 'uvx', 'time'] },
    other: { command: 'policy-wrap', args: ['--server', 'mine', '--', 'x', '--token', 'hunter2'] },
    strict: { command: 'policy-wrap', args: ['--preset', 'strict', '--', 'y'] },
    bare: { command: 'uvx', args: ['bare'], disabled: true },
    remote: { url: 'https://mcp.example.com/mcp' },
    odd: {},
  },
};

interface Status {
  clients: {
    client: string;
    file: string;
    servers: {
      name: string;
      state: string;
      id?: string;
      disabled: boolean;
      command: string[];
      policy?: { folder: string; layers: Record<string, unknown>[] };
    }[];
  }[];
}

async function statusOf(place: Place): Promise<Status['clients'][number]['servers']> {
  const { stdout } = await policyWrap(place, ['status', '--json']);
  return (JSON.parse(stdout) as Status).clients.flatMap(({ servers }) => servers);
}

describe('status', () => {
  it('says of every server whether it is wrapped, and by which policy', async () => {
    const place = new Place();
    place.policy(POLICY);
    putConfig(place, 'cursor', '.cursor/mcp.json', JSON.stringify(CONFIG));
    const servers = await statusOf(place);
    expect(servers.map(({ name, state, id, disabled }) => [name, state, id, disabled])).toEqual([
      ['time', 'wrapped', 'time', false],
      ['other', 'wrapped', 'mine', false],
      ['strict', 'wrapped', 'y', false],
      ['bare', 'not wrapped', 'bare', true],
      ['remote', 'by URL', undefined, false],
      ['odd', 'unknown', undefined, false],
    ]);
    expect(servers[0]?.policy?.layers).toMatchObject([
      { source: WORK_POLICY, default: 'deny', tools: [{ name: 'delete_*', action: 'deny' }] },
    ]);
    expect(servers[0]?.policy?.layers[0]?.['categories']).toContainEqual({ name: 'read', action: 'deny' });
    expect(servers[1]?.policy?.layers).toMatchObject([{ source: WORK_POLICY, default: 'require_approval' }]);
    expect(servers[1]?.command).toEqual(['x', '--token', '[redacted]']);
    expect(servers[2]?.policy?.layers).toMatchObject([{ source: 'preset strict' }]);
  });

  it('shows the same to people', async () => {
    const place = new Place();
    place.policy(POLICY);
    place.userPolicy('version: 1\ndefault: allow\n');
    putConfig(place, 'cursor', '.cursor/mcp.json', JSON.stringify(CONFIG));
    const { stdout, stderr, exitCode } = await policyWrap(place, ['status']);
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    expect(stdout).toMatch(/^Cursor {2}~[\\/]\.cursor[\\/]mcp\.json$/m);
    expect(stdout).toMatch(
      /^ {2}time +wrapped +~[\\/]work[\\/]policy-wrap\.yaml and .*policy-wrap\.yaml +uvx time$/m,
    );
    expect(stdout).toMatch(/^ {2}bare \(disabled\) +not wrapped +uvx bare$/m);
    expect(stdout).toMatch(/^ {2}remote +by URL +https:\/\/mcp\.example\.com\/mcp$/m);
    expect(stdout).toContain('  tools: delete_* deny\n');
    expect(stdout).toContain('  otherwise: deny\n  for time\n');
    expect(stdout).not.toContain('hunter2');
  });

  it('looks for the policy where the client starts the server', async () => {
    const place = new Place();
    const elsewhere = path.join(place.folder, 'elsewhere');
    mkdirSync(elsewhere);
    writeFileSync(path.join(elsewhere, 'policy-wrap.yaml'), 'version: 1\ndefault: deny\n');
    const named = place.write('named.yaml', 'version: 1\ndefault: deny\ntools: { a: allow }\n');
    const wrapped = { command: 'policy-wrap', args: ['--', 'x'] };
    const mcpServers = {
      here: wrapped,
      there: { ...wrapped, cwd: elsewhere },
      named: { command: 'policy-wrap', args: ['--config', named, '--', 'x'] },
      variable: { ...wrapped, env: { POLICY_WRAP_CONFIG: named } },
    };
    const projects = { [elsewhere]: { mcpServers: { project: wrapped } } };
    putConfig(place, 'claude-code', '.claude.json', JSON.stringify({ mcpServers, projects }));
    const servers = await statusOf(place);
    expect(servers.map(({ name, policy }) => [name, policy?.layers[0]?.['source']])).toEqual([
      ['here', 'preset standard'],
      ['there', expect.stringContaining('elsewhere')],
      ['named', path.join('~', 'work', 'named.yaml')],
      ['variable', path.join('~', 'work', 'named.yaml')],
      ['project', expect.stringContaining('elsewhere')],
    ]);
  });

  it('says when the policy cannot be used', async () => {
    const place = new Place();
    place.policy('version: 1\ndefault: alow\n');
    putConfig(place, 'cursor', '.cursor/mcp.json', JSON.stringify(CONFIG));
    const { stdout, exitCode } = await policyWrap(place, ['status']);
    expect(exitCode).toBe(3);
    expect(stdout).toContain("policy-wrap.yaml:2:10: unknown action 'alow' (/default)\n  for time, mine");
  });

  it('changes nothing', async () => {
    const place = new Place();
    const file = putConfig(place, 'codex', '.codex/config.toml', configText('codex.toml'));
    await policyWrap(place, ['status']);
    expect(readFileSync(file, 'utf8')).toBe(configText('codex.toml'));
  });
});
