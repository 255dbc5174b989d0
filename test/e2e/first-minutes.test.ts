import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { Place, PROGRAM } from './place.js';
import { NO_TERMINAL, screenOf } from './terminal.js';

async function policyWrap(place: Place, args: readonly string[], env: Record<string, string> = {}) {
  const { exitCode, stdout, stderr } = await execa(process.execPath, [PROGRAM, ...args], {
    cwd: place.work,
    env: { ...place.env, ...env },
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
  });
  return { exitCode, stdout, stderr };
}

describe('without a command', () => {
  it('what to do first is on stderr, since stdout may be a client', async () => {
    const { exitCode, stdout, stderr } = await policyWrap(new Place(), []);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    for (const words of ['policy-wrap demo', 'policy-wrap install', 'The manual: http'])
      expect(stderr).toContain(words);
    expect(stderr).toContain('policy-wrap: no server command was given\n  help: write it after `--`');
  });

  it.skipIf(NO_TERMINAL).each([80, 60])(
    'a terminal of %i columns shows a card that fits',
    async (columns) => {
      const screen = await screenOf(new Place(), [], { columns });
      expect(screen).toContain('policy-wrap inspect --');
      expect(screen).not.toContain('help:');
      for (const line of screen.split(/\r?\n/).filter((each) => !each.includes('http')))
        expect(line.length).toBeLessThanOrEqual(columns);
    },
  );

  describe.skipIf(NO_TERMINAL)('the first step at a terminal is what is to be done on this machine', () => {
    const start = { command: process.execPath, args: ['server.mjs'] };
    const wrapped = { command: 'policy-wrap', args: ['--', process.execPath, 'server.mjs'] };

    function cursor(place: Place, mcpServers: object): void {
      place.write(path.join('..', '.cursor', 'mcp.json'), JSON.stringify({ mcpServers }));
    }

    /** The commands of the card, in their order. */
    async function stepsAt(place: Place): Promise<string[]> {
      const screen = await screenOf(place, []);
      return [...screen.matchAll(/^ {2}policy-wrap (.+)$/gm)].map(([, words = '']) => words);
    }

    it('with servers in a client and no policy, a policy for them, by name', async () => {
      const place = new Place();
      cursor(place, { memory: start, github: start, a: start, b: start });
      expect(await stepsAt(place)).toEqual(['init', 'install', 'inspect memory', 'demo']);
      // Four entries that are started alike are one server.
      expect(await screenOf(place, [])).toContain(
        'write a policy for the servers of your MCP clients: memory',
      );
    });

    it('names at most three of the servers', async () => {
      const place = new Place();
      const each = (name: string) => [name, { ...start, env: { NAME: name } }];
      cursor(place, Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map(each)));
      const screen = await screenOf(place, [], { columns: 120 });
      expect(screen).toContain('of your MCP clients: a, b, c, 2 more');
    });

    it('with a policy, to put it in front; with that done, what its state is', async () => {
      const place = new Place();
      place.policy('version: 1\ndefault: allow\n');
      cursor(place, { memory: start });
      expect(await stepsAt(place)).toEqual(['install', 'inspect memory', 'status']);
      cursor(place, { memory: wrapped });
      expect(await stepsAt(place)).toEqual(['status', 'approvals watch', 'inspect memory']);
    });

    it('with servers behind it and no policy, to write one', async () => {
      const place = new Place();
      cursor(place, { memory: wrapped });
      expect(await stepsAt(place)).toEqual(['init', 'inspect memory', 'demo']);
    });

    it('with servers that cannot be started here, what is known of them', async () => {
      const place = new Place();
      cursor(place, { remote: { url: 'https://example.invalid/mcp' } });
      expect(await stepsAt(place)).toEqual(['status', 'install', 'demo']);
    });

    it('with the servers of a project alone, nothing of theirs', async () => {
      const place = new Place();
      place.write(path.join('.cursor', 'mcp.json'), JSON.stringify({ mcpServers: { theirs: start } }));
      expect((await stepsAt(place)).join()).not.toMatch(/theirs|init/);
    });
  });

  it.skipIf(NO_TERMINAL)(
    'a server that is started at a terminal says that it waits for a client',
    async () => {
      const place = new Place();
      const screen = await screenOf(place, ['--', process.execPath, '--version']);
      expect(screen).toContain('this waits for an MCP client to speak on stdin');
      expect(screen).toContain('policy-wrap inspect -- <command>');
      expect(await screenOf(place, ['-q', '--', process.execPath, '--version'])).not.toContain('this waits');
    },
  );
});

