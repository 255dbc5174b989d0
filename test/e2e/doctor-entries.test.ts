import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from './init-place.js';
import { fixture, Place, PROGRAM } from './place.js';

const NODE = process.execPath;

/** The user's config of Cursor with one server, and a folder beside the working directory with these files. */
function entry(files: Record<string, string>, written: (elsewhere: string) => object): Place {
  const place = new Place();
  const elsewhere = path.join(place.folder, 'elsewhere');
  mkdirSync(elsewhere);
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(elsewhere, name), text);
  const mcpServers = { notes: written(elsewhere) };
  place.write(path.join('..', '.cursor', 'mcp.json'), JSON.stringify({ mcpServers }));
  return place;
}

const NEEDS = `import { appendFileSync } from 'node:fs';
appendFileSync('started', 'x');
if (process.env.KEY !== 'k-is-not-shown') throw new Error('KEY is missing');
await import(process.argv[2]);`;
const ANSWERED = 'initialize answered after \\d+ ms, \\d+ tools\\n';

describe('doctor starts an entry as it is written', () => {
  it('with its arguments, its environment and its folder, and then through policy-wrap', () => {
    const place = entry({ 'needs.mjs': NEEDS }, (cwd) => ({
      command: NODE,
      args: ['needs.mjs', fixture('modern.mjs')],
      env: { KEY: 'k-is-not-shown' },
      cwd,
    }));
    const { status, stdout, stderr } = run(place, 'doctor', 'notes');
    expect(status, stdout + stderr).toBe(0);
    expect(stdout).toMatch(
      new RegExp(`^✓ entry: as Cursor starts it, without policy-wrap: ${ANSWERED}`, 'm'),
    );
    expect(stdout).toMatch(/^ {4}.*node\S* needs\.mjs .*modern\.mjs, in ~[\\/]elsewhere$/m);
    expect(stdout).toMatch(/^✓ tools: \d+ tools, as the policy shows them$/m);
    expect(stdout).not.toContain('k-is-not-shown');
  });

  it('with the policy that is found there', () => {
    const policy = 'version: 1\ndefault: deny\n';
    const place = entry({ 'policy-wrap.yaml': policy }, (cwd) => ({
      command: NODE,
      args: [fixture('modern.mjs')],
      cwd,
    }));
    expect(run(place, 'doctor', 'notes').stdout).toMatch(
      /^✓ policy: .*elsewhere[\\/]policy-wrap\.yaml \(1 rule\)$/m,
    );
    place.write('mine.yaml', 'version: 1\ndefault: allow\n');
    expect(run(place, 'doctor', 'notes', '--config', 'mine.yaml').stdout).toMatch(/^✓ policy: mine\.yaml/m);
  });

  it('with the policy-wrap that is in front of it', () => {
    const place = entry({}, () => ({
      command: NODE,
      args: [PROGRAM, '--preset', 'read-only', '--', NODE, fixture('modern.mjs')],
    }));
    const { status, stdout } = run(place, 'doctor', 'notes');
    expect(status, stdout).toBe(0);
    expect(stdout).toMatch(new RegExp(`^✓ entry: as Cursor starts it, with policy-wrap: ${ANSWERED}`, 'm'));
    expect(stdout).toMatch(/^ {4}.*policy-wrap\.js --preset read-only -- .*modern\.mjs, in /m);
  });

  it('and says that the server works where only what is in front of it does not', () => {
    const place = entry({}, (cwd) => ({
      command: NODE,
      args: [path.join(cwd, 'gone', 'policy-wrap.js'), '--', NODE, fixture('modern.mjs')],
    }));
    const { status, stdout } = run(place, 'doctor', 'notes');
    expect(status).toBe(1);
    expect(stdout).toMatch(/^✗ entry: as Cursor starts it, with policy-wrap: .* ended with code 1/m);
    expect(stdout).toMatch(/Cannot find module .*policy-wrap\.js/);
    expect(stdout).toMatch(/^✓ tools: /m);
    expect(stdout).toContain('\n\nIt does not work: entry.');
  });

  it('once only where it does not start, with what it said', () => {
    const place = entry({ 'needs.mjs': NEEDS }, (cwd) => ({
      command: NODE,
      args: ['needs.mjs', '--token=ghp_abcdefghijklmnopqrstuvwxyz0123456789'],
      cwd,
    }));
    const { status, stdout } = run(place, 'doctor', 'notes');
    expect(status).toBe(1);
    expect(stdout).toMatch(/^✗ entry: .* ended with code 1 before it had answered\n/m);
    expect(stdout).toContain('      Error: KEY is missing\n');
    expect(stdout).not.toMatch(/ghp_|^. server:/m);
    expect(readFileSync(path.join(place.folder, 'elsewhere', 'started'), 'utf8')).toBe('x');
  });

  it('and says where its folder is none', () => {
    const place = entry({}, (cwd) => ({ command: NODE, args: ['x.mjs'], cwd: path.join(cwd, 'gone') }));
    const { status, stdout } = run(place, 'doctor', 'notes');
    expect(status).toBe(1);
    expect(stdout).toMatch(
      /^✗ entry: Cursor starts it in ~[\\/]elsewhere[\\/]gone, which is not a folder\n/m,
    );
  });
});

it('inspect and init start a server in the folder of its entry', () => {
  const place = entry({ 'needs.mjs': NEEDS }, (cwd) => ({
    command: NODE,
    args: ['needs.mjs', fixture('modern.mjs')],
    env: { KEY: 'k-is-not-shown' },
    cwd,
  }));
  expect(run(place, 'inspect', 'notes', '--json').status).toBe(0);
  expect(run(place, 'init', 'notes', '--config', 'mine.yaml').status).toBe(0);
  expect(place.has('started')).toBe(false);
});
