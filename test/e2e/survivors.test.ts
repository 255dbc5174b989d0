import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Place } from './place.js';
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

/** Preloaded into the wrapper: it is ended as soon as the system has made the process of the server. */
const SIGNALLED = `
  const child_process = require('node:child_process');
  const { spawn } = child_process;
  child_process.spawn = (...args) => {
    const child = spawn(...args);
    require('node:fs').writeFileSync(process.env.FIXTURE_PID, String(child.pid));
    process.kill(process.pid, 'SIGTERM');
    return child;
  };`;

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

  it('is killed also by a signal that comes in the moment in which it is started', async () => {
    const where = place();
    const file = path.join(where.folder, 'pid');
    const signalled = where.write('signalled.cjs', SIGNALLED);
    const env = { NODE_OPTIONS: `--require=${signalled}`, FIXTURE_PID: file };
    const server = where.write('survivor.mjs', SURVIVOR);
    new Wrapped(where, ['--', process.execPath, server, `${file} of itself`], { env });
    const pid = await pidIn(file);
    await expect.poll(() => isAlive(pid)).toBe(false);
  });

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

describe('a server that can no longer answer', () => {
  it.each([
    ['closes its stdout', 'closeSync(1)'],
    ['closes its stdin', 'closeSync(0)'],
  ])('because it %s is ended, and what is open is answered', async (_case, close) => {
    const wrapped = Wrapped.script(
      place(),
      `import { closeSync } from 'node:fs';
      console.log('{"jsonrpc":"2.0","method":"ready"}');
      ${close};
      setInterval(() => {}, 1_000);`,
    );
    await wrapped.until(({ method }) => method === 'ready');
    wrapped.send({ id: 1, method: 'ping' });
    await sleep(100);
    wrapped.send({ id: 2, method: 'tools/call', params: { name: 'read_note' } });
    expect(await wrapped.answer(1)).toMatchObject({ error: { code: -32603 } });
    expect(await wrapped.answer(2)).toMatchObject({ error: { code: -32603 } });
    expect((await wrapped.process).exitCode).toBe(143);
  });
});
