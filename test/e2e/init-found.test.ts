import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { fixture, npmServer, Place, PROGRAM } from './place.js';

function init(place: Place, ...args: string[]) {
  const { stderr, status } = spawnSync(process.execPath, [PROGRAM, 'init', ...args], {
    cwd: place.work,
    env: place.env,
    encoding: 'utf8',
  });
  return { stderr, status };
}

/** The policy that init says it has written: the user's own, since servers of clients are used everywhere. */
function written(place: Place, stderr: string): string {
  return path.resolve(place.work, /wrote (.*?): /.exec(stderr)?.[1]?.replace(/^~/, place.folder) ?? '');
}

/** Cursor has its config in the home folder on every platform. */
function cursor(place: Place, mcpServers: object): void {
  place.write(path.join('..', '.cursor', 'mcp.json'), JSON.stringify({ mcpServers }));
}

const start = (...args: string[]) => ({ command: process.execPath, args });

describe('init without a command', () => {
  it('takes the servers of the MCP clients, wrapped or not, with --yes', () => {
    const place = new Place();
    cursor(place, {
      memory: start(npmServer('memory')),
      wrapped: start(PROGRAM, '--server', 'every', '--', process.execPath, npmServer('everything')),
      remote: { url: 'https://example.invalid/mcp' },
      off: { ...start('-e', 'throw 1'), disabled: true },
      filled: start(`$\{HOME}/server.js`),
    });
    const { stderr, status } = init(place, '--yes');
    expect(status).toBe(0);
    expect(stderr).toContain('"remote" of Cursor is left out: it is given by URL');
    expect(stderr).toContain('write --server remote -- npx -y mcp-remote https://example.invalid/mcp');
    expect(stderr).toContain('"off" of Cursor is left out: it is disabled there');
    expect(stderr).toContain('"filled" of Cursor is left out: its client fills in parts of its command');
    expect(stderr).toContain('categories judge its tools all the same');
    expect(stderr.trimEnd().split('\n').at(-1)).toMatch(/2 of 2 servers are in ~?.*policy-wrap\.yaml$/);
    const file = written(place, stderr);
    const tested = spawnSync(process.execPath, [PROGRAM, 'test', file], { cwd: place.work, env: place.env });
    expect(tested.status).toBe(0);
    expect(place.has('policy-wrap.yaml')).toBe(false);
    const policy = readFileSync(file, 'utf8');
    expect(policy).toContain('delete_entities: { category: destructive }');
    expect(policy).toMatch(/^ {2}every:/m);
  });

  it('knows a server by the id that install gives it, also where it only says how to start it', () => {
    const place = new Place();
    const { folder } = place;
    const text = `await import(${JSON.stringify(pathToFileURL(fixture('modern.mjs')).href)})`;
    cursor(place, {
      inline: start('--input-type=module', '-e', text),
      headed: { url: 'https://example.invalid/mcp', headers: { Authorization: 'Bearer x' } },
      elsewhere: { ...start(fixture('modern.mjs')), envFile: '.env' },
      signed: start(
        PROGRAM,
        '--server',
        'wiki',
        '--',
        'npx',
        '-y',
        'mcp-remote',
        'https://example.invalid/wiki',
      ),
    });
    const { stderr } = init(place, '--yes');
    expect(stderr).toMatch(/wrote .* of "inline"/);
    expect(stderr).toContain('"headed" of Cursor is left out');
    expect(stderr).toContain('its headers are for its client alone');
    expect(stderr).toContain('write --server wiki -- npx -y mcp-remote https://example.invalid/wiki');
    expect(stderr).toMatch(/"elsewhere" of Cursor is left out: .*'envFile', .*write -- /);
    const installed = spawnSync(process.execPath, [PROGRAM, 'install', '--yes'], {
      cwd: place.work,
      env: place.env,
    });
    expect(installed.status).toBe(0);
    const config = readFileSync(path.join(folder, '.cursor', 'mcp.json'), 'utf8');
    expect(config).toContain('"--server", "inline"');
    expect(config).toContain('"--server", "headed"');
  });

  it('says what is next, which is no install where that is done', () => {
    const place = new Place();
    cursor(place, { memory: start(npmServer('memory')) });
    expect(init(place, '--yes').stderr).toMatch(/Next:\n.*\n.*\n {2}policy-wrap install /);
    const installed = spawnSync(process.execPath, [PROGRAM, 'install', '--yes'], {
      cwd: place.work,
      env: place.env,
    });
    expect(installed.status).toBe(0);
    const { stderr } = init(place, '--yes', '--update');
    expect(stderr).toMatch(/Next:\n.*\n.*\n {2}policy-wrap status .*\n {2}restart your clients; /);
    expect(stderr).not.toContain('policy-wrap install');
    const other = init(place, '--config', 'other.yaml', 'memory');
    expect(other.stderr).toContain('policy-wrap install --config other.yaml');
  });

  it('starts no server otherwise than its client does', () => {
    const place = new Place();
    const marked = place.write(
      'marked.mjs',
      `import { writeFileSync } from 'node:fs'; writeFileSync('started', '');`,
    );
    const odd = (entry: object) => ({ ...start(marked), ...entry });
    cursor(place, {
      gemini: odd({ env: { KEY: '$ACME' } }),
      opencode: odd({ env: { KEY: '{env:KEY_A}' } }),
      file: odd({ args: [marked, '{file:~/.key}'] }),
      windows: odd({ env: { KEY: '%APPDATA%' } }),
      number: odd({ env: { PORT: 8080 } }),
      list: odd({ env: ['KEY=a'] }),
      folder: odd({ cwd: `$\{HOME}/srv` }),
      envFile: odd({ envFile: '.env' }),
    });
    const { stderr } = init(place, '--yes');
    for (const name of ['gemini', 'opencode', 'file', 'windows', 'number', 'list', 'folder', 'envFile'])
      expect(stderr).toMatch(new RegExp(`"${name}" of Cursor is left out: (its|'PORT)`));
    expect(place.has('started')).toBe(false);
  });

  it('goes on where one of them cannot be read, and gives each its environment', () => {
    const place = new Place();
    place.write('needs.mjs', "if (process.env.KEY !== 'k') process.exit(1); await import(process.argv[2]);");
    cursor(place, {
      broken: start('-e', 'process.exit(1)'),
      needs: { ...start('needs.mjs', fixture('modern.mjs')), env: { KEY: 'k' } },
    });
    const { stderr, status } = init(place, '--yes');
    expect(status).toBe(1);
    expect(stderr).toMatch(/"broken" is left out: .* ended with code 1 before it had answered/);
    expect(stderr.trimEnd().split('\n').at(-1)).toMatch(
      /1 of 2 servers is in .*; left out: "broken"; to see why: .*policy-wrap doctor broken$/,
    );
    expect(readFileSync(written(place, stderr), 'utf8')).toMatch(/^ {2}needs:/m);
  });

  it('leaves out what is for another folder, with that reason, and takes what is for this one', () => {
    const place = new Place();
    const scoped = { mcpServers: { here: start(fixture('modern.mjs')) } };
    const elsewhere = { mcpServers: { there: start(fixture('modern.mjs')) } };
    const projects = { [place.work]: scoped, [path.join(place.folder, 'other')]: elsewhere };
    place.write(path.join('..', '.claude.json'), JSON.stringify({ projects }));
    const { stderr, status } = init(place, '--yes');
    expect(status, stderr).toBe(0);
    expect(stderr).toContain('"there" of Claude Code is left out: it is only for the folder ~');
    expect(stderr).toContain('"here" of Claude Code is started');
  });

  it('says where to give an id of its own to one that is left out for another', () => {
    const place = new Place();
    const own = ['--server', 'notes', '--', process.execPath];
    cursor(place, {
      one: start(PROGRAM, ...own, fixture('modern.mjs')),
      two: start(PROGRAM, ...own, fixture('modern.mjs'), 'more'),
    });
    const { stderr } = init(place, '--yes');
    expect(stderr).toContain('"two" of Cursor is left out: policies take it for "one" of Cursor');
    expect(stderr).toMatch(
      /an id of its own with --server in ~.*mcp\.json: "args": \[".*policy-wrap\.js", "--server", "two", "--", .*, …\]/,
    );
  });

  it('shows of what a server said only the line that says why', () => {
    const place = new Place();
    cursor(place, { broken: start('-e', 'throw new Error("KEY is missing")') });
    const { stderr } = init(place, '--yes');
    expect(stderr).toContain('Error: KEY is missing');
    expect(stderr).not.toMatch(/^ *at |Node\.js v/m);
  });

  it('shows no secret of a command', () => {
    const place = new Place();
    const secret = 'sk-abcdefghijklmnopqrstuvwx1234567890';
    cursor(place, { modern: start(fixture('modern.mjs'), `--token=${secret}`) });
    const { stderr } = init(place, '--yes');
    expect(stderr).toContain('--token=[redacted]');
    expect(stderr).not.toContain(secret);
  });

  it('starts nothing that a project names, and nothing at all without a yes', () => {
    const place = new Place();
    const mark = path.join(place.work, 'started');
    const marking = start('-e', `require('fs').writeFileSync(${JSON.stringify(mark)}, '')`);
    place.write('.mcp.json', JSON.stringify({ mcpServers: { marking } }));
    expect(init(place, '--yes')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('no server command was given'),
    });
    cursor(place, { marking: start('-e', `require('fs').writeFileSync(${JSON.stringify(mark)}, '')`) });
    const { stderr, status } = init(place);
    expect(status).toBe(1);
    expect(stderr).toContain('or take those of your MCP clients with --yes');
    expect(place.has('started')).toBe(false);
    expect(place.has('policy-wrap.yaml')).toBe(false);
  });
});
