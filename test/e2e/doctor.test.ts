import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { MARK, marked, NO_PROC } from '../faults/processes.js';
import { withoutLinux } from '../skip.js';
import { fixture, npmServer, Place, PROGRAM } from './place.js';

const NODE = process.execPath;

function start(place: Place, args: readonly string[], env: Record<string, string> = {}) {
  return execa(NODE, [PROGRAM, 'doctor', ...args], {
    cwd: place.work,
    env: { ...place.env, ...env },
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
  });
}

async function doctor(place: Place, args: readonly string[], env: Record<string, string> = {}) {
  const { exitCode, stdout, stderr } = await start(place, args, env);
  return { exitCode, stdout, stderr };
}

interface Check {
  name: string;
  status: string;
  text: string;
  details?: string[];
}

async function checks(place: Place, args: readonly string[]) {
  const { stdout, exitCode } = await doctor(place, ['--json', ...args]);
  const { checks: all, works } = JSON.parse(stdout) as { checks: Check[]; works: boolean };
  expect(works).toBe(exitCode === 0);
  return { exitCode, all, of: (name: string) => all.find((check) => check.name === name) };
}

/** A server that answers as its text says. `answer(id, result)` and `fail(id, code, message)` are there. */
const server = (place: Place, text: string) => [
  '--',
  NODE,
  place.write(
    'server.mjs',
    `import { createInterface } from 'node:readline';
const say = (message) => console.log(JSON.stringify({ jsonrpc: '2.0', ...message }));
const answer = (id, result) => say({ id, result });
const fail = (id, code, message) => say({ id, error: { code, message } });
const hello = { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: { name: 's', version: '1' } };
const tool = (name) => ({ name, inputSchema: { type: 'object' } });
const listen = (handle) => createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  if (id === undefined) return;
  if (handle(id, method, params) !== undefined) return;
  if (method === 'initialize') answer(id, hello);
  else fail(id, -32601, 'Method not found');
});
${text}`,
  ),
];

