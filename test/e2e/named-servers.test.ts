import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixture, Place, PROGRAM } from './place.js';

function run(place: Place, ...args: string[]) {
  return spawnSync(process.execPath, [PROGRAM, ...args], {
    cwd: place.work,
    env: place.env,
    encoding: 'utf8',
  });
}

/** A folder with two servers in the user's config of Cursor, of which one needs a variable, and one in the project's. */
function configured(): Place {
  const place = new Place();
  const needs = place.write(
    'needs.mjs',
    "if (process.env.KEY !== 'k') process.exit(1); await import(process.argv[2]);",
  );
  const start = (...args: string[]) => ({ command: process.execPath, args });
  const mcpServers = {
    notes: { ...start(needs, fixture('modern.mjs')), env: { KEY: 'k' } },
    broken: start('-e', 'process.exit(3)'),
    remote: { url: 'https://example.invalid/mcp' },
  };
  place.write(path.join('..', '.cursor', 'mcp.json'), JSON.stringify({ mcpServers }));
  const ofProject = { theirs: start(fixture('modern.mjs')) };
  place.write(path.join('.cursor', 'mcp.json'), JSON.stringify({ mcpServers: ofProject }));
  return place;
}

it('a server is inspected by its name, with its environment', () => {
  const place = configured();
  const all = run(place, 'inspect', 'notes', '--json');
  expect(all.status, all.stderr).toBe(0);
  const { server, tools } = JSON.parse(all.stdout) as { server: string; tools: { name: string }[] };
  expect(server).toBe('needs');
  const table = run(place, 'inspect', 'notes').stdout;
  expect(table).toContain('One tool in full: policy-wrap inspect notes <tool>\n');
  const ofClient = run(place, 'inspect', 'notes', '--client', 'cursor').stdout;
  expect(ofClient).toContain('One tool in full: policy-wrap inspect notes <tool> --client cursor\n');
  const one = run(place, 'inspect', 'notes', tools[0]?.name ?? '', '--json');
  expect(JSON.parse(one.stdout)).toMatchObject({ tools: [{ name: tools[0]?.name }] });
});

it.each([
  ['note', 'no MCP client has a server called "note"', 'did you mean "notes"?'],
  ['theirs', 'is in a file of this project', 'if you trust it, write its command after `--`: -- '],
  ['remote', 'it is given by URL', 'write its command after `--`'],
])('inspect and doctor start nothing for %s, and say why', (name, message, help) => {
  const place = configured();
  for (const command of ['inspect', 'doctor']) {
    const { status, stderr } = run(place, command, name);
    expect(status).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr).toContain(help);
  }
});

it('doctor looks at one server by its name, and at all of them without', () => {
  const place = configured();
  expect(run(place, 'doctor', 'notes').status).toBe(0);
  const { status, stdout, stderr } = run(place, 'doctor');
  expect(status).toBe(1);
  expect(stdout).toContain('notes (Cursor, needs)');
  expect(stdout).toContain('1 of 2 servers works.');
  expect(stdout.match(/terminal: `policy-wrap approvals`/g)).toHaveLength(1);
  expect(stdout).not.toContain('theirs');
  expect(stderr).toContain('"remote" of Cursor is left out');
  const json = JSON.parse(run(place, 'doctor', '--json').stdout) as { servers: { works: boolean }[] };
  expect(json.servers.map(({ works }) => works).sort()).toEqual([false, true]);
});

it('doctor says why it examines none where only a project names servers', () => {
  const place = new Place();
  const theirs = { command: 'node', args: ['theirs.mjs'] };
  place.write(path.join('.cursor', 'mcp.json'), JSON.stringify({ mcpServers: { theirs } }));
  const { status, stderr } = run(place, 'doctor');
  expect(status).toBe(1);
  expect(stderr).toContain('"theirs" of Cursor is left out: its command is in a file of this project');
  expect(stderr).toContain('if you trust it: -- node theirs.mjs');
});

/** Two clients of the user with a server of one name, each with a command and a policy of its own. */
function twice(): Place {
  const place = new Place();
  const words = (server: string, ...own: string[]) => ({
    command: process.execPath,
    args: [PROGRAM, ...own, '--', process.execPath, fixture(server)],
  });
  const loose = place.write('loose.yaml', 'version: 1\ndefault: allow\n');
  const cursor = { notes: words('modern.mjs', '--server', 'notes', '--config', loose) };
  place.write(path.join('..', '.cursor', 'mcp.json'), JSON.stringify({ mcpServers: cursor }));
  const gemini = { notes: words('modern.mjs', '--server', 'notes', '--preset', 'read-only') };
  place.write(path.join('..', '.gemini', 'settings.json'), JSON.stringify({ mcpServers: gemini }));
  return place;
}

