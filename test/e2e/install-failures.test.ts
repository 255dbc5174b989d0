import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { onWindows, withoutMounts, withoutRoot } from '../skip.js';
import { configPath, configText, PACKAGE, policyWrap, putConfig } from './configs.js';
import { Place, PROGRAM } from './place.js';

const CURSOR = '.cursor/mcp.json';

/** A place with a config of Kiro that can be used, beside one of Cursor. */
function besideKiro(text: string | Buffer): { place: Place; cursor: string; untouched(): boolean } {
  const place = new Place();
  const kiro = putConfig(place, 'kiro', '.kiro/settings/mcp.json', configText('kiro.json'));
  const cursor = putConfig(place, 'cursor', CURSOR, text);
  const untouched = () =>
    readFileSync(kiro, 'utf8') === configText('kiro.json') && readFileSync(cursor).equals(Buffer.from(text));
  return { place, cursor, untouched };
}

describe('a config that cannot be used', () => {
  it.each([
    [
      'not JSON',
      '{\n  "mcpServers": {\n    "a": { "command" "x" }\n  }\n}',
      ':3:22: it is not JSON: a colon is missing',
    ],
    ['cut off', '{ "mcpServers": { "a": { "command": "x"', ":1:40: it is not JSON: '}' is missing"],
    ['no object', '["mcpServers"]', ':1:1: it holds no object'],
    ['servers that are none', '{ "mcpServers": [] }', ":1:17: 'mcpServers' is not an object"],
    ['servers twice', '{ "mcpServers": {}, "mcpServers": {} }', ":1:21: 'mcpServers' is there twice"],
    ['a server twice', '{ "mcpServers": {\n"a": {}, "a": {} } }', ":2:10: 'a' is there twice"],
    ['a name with escapes', '{ "mcp\\u0053ervers": 1 }', ":1:22: 'mcpServers' is not an object"],
    ['UTF-16', Buffer.from('\ufeff{"mcpServers":{}}', 'utf16le'), ': it is not UTF-8'],
  ])('is told in one sentence, and nothing is written anywhere: %s', async (_, text, problem) => {
    const { place, untouched } = besideKiro(text);
    const { exitCode, stdout, stderr } = await policyWrap(place, ['install', '--yes']);
    expect(exitCode).toBe(1);
    expect(stdout).toBe('');
    const [first, help, ...rest] = stderr.split('\n');
    expect(first).toContain('the config of Cursor cannot be used: ');
    expect(first).toMatch(new RegExp(`mcp\\.json${problem.replace(/[.'[\]{}]/g, '\\$&')}`));
    expect(help).toBe('  help: nothing was written; fix the file, or choose other clients with --client');
    expect(rest).toEqual([]);
    expect(untouched()).toBe(true);
    expect(await policyWrap(place, ['install', '--yes', '--client', 'kiro'])).toMatchObject({ exitCode: 0 });
    expect(await policyWrap(place, ['status', '--client', 'cursor'])).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining('cannot be used: '),
    });
  });

  it('is TOML that cannot be read', async () => {
    const place = new Place();
    putConfig(place, 'codex', '.codex/config.toml', '[mcp_servers.a]\ncommand = "x"\ncommand = "y"\n');
    expect(await policyWrap(place, ['install', '--yes'])).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(":3:1: it is not TOML: 'command' is there twice"),
    });
  });

  it('is no business of ours where it says nothing of servers', async () => {
    const { place } = besideKiro('{ "other": ');
    expect(await policyWrap(place, ['install', '--yes'])).toMatchObject({ exitCode: 0 });
  });
});

