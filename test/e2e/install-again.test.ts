import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { configPath, configText, PACKAGE, policyWrap, putConfig } from './configs.js';
import { Place } from './place.js';
import { NO_TERMINAL, screenOf } from './terminal.js';

const CURSOR = '.cursor/mcp.json';

function argsIn(file: string): Record<string, string[]> {
  const { mcpServers } = JSON.parse(readFileSync(file, 'utf8')) as {
    mcpServers: Record<string, { args: string[] }>;
  };
  return Object.fromEntries(Object.entries(mcpServers).map(([name, { args }]) => [name, args]));
}

describe('install on what is wrapped already', () => {
  it('moves the version forward, gives another policy or runner, and is still undone to the byte', async () => {
    const place = new Place();
    const before = configText('cursor.json');
    const file = putConfig(place, 'cursor', CURSOR, before);
    const one = place.write('one.yaml', 'version: 1\ndefault: deny\n');
    const other = place.write('other.yaml', 'version: 1\ndefault: deny\n');
    await policyWrap(place, ['install', '--yes', '--config', one]);
    expect(readFileSync(file, 'utf8')).toContain(JSON.stringify(one));
    const moved = await policyWrap(place, ['install', '--yes', '--config', other]);
    expect(moved).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('is written') });
    expect(readFileSync(file, 'utf8')).toContain(JSON.stringify(other));
    expect(readFileSync(file, 'utf8')).not.toContain(JSON.stringify(one));
    await policyWrap(place, ['install', '--yes', '--using', 'node /opt/policy-wrap/bin/policy-wrap.js']);
    expect(readFileSync(file, 'utf8')).toContain('"/opt/policy-wrap/bin/policy-wrap.js"');
    expect(readFileSync(file, 'utf8')).toContain(JSON.stringify(other));
    expect(await policyWrap(place, ['uninstall', '--yes'])).toMatchObject({ exitCode: 0 });
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('pins what was not pinned, and leaves the options', async () => {
    const place = new Place();
    const servers = {
      bare: { command: 'npx', args: ['-y', 'policy-wrap', '--preset', 'strict', '--', 'uvx', 'acme'] },
      newer: { command: 'npx', args: ['-y', 'policy-wrap@99.0.0', '--', 'uvx', 'acme-newer'] },
      path: { command: 'node', args: ['/x/policy-wrap.js', '--', 'uvx', 'acme-path'] },
    };
    const file = putConfig(place, 'cursor', CURSOR, JSON.stringify({ mcpServers: servers }));
    const npx = process.platform === 'win32' ? { using: ['--using', 'npx -y policy-wrap'] } : { using: [] };
    await policyWrap(place, ['install', '--yes', ...npx.using]);
    if (process.platform === 'win32') return;
    expect(argsIn(file)).toEqual({
      bare: ['-y', PACKAGE, '--preset', 'strict', '--', 'uvx', 'acme'],
      newer: servers.newer.args,
      path: servers.path.args,
    });
  });

  it('puts the `--` back that a client took for its own', async () => {
    const place = new Place();
    const text = '{"mcpServers":{"x":{"command":"npx","args":["-y","policy-wrap","uvx","server"]}}}';
    const file = putConfig(place, 'cursor', CURSOR, text);
    const state = await policyWrap(place, ['status']);
    expect(state.exitCode).toBe(1);
    expect(state.stdout).toContain(
      'the `--` between policy-wrap and its command is missing, so the server does not start',
    );
    await policyWrap(place, ['install', '--yes']);
    expect(argsIn(file)['x']).toEqual(['-y', 'policy-wrap', '--', 'uvx', 'server']);
    expect(await policyWrap(place, ['uninstall', '--yes'])).toMatchObject({ exitCode: 0 });
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});

describe('what uninstall says', () => {
  it('names the configs of other projects, which it does not look for', async () => {
    const place = new Place();
    const text = JSON.stringify({ mcpServers: { x: { command: 'uvx', args: ['server'] } } });
    const file = putConfig(place, 'claude-code', 'work/.mcp.json', text);
    const own = putConfig(place, 'cursor', CURSOR, text);
    const installed = await policyWrap(place, ['install', '--yes']);
    expect(installed.stderr).toContain('calls that need you wait here');
    const elsewhere = await policyWrap(place, ['uninstall', '--yes'], {}, place.folder);
    expect(elsewhere.exitCode).toBe(0);
    expect(readFileSync(own, 'utf8')).toBe(text);
    expect(elsewhere.stderr).toMatch(
      /work[\\/]\.mcp\.json is still wrapped: run policy-wrap uninstall in the project/,
    );
    expect(elsewhere.stderr).not.toContain('calls that need you');
    const here = await policyWrap(place, ['uninstall', '--yes']);
    expect(here.stderr).not.toContain('still wrapped');
    expect(readFileSync(file, 'utf8')).toBe(text);
    const again = await policyWrap(place, ['uninstall', '--yes'], {}, place.folder);
    expect(again.stderr).not.toContain('still wrapped');
  });
});

describe('what install says', () => {
  it('names the servers that policies cannot tell apart', async () => {
    const place = new Place();
    const crm = (region: string) => ({ command: 'npx', args: ['-y', '@acme/crm'], env: { REGION: region } });
    const servers = {
      eu: crm('eu'),
      us: crm('us'),
      same: crm('us'),
      a: { command: 'npx', args: ['-y', 'mcp-remote', 'https://a.example.test/mcp'] },
      b: { command: 'npx', args: ['-y', 'mcp-remote', 'https://b.example.test/mcp'] },
    };
    putConfig(place, 'cursor', CURSOR, JSON.stringify({ mcpServers: servers }));
    const said = "eu (Cursor) and us (Cursor) are both '@acme/crm' to policies";
    for (const words of [['status'], ['install', '--yes'], ['status']]) {
      const { stdout } = await policyWrap(place, words);
      expect(stdout).toContain(said);
      expect(stdout).not.toContain("'a.example.test' to policies");
      expect(stdout).not.toContain("'mcp-remote' to policies");
    }
  });

  it('shows the line that gives one of them an id of its own, which then holds', async () => {
    const place = new Place();
    const crm = (region: string) => ({ command: 'npx', args: ['-y', '@acme/crm'], env: { REGION: region } });
    const mcpServers = { eu: crm('eu'), us: crm('us') };
    const file = putConfig(place, 'cursor', CURSOR, JSON.stringify({ mcpServers }));
    const { stdout } = await policyWrap(place, ['install', '--yes']);
    const line =
      /give all but one an id of its own with --server:\n {2}us in .*mcp\.json: "args": (\[.+\])$/m.exec(
        stdout,
      );
    const args = JSON.parse((line?.[1] ?? '').replace(', "…"', '').replace(', …', '')) as string[];
    expect(args.slice(-4)).toEqual(['--server', 'us', '--', 'npx']);
    const config = JSON.parse(readFileSync(file, 'utf8'));
    config.mcpServers.us.args = [...args, '-y', '@acme/crm'];
    putConfig(place, 'cursor', CURSOR, JSON.stringify(config));
    const after = await policyWrap(place, ['status']);
    expect(after.stdout).not.toContain('to policies');
    expect(after.stdout).toContain('2 wrapped');
  });

  it('gives a server a name that its command does not tell', async () => {
    const place = new Place();
    const text = JSON.stringify({ mcpServers: { acme: { command: 'sh', args: ['-c', 'a | b'] } } });
    const file = putConfig(place, 'cursor', CURSOR, text);
    expect((await policyWrap(place, ['status'])).stdout).toContain('name it with --server');
    const { stdout } = await policyWrap(place, ['install', '--yes']);
    expect(stdout).toContain('--server gives policies its name in this config');
    expect(argsIn(file)['acme']).toContain('--server');
    expect((await policyWrap(place, ['status'])).stdout).not.toContain('name it with --server');
    await policyWrap(place, ['uninstall', '--yes']);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it.each([
    [
      '\ufeff{"mcpServers":{"a":{"command":"x"}}}',
      'Claude Desktop does not read a file with a byte order mark at its start',
    ],
    ['{\n// mine\n"mcpServers":{"a":{"command":"x"}}}', 'a comment (line 2)'],
    ['{"mcpServers":{"a":{"command":"x"},}}', 'a comma behind the last entry (line 1)'],
  ])('names what the client itself does not read: %j', async (text, said) => {
    const place = new Place();
    const file = putConfig(place, 'claude-desktop', 'claude_desktop_config.json', text);
    expect((await policyWrap(place, ['status'])).stdout).toContain(said);
    expect((await policyWrap(place, ['install', '--yes'])).stdout).toContain(said);
    await policyWrap(place, ['uninstall', '--yes']);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('says when a client writes its own copy over the change', async () => {
    const place = new Place();
    const text = configText('claude-code.json');
    const file = putConfig(place, 'claude-code', '.claude.json', text);
    const timer = setInterval(() => {
      if (readFileSync(file, 'utf8').includes('policy-wrap')) writeFileSync(file, text);
    }, 100);
    const { exitCode, stderr } = await policyWrap(place, ['install', '--yes', '--client', 'claude-code']);
    clearInterval(timer);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('Claude Code has written its own copy of');
    expect(stderr).toContain('help: end Claude Code, then do it again');
  });

  it('leaves a URL with headers alone where clients of one file read variables differently', async () => {
    const place = new Place();
    const text = JSON.stringify({
      mcpServers: { a: { url: 'https://a.test/mcp', headers: { 'X-Key': 'k' } } },
    });
    const file = configPath(place, 'claude-code', 'work/.mcp.json');
    writeFileSync(file, text);
    const { stdout } = await policyWrap(place, ['install', '--yes']);
    expect(stdout).toContain('left as it is: it has headers');
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});

describe('status', () => {
  it('is not green where what starts the server is gone, and counts', async () => {
    const place = new Place();
    const gone = path.join(place.folder, 'gone', 'policy-wrap.js');
    const servers = {
      runner: { command: process.execPath, args: [gone, '--', process.execPath, 'x.js'] },
      server: { command: process.execPath, args: ['/x/policy-wrap.js', '--', 'no-such-program-here'] },
      off: { command: 'no-such-program-here', disabled: true },
    };
    putConfig(place, 'cursor', CURSOR, JSON.stringify({ mcpServers: servers }));
    const { stdout, exitCode } = await policyWrap(place, ['status']);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('runner (Cursor): policy-wrap is gone: ');
    expect(stdout).not.toContain('off (Cursor)');
    expect(stdout).toContain('3 servers: 2 wrapped, 1 not wrapped');
    expect(stdout).toContain('next: policy-wrap install');
    const json = JSON.parse((await policyWrap(place, ['status', '--json'])).stdout);
    expect(json.totals).toEqual({ wrapped: 2, 'not wrapped': 1 });
  });
});

describe.skipIf(NO_TERMINAL)('at a terminal of 60 columns', () => {
  it.each([[['status']], [['install', '--dry-run']]])('%j breaks no line within a word', async (words) => {
    const place = new Place();
    const servers = {
      'amazon-mq-with-a-long-name': {
        command: 'npx',
        args: [
          '-y',
          'policy-wrap',
          '--',
          'uvx',
          'awslabs.amazon-mq-mcp-server',
          '--region',
          'eu-west-1',
          '--read-only',
        ],
      },
      acme: { command: 'sh', args: ['-c', 'a | b'] },
      socket: { url: 'wss://x' },
    };
    putConfig(place, 'cursor', CURSOR, JSON.stringify({ mcpServers: servers }, null, 1));
    const screen = await screenOf(place, words, { columns: 60 });
    const lines = screen.split(/\r?\n/).filter((line) => !/^ {4}[-+ ] /.test(line));
    expect(lines.filter((line) => line.length > 60)).toEqual([]);
    expect(screen).toContain('awslabs.amazon-mq-mcp-server');
  });
});

describe('what the options of a wrapped entry give up', () => {
  it('is said by install and status, to people and programs', async () => {
    const place = new Place();
    const args = ['--mode', 'observe', '--', 'uvx', 'acme'];
    const mcpServers = {
      loose: { command: 'policy-wrap', args },
      fine: { command: 'policy-wrap', args: args.slice(2) },
    };
    putConfig(place, 'cursor', CURSOR, JSON.stringify({ mcpServers }));
    const lost = /what it gives up: --mode observe \(nothing is refused but by your\s+own policy file\)/;
    for (const command of [['install', '--dry-run'], ['status']]) {
      const { stdout } = await policyWrap(place, command);
      expect(stdout).toMatch(lost);
      expect(stdout.split('gives up')).toHaveLength(2);
      expect((await policyWrap(place, [...command, '--json'])).stdout).toContain('"givenUp"');
    }
    expect((await policyWrap(place, ['install', '--dry-run'])).stdout).toContain(
      'loose: is wrapped already\n',
    );
  });
});