describe('a name that several clients have', () => {
  it.each([
    ['inspect', 'notes'],
    ['check', '--against', 'notes'],
    ['init', 'notes'],
  ])('%s %s asks which client is meant', (...args) => {
    const { status, stderr } = run(twice(), ...args);
    expect(status).toBe(1);
    expect(stderr).toContain('"notes" is started in one way by Cursor and in another by Gemini CLI');
    expect(stderr).toContain('say which with --client cursor (or gemini)');
  });

  it('doctor looks at each of them', () => {
    const { status, stdout, stderr } = run(twice(), 'doctor', 'notes');
    expect(status, stderr).toBe(0);
    expect(stdout).toContain('notes (Cursor, notes)');
    expect(stdout).toContain('notes (Gemini CLI, notes)');
    expect(stdout).toContain('2 of 2 servers work.');
    expect(run(twice(), 'doctor', 'notes', '--server', 'x').stderr).toContain('--server is for one server');
  });

  it('inspect shows what the policy of that client does', () => {
    const place = twice();
    const decided = (client: string) => {
      const { stdout, stderr } = run(place, 'inspect', 'notes', '--client', client, '--json');
      const { tools } = JSON.parse(stdout || stderr) as {
        tools: { name: string; decision: { action: string } }[];
      };
      return tools.find(({ name }) => name === 'delete_note')?.decision.action;
    };
    expect(decided('cursor')).toBe('allow');
    expect(decided('gemini')).toBe('deny');
  });

  it('doctor examines the policy of that client, also among all servers of the client', () => {
    const place = twice();
    expect(run(place, 'doctor', 'notes', '--client', 'gemini').stdout).toContain('policy: preset read-only');
    const { stdout } = run(place, 'doctor', '--client', 'cursor');
    expect(stdout).toMatch(/policy: .*loose\.yaml/);
    expect(stdout).toContain('1 of 1 server works.');
  });

  it('check --against compares the policy of that client', () => {
    const place = twice();
    const { status, stderr } = run(place, 'check', '--against', 'notes', '--client', 'cursor');
    expect(stderr).toMatch(/loose\.yaml against the \d+ tools of notes/);
    expect(status).toBe(2);
    expect(run(place, 'check', '--against', 'notes', '--client', 'gemini').stderr).toMatch(
      /preset read-only against the \d+ tools of notes: nothing is wrong/,
    );
  });
});

describe('a name that clients have with other values in the environment', () => {
  /** The entry says which of them it is. */
  function unlike(): Place {
    const place = new Place();
    const tools = place.write(
      'tools.mjs',
      "if (!process.env.KEY?.startsWith('value-')) process.exit(1); await import(process.argv[2]);",
    );
    const entry = (KEY: string) => ({
      notes: { command: process.execPath, args: [tools, fixture('modern.mjs')], env: { KEY, SAME: 's' } },
    });
    const put = (file: string, KEY: string) =>
      place.write(path.join('..', file), JSON.stringify({ mcpServers: entry(KEY) }));
    put('.cursor/mcp.json', 'value-one');
    put('.gemini/settings.json', 'value-two');
    return place;
  }

  it.each([
    ['inspect', 'notes'],
    ['check', '--against', 'notes'],
    ['init', 'notes', '--config', 'mine.yaml'],
  ])('%s %s takes the first and says which that is', (...args) => {
    const place = unlike();
    const { status, stderr } = run(place, ...args);
    expect(status, stderr).toBe(0);
    expect(stderr).toMatch(
      /"notes" is started as Cursor \(~[\\/]\.cursor[\\/]mcp\.json\) says; Gemini CLI \(.*\) has it with other values in its environment \(KEY\): say which with --client cursor \(or gemini\)\n/,
    );
    expect(stderr).not.toContain('value-');
    const chosen = run(place, ...args, '--client', 'gemini');
    expect(chosen.stderr).not.toContain('say which');
  });

  it('doctor looks at each of them', () => {
    const { stdout } = run(unlike(), 'doctor', 'notes');
    expect(stdout).toContain('2 of 2 servers work.');
  });
});

describe('check --against and init by name', () => {
  it('check compares a file that is named with the server of a name', () => {
    const place = configured();
    place.write('mine.yaml', 'version: 1\ndefault: deny\ntools: { no_such_tool: allow }\n');
    const { status, stderr } = run(place, 'check', '--against', 'mine.yaml', 'notes');
    expect(stderr).toContain("the server has no tool 'no_such_tool'");
    expect(status).toBe(2);
    const { stderr: same } = run(place, 'check', '--against', '--config', 'mine.yaml', 'notes');
    expect(same).toContain("the server has no tool 'no_such_tool'");
  });

  it('init takes only the servers that are named', () => {
    const place = configured();
    const { status, stderr } = run(place, 'init', 'notes', '--config', 'mine.yaml');
    expect(status, stderr).toBe(0);
    expect(stderr).toContain('1 of 1 server is in mine.yaml');
    expect(stderr).not.toContain('broken');
    expect(readFileSync(path.join(place.work, 'mine.yaml'), 'utf8')).toContain('  needs:');
  });

  it.each([
    [['init', 'notes', '--', 'node', 'x.mjs'], '"notes" and a command name several servers'],
    [['init', 'notes', '--tools', 'list.json'], '"notes" and --tools name several servers'],
    [['init', 'theirs'], 'is in a file of this project'],
    [['check', '--against', 'theirs'], 'is in a file of this project'],
    [['check', '--against', 'nowhere'], 'no MCP client has a server called "nowhere"'],
    [['inspect', 'notes', '--client', 'curser'], "did you mean 'cursor'?"],
  ])('%j is refused', (args, message) => {
    const { status, stderr } = run(configured(), ...args);
    expect(status).toBe(1);
    expect(stderr).toContain(message);
  });
});