describe('doctor', () => {
  it('says line by line what works', async () => {
    const place = new Place();
    place.policy(
      'version: 1\ndefault: deny\ncategories: { read: allow }\ntools: { "a*": [{ when: args.a, action: deny }, allow] }\n',
    );
    const { exitCode, stdout, stderr } = await doctor(place, ['--', 'node', PROGRAM, 'example-server']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    for (const line of [
      /^✓ Node\.js: \d+/,
      /^✓ command: node is .*node/m,
      /^✓ policy: policy-wrap\.yaml \(4 rules\)$/m,
      /^✓ approvals: approval is asked through elicitation, then page, then terminal\n {4}elicitation: .*Claude Code/m,
      /^✓ audit log: .*node-|^✓ audit log: .*policy-wrap-.*\.jsonl$/m,
      /^✓ server: amazon-mq-stand-in .* was ready after \d+ ms$/m,
      /^✓ protocol: 2025-11-25 was agreed on$/m,
      /^✓ tools: 40 tools, as the policy shows them$/m,
      /\n\nIt works\.$/,
    ])
      expect(stdout).toMatch(line);
  });

  it.each(['everything', 'filesystem', 'memory'] as const)(
    'has nothing against the server %s',
    async (name) => {
      const args = ['--', NODE, npmServer(name), ...(name === 'filesystem' ? ['.'] : [])];
      const { exitCode, of } = await checks(new Place(), args);
      expect(exitCode).toBe(0);
      expect(of('tools')).toMatchObject({ status: 'works', text: expect.stringMatching(/^\d+ tools, /) });
    },
  );

  it('knows a server of both eras', async () => {
    const { of } = await checks(new Place(), ['--', NODE, fixture('modern.mjs')]);
    expect(of('protocol')?.text).toBe('2025-11-25 was agreed on; it also speaks 2026-07-28');
  });

  it('knows a server of the new era alone', async () => {
    const place = new Place();
    const { exitCode, of } = await checks(
      place,
      server(
        place,
        `listen((id, method) => {
          if (method === 'initialize') return fail(id, -32601, 'no handshake') ?? true;
          if (method === 'server/discover') return answer(id, { resultType: 'complete', capabilities: { tools: {} } }) ?? true;
          if (method === 'tools/list') return answer(id, { resultType: 'complete', tools: [tool('a')] }) ?? true;
        });`,
      ),
    );
    expect(exitCode).toBe(0);
    expect(of('protocol')?.text).toBe('2026-07-28 was agreed on, the only one it speaks');
    expect(of('tools')?.text).toBe('1 tool, as the policy shows them');
  });

  it('counts pages, and tools as the policy shows them', async () => {
    const place = new Place();
    place.policy('version: 1\ndefault: allow\ntools: { t2: hide }\n');
    const { of } = await checks(
      place,
      server(
        place,
        `listen((id, method, { cursor = '0' } = {}) => {
          if (method !== 'tools/list') return undefined;
          const page = Number(cursor);
          return answer(id, { tools: [tool('t' + page)], ...(page < 3 && { nextCursor: String(page + 1) }) }) ?? true;
        });`,
      ),
    );
    expect(of('tools')?.text).toBe('3 tools on 4 pages, as the policy shows them');
  });

  it('shows nothing hostile as it is, and no secret', async () => {
    const place = new Place();
    const args = server(
      place,
      `console.error('\\u001b]0;owned\\u0007 API_TOKEN=ghp_abcdefghijklmnopqrstuvwxyz0123456789');
      console.error('Error: API_TOKEN is required, \\u202epassword=hunter22');
      hello.serverInfo = { name: '\\u001b[2Jevil\\u202e', version: '\\u2028' };
      hello.protocolVersion = '\\u001b[31m';
      listen((id, method) => {
        if (method === 'tools/list') return answer(id, { tools: [tool('a\\u001b[2J'), tool('a\\u001b[2J'), {}] }) ?? true;
      });`,
    );
    for (const words of [[], ['--json']]) {
      const { stdout, exitCode } = await doctor(place, [...words, ...args]);
      expect(exitCode).toBe(0);
      expect(stdout).toContain('API_TOKEN (not set here)');
      expect(stdout).not.toMatch(/(?!\n)[\p{C}\p{Zl}\p{Zp}]|hunter22|ghp_/u);
    }
  });

  it('shows why a server cannot be used: what it wrote, without secrets, and which variables it lacks', async () => {
    const place = new Place();
    const args = server(
      place,
      `for (let line = 0; line < 500; line++) console.error('line ' + line + ' ' + 'x'.repeat(5_000));
      console.error('token=ghp_abcdefghijklmnopqrstuvwxyz0123456789 \\u001b[31m');
      console.error('Missing FOO_API_KEY, which is required');
      process.exitCode = 3;`,
    );
    const { exitCode, stdout } = await doctor(place, args, { FOO_API_KEY: 'its-value' });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^✗ server: '.*' ended with code 3 before it had answered\n {4}it said:\n/m);
    expect(stdout).toContain('    Missing FOO_API_KEY, which is required\n');
    expect(stdout).toContain('! environment: the server complains about FOO_API_KEY (set here)\n');
    expect(stdout).toContain('\n\nIt does not work: server.');
    expect(stdout).not.toMatch(/(?!\n)\p{C}|ghp_|its-value/u);
    expect(stdout.length).toBeLessThan(8_000);
  });

  it.each([
    [
      'no such command',
      ['--', 'no-such-command'],
      1,
      /^✗ command: 'no-such-command' was not found on the PATH$/m,
    ],
    ['no such file', ['--', './no-such-file'], 1, /^✗ command: '\.\/no-such-file' was not found$/m],
    ['no command', [], 1, /no server command was given/],
    ['a saved list', ['--tools', 'x.json', '--', 'node'], 1, /unknown option '--tools'/],
    [
      'no server',
      ['--timeout', '0.5', '--', NODE, '-e', 'setInterval(() => {}, 1000)'],
      1,
      /did not answer initialize within 0\.5 s/,
    ],
  ])('says that there is %s', async (_, args, exitCode, words) => {
    const done = await doctor(new Place(), args);
    expect(done.exitCode).toBe(exitCode);
    expect(`${done.stdout}\n${done.stderr}`).toMatch(words);
  });

  it('starts nothing under an invalid policy', async () => {
    const place = new Place();
    place.policy('version: 1\ndefault: alow\n');
    const { exitCode, stdout } = await doctor(place, ['--', NODE, fixture('recorder.mjs'), place.record]);
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/^✗ policy: it is invalid\n {4}policy-wrap\.yaml:2:10: unknown action 'alow'/m);
    expect(place.recorded()).toBeUndefined();
  });

  it.skipIf(withoutLinux('where a variable names the folder of the state'))(
    'finds what cannot be written, and that nobody can be asked then',
    async () => {
      const place = new Place();
      const config = place.write('named.yaml', 'version: 1\ndefault: allow\napprovals: { via: [page] }\n');
      const state = place.write('file', '');
      const args = ['-c', config, '--', NODE, npmServer('memory')];
      const { stdout, exitCode } = await doctor(place, args, { XDG_STATE_HOME: state });
      expect(exitCode).toBe(2);
      expect(stdout).toMatch(
        /^✗ audit log: .* cannot be written: .*file is not a folder; calls are not written down$/m,
      );
      expect(stdout).toMatch(/^✗ approvals: nobody can be asked\n {4}page: .* cannot be written/m);
      expect(stdout).toMatch(/^✓ server: /m);
      expect(stdout).toContain('\n\nIt does not work: approvals, audit log.');
    },
  );

  it.each([
    [
      'answers with an error',
      `fail(id, -32603, 'fetch failed, API_TOKEN is not set') ?? true`,
      'answered tools/list with an error: fetch failed',
    ],
    ['ends', 'process.exit(4)', 'ended with code 4 before it had answered'],
  ])('tells when a server %s instead of listing its tools', async (_, then, words) => {
    const place = new Place();
    const args = server(place, `listen((id, method) => { if (method === 'tools/list') return ${then}; });`);
    const { exitCode, of } = await checks(place, args);
    expect(exitCode).toBe(1);
    expect(of('server')?.status).toBe('works');
    expect(of('tools')).toMatchObject({ status: 'broken', text: expect.stringContaining(words) });
  });

  it('does not wait for a list without end', { timeout: 30_000 }, async () => {
    const place = new Place();
    const args = server(
      place,
      `let page = 0;
      listen((id, method) => {
        if (method !== 'tools/list') return undefined;
        setTimeout(() => answer(id, { tools: [tool('t' + page)], nextCursor: String(page++) }), 300);
        return true;
      });`,
    );
    const { exitCode, of } = await checks(place, ['--timeout', '1', ...args]);
    expect(exitCode).toBe(1);
    expect(of('server')?.status).toBe('works');
    expect(of('tools')?.text).toContain('was still listing tools after 3 s');
  });
});

describe.skipIf(NO_PROC)('doctor leaves no server behind', () => {
  const STUBBORN = `process.on('SIGTERM', () => {}); process.on('SIGINT', () => {}); setInterval(() => {}, 1000);`;

  it('that does not want to end', { timeout: 30_000 }, async () => {
    const place = new Place();
    const mark = `doctor-${process.pid}-1`;
    const args = server(place, `${STUBBORN} listen(() => {});`);
    expect((await doctor(place, args, { [MARK]: mark })).exitCode).toBe(1);
    await expect.poll(() => marked(mark)).toEqual([]);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'when it is ended itself, by %s',
    { timeout: 30_000 },
    async (signal) => {
      const place = new Place();
      const mark = `doctor-${process.pid}-${signal}`;
      const args = server(place, `${STUBBORN} listen(() => true);`);
      const running = start(place, args, { [MARK]: mark });
      await expect.poll(() => marked(mark).length).toBe(3);
      running.kill(signal);
      await running;
      await expect.poll(() => marked(mark)).toEqual([]);
    },
  );
});