describe('an entry that cannot be understood', () => {
  it('is left as it is, with the reason, and the others are wrapped', async () => {
    const place = new Place();
    const odd = {
      number: { command: 1 },
      empty: { command: '' },
      line: { command: 'npx -y server' },
      arguments: { command: 'x', args: 'a b' },
      list: { command: 'x', args: [1] },
      both: { command: 'x', url: 'https://x' },
      none: {},
      text: 'x',
      socket: { url: 'wss://x', type: 'ws' },
      'signs in': { url: 'https://x', auth: { CLIENT_ID: 'x' } },
      'two maps': { url: 'https://x', headers: { A: 'b' }, env: { C: 'd' } },
      itself: { command: 'npx', args: ['-y', 'policy-wrap'] },
      shell: { command: 'sh', args: ['-c', 'policy-wrap -- x'] },
    };
    const text = JSON.stringify({ mcpServers: { ...odd, fine: { command: 'C:\\a b\\x' } } });
    const file = putConfig(place, 'cursor', CURSOR, text);
    const { stdout } = await policyWrap(place, ['install', '--yes', '--json']);
    const [{ servers }] = JSON.parse(stdout).files;
    expect(
      Object.fromEntries(servers.map((each: Record<string, string>) => [each['name'], each['reason']])),
    ).toEqual({
      number: "'command' is not a string",
      empty: "'command' is not a string",
      line: "'command' has arguments in it; move them to 'args'",
      arguments: "'args' is not a list of strings",
      list: "'args' is not a list of strings",
      both: 'it has a command and a URL',
      none: 'it is empty: it has neither a command nor a URL',
      text: 'it is not an object',
      socket: "its type 'ws' is not known",
      'signs in': "the client itself reads its 'auth', which mcp-remote cannot",
      'two maps': "it has both 'headers' and 'env'",
      itself: 'it is policy-wrap itself, without a server',
      shell: 'policy-wrap is inside its command already',
      fine: undefined,
    });
    expect(JSON.parse(readFileSync(file, 'utf8')).mcpServers).toEqual({
      ...odd,
      fine: { command: 'npx', args: ['-y', PACKAGE, '--', 'C:\\a b\\x'] },
    });
    await policyWrap(place, ['uninstall', '--yes']);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('shows names from a file without what a terminal would obey', async () => {
    const place = new Place();
    putConfig(place, 'cursor', CURSOR, '{"mcpServers":{"\\u001b[31mred\\u202e":{"command":"\\u0007x"}}}');
    for (const words of [['install', '--dry-run'], ['status']]) {
      const { stdout } = await policyWrap(place, words);
      expect(stdout).toContain('\\u{1b}[31mred\\u{202e}');
      expect(stdout.replaceAll('\n', '')).not.toMatch(/\p{C}/u);
    }
  });
});

describe('what is said on the command line', () => {
  it.each([
    [['install', '--client', 'cursr'], "unknown client 'cursr'\n  help: did you mean 'cursor'?"],
    [
      ['status', '--client', 'emacs'],
      "unknown client 'emacs'\n  help: the known clients are claude-desktop, ",
    ],
    [['install', 'web-serch'], "no config has a server 'web-serch'\n  help: did you mean 'web-search'?"],
    [['uninstall', 'other'], "no config has a server 'other'\n  help: the servers are a, web-search, remote"],
    [['install', '--using', 'npx -y other'], "'npx -y other' does not start policy-wrap"],
    [['install', '--using', ''], "'' does not start policy-wrap"],
  ])('%j is a mistake', async (words, message) => {
    const { place, untouched } = besideKiro('{"mcpServers":{"a":{"command":"x"}}}');
    const { exitCode, stderr } = await policyWrap(place, [...words]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(message);
    expect(untouched()).toBe(true);
  });

  it('says so where there is nothing to do', async () => {
    const place = new Place();
    const nothing = 'policy-wrap: no config of a known MCP client with servers in it was found';
    for (const words of [['install'], ['uninstall']])
      expect(await policyWrap(place, words)).toEqual({ exitCode: 0, stdout: '', stderr: nothing });
    const stdout = 'where it was looked: policy-wrap status --places';
    expect(await policyWrap(place, ['status'])).toEqual({ exitCode: 0, stdout, stderr: nothing });
  });
});

describe.skipIf(onWindows('files have no mode'))('a file on a disk', () => {
  it('is written where links lead, and keeps its rights', async () => {
    const place = new Place();
    const real = path.join(place.folder, 'dotfiles', 'cursor.json');
    const file = configPath(place, 'cursor', CURSOR);
    mkdirSync(path.dirname(real));
    mkdirSync(path.dirname(file));
    writeFileSync(real, configText('cursor.json'), { mode: 0o640 });
    chmodSync(real, 0o640);
    symlinkSync(path.relative(path.dirname(file), real), file);
    const { stdout } = await policyWrap(place, ['install', '--yes']);
    expect(stdout).toContain('Cursor  ~/.cursor/mcp.json → ~/dotfiles/cursor.json\n');
    expect(lstatSync(file).isSymbolicLink()).toBe(true);
    expect(readFileSync(real, 'utf8')).toContain('policy-wrap');
    expect(statSync(real).mode & 0o777).toBe(0o640);
    expect(readdirSync(path.dirname(real))).toEqual(['cursor.json']);
    await policyWrap(place, ['uninstall', '--yes']);
    expect(readFileSync(real, 'utf8')).toBe(configText('cursor.json'));
  });

  it.each<[string, (file: string) => void, string]>([
    ['is read-only', (file) => chmodSync(file, 0o444), 'it is read-only'],
    [
      'has hard links',
      (file) => linkSync(file, `${file}.other`),
      'replacing it would detach its other hard links',
    ],
  ])('that %s is not written', async (_, make, problem) => {
    const place = new Place();
    const file = putConfig(place, 'cursor', CURSOR, configText('cursor.json'));
    make(file);
    const { exitCode, stderr } = await policyWrap(place, ['install', '--yes']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`the config of Cursor cannot be used: ~/.cursor/mcp.json: ${problem}`);
    expect(readFileSync(file, 'utf8')).toBe(configText('cursor.json'));
    const kept = readdirSync(place.folder, { recursive: true, withFileTypes: true, encoding: 'utf8' });
    expect(kept.filter((each) => each.isFile() && each.parentPath.includes('installed'))).toEqual([]);
  });

  it.skipIf(withoutRoot('to give a file to somebody else'))(
    'is written though its group is another, which then may not do more',
    async () => {
      const place = new Place();
      const file = putConfig(place, 'cursor', CURSOR, configText('cursor.json'));
      for (const each of [place.folder, place.work, path.dirname(file)]) chownSync(each, 65_534, 65_534);
      chownSync(file, 65_534, 0);
      chmodSync(file, 0o660);
      const { exitCode } = await execa(process.execPath, [PROGRAM, 'install', '--yes'], {
        cwd: place.work,
        env: place.env,
        extendEnv: false,
        reject: false,
        uid: 65_534,
        gid: 65_534,
      });
      expect(exitCode).toBe(0);
      expect(readFileSync(file, 'utf8')).toContain('policy-wrap');
      expect(statSync(file)).toMatchObject({ uid: 65_534, gid: 65_534, mode: 0o100600 });
    },
  );

  it('that is read-only keeps all others from being written', async () => {
    const place = new Place();
    const kiro = putConfig(place, 'kiro', '.kiro/settings/mcp.json', configText('kiro.json'));
    const cursor = putConfig(place, 'cursor', CURSOR, configText('cursor.json'));
    chmodSync(kiro, 0o444);
    const { exitCode, stderr } = await policyWrap(place, ['install', '--yes']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      'it is read-only\n  help: nothing was written; fix the file, or choose other clients with --client',
    );
    expect(readFileSync(cursor, 'utf8')).toBe(configText('cursor.json'));
  });

  it.skipIf(withoutMounts('to mount one file alone, as into a container'))(
    'that is mounted by itself is written where it is',
    async () => {
      const place = new Place();
      const outside = path.join(place.folder, 'outside.json');
      writeFileSync(outside, configText('cursor.json'));
      const file = putConfig(place, 'cursor', CURSOR, '');
      const script = 'mount --bind "$1" "$2" && shift 2 && exec "$@"';
      const inside = (...words: string[]) =>
        execa(
          'unshare',
          ['--mount', 'sh', '-c', script, 'sh', outside, file, process.execPath, PROGRAM, ...words],
          {
            cwd: place.work,
            env: place.env,
            extendEnv: false,
            reject: false,
          },
        );
      expect(await inside('install', '--yes')).toMatchObject({ exitCode: 0 });
      expect(readFileSync(outside, 'utf8')).toContain('policy-wrap');
      expect(await inside('uninstall', '--yes')).toMatchObject({ exitCode: 0 });
      expect(readFileSync(outside, 'utf8')).toBe(configText('cursor.json'));
    },
  );

  it('that leads nowhere, or is a folder, is none', async () => {
    const place = new Place();
    const file = configPath(place, 'cursor', CURSOR);
    mkdirSync(path.dirname(file));
    symlinkSync('nowhere', file);
    mkdirSync(configPath(place, 'kiro', '.kiro/settings/mcp.json'), { recursive: true });
    expect(await policyWrap(place, ['install', '--yes'])).toMatchObject({ exitCode: 0, stdout: '' });
  });

  it('is not written where its record cannot be', async () => {
    const place = new Place();
    const file = putConfig(place, 'cursor', CURSOR, configText('cursor.json'));
    writeFileSync(path.join(place.folder, 'state'), 'a file where a folder should be');
    const { exitCode, stderr } = await policyWrap(place, ['install', '--yes']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('the config of Cursor cannot be used');
    expect(readFileSync(file, 'utf8')).toBe(configText('cursor.json'));
  });
});