describe('what is printed', () => {
  it('`version` prints the version', async () => {
    expect((await policyWrap(new Place(), ['version'])).stdout).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('`schema` prints a key on each line, of the schema that is published', async () => {
    const { stdout } = await policyWrap(new Place(), ['schema']);
    expect(stdout.split('\n').length).toBeGreaterThan(100);
    expect(JSON.parse(stdout)).toHaveProperty('title', 'policy-wrap policy');
  });

  it.each<[Record<string, string>, boolean]>([
    [{ CI: 'true' }, false],
    [{ CI: 'true', GITHUB_ACTIONS: 'true', TERM: 'xterm-256color' }, false],
    [{ FORCE_COLOR: '1' }, true],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false],
  ])('%j colours a pipe: %j', async (env, coloured) => {
    const { NO_COLOR: _, ...rest } = new Place().env;
    const place = new Place();
    const { stdout } = await execa(process.execPath, [PROGRAM, 'explain', 'delete_x'], {
      cwd: place.work,
      env: { ...rest, HOME: place.folder, XDG_CONFIG_HOME: path.join(place.folder, 'config'), ...env },
      extendEnv: false,
    });
    expect(stdout.includes('\u001b[')).toBe(coloured);
  });
});

describe('a path that no shell has read', () => {
  const POLICY = 'version: 1\ndefault: allow\n';

  function atHome(place: Place, name: string, text: string): void {
    const file = path.join(place.folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  it.each([
    [['check', '~/policies/p.yaml']],
    [['test', '~/policies/p.yaml']],
    [['explain', 'x', '--config', '~/policies/p.yaml']],
    [['explain', 'x', '--config=~/policies/p.yaml']],
    [['--config', '~/policies/p.yaml', '--', process.execPath, '--version']],
  ])('%j reads the file in the home folder', async (args) => {
    const place = new Place();
    atHome(place, 'policies/p.yaml', `${POLICY}tests: [{ call: x, expect: allow }]\n`);
    const { exitCode, stderr } = await policyWrap(place, args);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: expect.not.stringContaining('does not exist'),
    });
  });

  it('POLICY_WRAP_CONFIG may begin with ~', async () => {
    const place = new Place();
    atHome(place, 'p.yaml', 'version: 1\ndefault: deny\n');
    const { stdout } = await policyWrap(place, ['explain', 'x'], { POLICY_WRAP_CONFIG: '~/p.yaml' });
    expect(stdout).toContain('~/p.yaml');
  });

  it('`init` makes no folder that is called ~', async () => {
    const place = new Place();
    place.write('tools.json', '{"tools":[{"name":"list_x","inputSchema":{"type":"object"}}]}');
    const args = [
      'init',
      '--yes',
      '--tools',
      'tools.json',
      '--server',
      's',
      '--config',
      '~/policies/new.yaml',
    ];
    expect((await policyWrap(place, args)).exitCode).toBe(0);
    expect(readdirSync(place.work)).toEqual(['tools.json']);
    expect(existsSync(path.join(place.folder, 'policies/new.yaml'))).toBe(true);
  });

  it.each([
    ['audit: { file: $HOME/logs/x.jsonl }', "'$HOME' in the path '$HOME/logs/x.jsonl' is not replaced"],
    ['audit: { file: "%APPDATA%/x.jsonl" }', "'%APPDATA%' in the path"],
    ['approvals: { via: [command], command: ~/bin/ask }', "the program '~/bin/ask' does not exist"],
    ['approvals: { via: [command], command: $HOME/bin/ask }', "'$HOME' in the path"],
    ['extends: ~/base.yaml', 'the policy file ~/base.yaml does not exist'],
    ['extends: ~ann/base.yaml', "'~ann' at the start of the path"],
  ])('check refuses %s', async (line, words) => {
    const place = new Place();
    place.write('p.yaml', `${POLICY}${line}\n`);
    const { exitCode, stderr } = await policyWrap(place, ['check', 'p.yaml']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: expect.stringContaining(words) });
    expect(readdirSync(place.work)).toEqual(['p.yaml']);
  });

  it('a policy may name what lies in the home folder', async () => {
    const place = new Place();
    atHome(place, 'base.yaml', POLICY);
    atHome(place, 'bin/ask', '');
    const lines =
      'extends: ~/base.yaml\naudit: { file: ~/logs/x.jsonl }\napprovals: { via: [command], command: ~/bin/ask }\n';
    place.write('p.yaml', `version: 1\n${lines}`);
    expect(await policyWrap(place, ['check', 'p.yaml'])).toMatchObject({ exitCode: 0 });
  });
});
