import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fixture, Place } from './place.js';
import { Wrapped } from './program.js';

const isWindows = process.platform === 'win32';

function place(): Place {
  const made = new Place();
  made.policy('version: 1\ndefault: allow\n');
  return made;
}

/** Writes its process id, then goes on until it is killed. It does not look at its stdin, and no signal ends it. */
const SURVIVOR = `
  import { writeFileSync } from 'node:fs';
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => {});
  setInterval(() => {}, 1000);
  writeFileSync(process.argv[2], String(process.pid));`;

async function pidIn(file: string): Promise<number> {
  while (!existsSync(file) || readFileSync(file, 'utf8') === '') await sleep(10);
  const pid = Number(readFileSync(file, 'utf8'));
  onTestFinished(() => void (isAlive(pid) && process.kill(pid, 'SIGKILL')));
  return pid;
}

/** Whether it runs. A process that nobody has waited for yet is listed as a zombie, and is dead. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const status = `/proc/${pid}/status`;
  return !existsSync(status) || !/^State:\s+Z/m.test(readFileSync(status, 'utf8'));
}

describe('the exit code', () => {
  it('is 0 when the client ends and the server ends with it', async () => {
    const wrapped = Wrapped.recorder(place());
    await wrapped.request(1, 'ping');
    const startedAt = performance.now();
    expect(await wrapped.end()).toMatchObject({ exitCode: 0 });
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  it.each([
    ['get_exit', 3, 'code 3'],
    ['get_killed', 137, 'signal SIGKILL'],
  ])('is the server’s own (%s), and every open call is answered before', async (tool, code, how) => {
    const wrapped = Wrapped.recorder(place());
    const open = [1, 'two', 0].map((id) => wrapped.call(id, 'never_answers'));
    wrapped.send({ id: 4, method: 'prompts/list' });
    await wrapped.request('before', 'ping');
    wrapped.send({ id: 5, method: 'tools/call', params: { name: tool } });
    const error = {
      code: -32603,
      message: `The server ended (${how}) before it answered.`,
      data: { exitCode: code },
    };
    expect((await Promise.all(open)).map(({ error: given }) => given)).toEqual([error, error, error]);
    expect(await wrapped.answer(5)).toMatchObject({ error });
    expect((await wrapped.process).exitCode).toBe(code);
    expect(wrapped.rest).toBe('');
    const ids = wrapped.lines.map((line) => (JSON.parse(line) as { id: unknown }).id);
    expect(ids.sort()).toEqual([0, 1, 5, 'before', 'two', 4].sort());
  });

  it.each([
    ['no-such-command-anywhere', 127, "the command 'no-such-command-anywhere' was not found"],
    ['./policy-wrap.yaml', 126, "the command './policy-wrap.yaml' cannot be started: EACCES"],
  ])('of a command that cannot be started is what shells give it: %s', async (command, code, message) => {
    const wrapped = new Wrapped(place(), ['--quiet', '--', command, '--flag']);
    wrapped.send({ id: 1, method: 'initialize', params: {} });
    expect((await wrapped.process).exitCode).toBe(code);
    expect(wrapped.stderr).toMatch(new RegExp(`^policy-wrap: ${message}\n  help: [^\n]+\n$`));
    expect(wrapped.lines.every((line) => line.includes('"error"'))).toBe(true);
  });
});

describe.skipIf(isWindows)('a server that does not end by itself', () => {
  it('is killed when the client has ended, within 4 s', async () => {
    const wrapped = Wrapped.recorder(place(), [], { env: { FIXTURE_STUBBORN: '1' } });
    await wrapped.request(1, 'ping');
    const startedAt = performance.now();
    expect(await wrapped.end()).toMatchObject({ exitCode: 137 });
    const took = performance.now() - startedAt;
    expect(took).toBeGreaterThan(2_500);
    expect(took).toBeLessThan(4_000);
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'is killed soon after %s to the wrapper, with what it has started',
    async (signal) => {
      const where = place();
      const program = where.write('survivor.mjs', SURVIVOR);
      const file = path.join(where.folder, 'pid');
      const command = `"${process.execPath}" "${program}" "${file}" & wait`;
      const wrapped = new Wrapped(where, ['--', 'sh', '-c', command]);
      const pid = await pidIn(file);
      const startedAt = performance.now();
      wrapped.process.kill(signal);
      await wrapped.process;
      expect(performance.now() - startedAt).toBeLessThan(1_000);
      await expect.poll(() => isAlive(pid)).toBe(false);
    },
  );

  it('takes what it has started with it when it crashes', async () => {
    const where = place();
    const program = where.write('survivor.mjs', SURVIVOR);
    const file = path.join(where.folder, 'pid');
    const wrapped = new Wrapped(where, [
      '--',
      'sh',
      '-c',
      `"${process.execPath}" "${program}" "${file}" & read line; exit 9`,
    ]);
    const pid = await pidIn(file);
    const reply = wrapped.request(1, 'ping');
    expect(await reply).toMatchObject({ error: { code: -32603, data: { exitCode: 9 } } });
    expect((await wrapped.process).exitCode).toBe(9);
    await expect.poll(() => isAlive(pid)).toBe(false);
  });
});

describe.skipIf(isWindows)('a signal to the wrapper', () => {
  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('reaches the server: %s', async (signal) => {
    const where = place();
    const wrapped = Wrapped.script(
      where,
      `process.on('${signal}', () => process.exit(42));
      process.stdin.resume();
      console.log('{"jsonrpc":"2.0","method":"ready"}');`,
    );
    await wrapped.until(({ method }) => method === 'ready');
    wrapped.process.kill(signal);
    expect((await wrapped.process).exitCode).toBe(42);
  });

  it('that ends the server gives 128 and its number', async () => {
    const wrapped = Wrapped.recorder(place());
    await wrapped.request(1, 'ping');
    wrapped.process.kill('SIGTERM');
    expect((await wrapped.process).exitCode).toBe(143);
  });
});

it('a client that stops reading ends the server', async () => {
  const where = place();
  const wrapped = Wrapped.recorder(where);
  await wrapped.request(1, 'ping');
  wrapped.process.stdout.destroy();
  for (let id = 2; id < 5; id++) {
    wrapped.send({ id, method: 'ping' });
    await sleep(100);
  }
  expect((await wrapped.process).exitCode).toBe(0);
});

it('the last words of a server reach a client that reads late', async () => {
  const wrapped = Wrapped.script(
    place(),
    `const line = JSON.stringify({ jsonrpc: '2.0', method: 'x', params: { text: 'y'.repeat(1_000) } });
    process.stdout.write((line + '\\n').repeat(500), () => process.exit());`,
    { unread: true },
  );
  await sleep(1_500);
  wrapped.read();
  expect((await wrapped.process).exitCode).toBe(0);
  expect(wrapped.lines).toHaveLength(500);
  expect(wrapped.rest).toBe('');
});

it('environment, working directory and arguments reach the server untouched', async () => {
  const where = place();
  const args = ['--config', 'x', '--', '-q', '', 'a b', "'$HOME'", '*', 'ü', '--preset=strict'];
  const wrapped = new Wrapped(
    where,
    ['-q', '--', process.execPath, fixture('recorder.mjs'), where.record, ...args],
    { env: { FIXTURE_SECRET: 'kept = ü' } },
  );
  const { result } = await wrapped.call<{ result: { content: [{ text: string }] } }>(1, 'get_environment');
  expect(JSON.parse(result.content[0].text)).toEqual({ env: 'kept = ü', cwd: where.work, argv: args });
  expect((await wrapped.end()).stderr).toBe('');
});
