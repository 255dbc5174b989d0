import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';
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
  const one = run(place, 'inspect', 'notes', tools[0]?.name ?? '', '--json');
  expect(JSON.parse(one.stdout)).toMatchObject({ tools: [{ name: tools[0]?.name }] });
});

it.each([
  ['note', 'no MCP client has a server called "note"', 'did you mean "notes"?'],
  ['theirs', 'is in a file of this project', 'write its command after `--`'],
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
  expect(stdout).not.toContain('theirs');
  expect(stderr).toContain('"remote" of Cursor is left out');
  const json = JSON.parse(run(place, 'doctor', '--json').stdout) as { servers: { works: boolean }[] };
  expect(json.servers.map(({ works }) => works).sort()).toEqual([false, true]);
});
