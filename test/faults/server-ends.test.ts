import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { onWindows } from '../skip.js';
import { aftermath, type Watched, watch, watchRecorder, watchScript } from './aftermath.js';
import { heldCall } from './states.js';

const POLICY = 'version: 1\ndefault: allow\ntools: { "ask_*": require_approval }\n';
const STUBBORN = { env: { FIXTURE_STUBBORN: '1' } };

const unanswered = (how: string, exitCode: number) => ({
  error: {
    code: -32603,
    message: `The server ended (${how}) before it answered.`,
    data: { exitCode },
  },
});

describe('a server that ends with calls open', () => {
  it.each([
    ['exits', 'get_exit', 3, 'code 3'],
    ['is killed', 'get_killed', 137, 'signal SIGKILL'],
  ])('because it %s: each is answered, those that wait for a person too', async (...row) => {
    const [, tool, exitCode, how] = row;
    const watched = watchRecorder(POLICY);
    await heldCall(watched, 'held');
    for (const id of [1, 'two', 0])
      watched.send({ id, method: 'tools/call', params: { name: 'never_answers' } });
    watched.send({ id: 'last', method: 'tools/call', params: { name: tool } });
    for (const id of [1, 'two', 0, 'last'])
      expect(await watched.answer(id)).toMatchObject(unanswered(how, exitCode));
    const message = `Not run: the server ended before this call was decided (${how})`;
    expect(await watched.answer('held')).toMatchObject({ error: { code: -32603, message } });
    await aftermath(watched, { exitCode });
  });

  it('by a signal from outside: each is answered', async () => {
    const watched = watchScript(
      POLICY,
      `console.log(JSON.stringify({ jsonrpc: '2.0', method: 'pid', params: { pid: process.pid } }));
      setInterval(() => {}, 1_000);`,
    );
    const { params } = await watched.until<{ params: { pid: number } }>(({ method }) => method === 'pid');
    const open = watched.call(1, 'read_note');
    await sleep(100);
    process.kill(params.pid, 'SIGKILL');
    expect(await open).toMatchObject(unanswered('signal SIGKILL', 137));
    await aftermath(watched, { exitCode: 137 });
  });

  it('in the middle of an answer: half of it never reaches the client', async () => {
    const watched = watchScript(
      POLICY,
      `process.stdin.once('data', () =>
        process.stdout.write('{"jsonrpc":"2.0","id":1,"result":{"content":[', () => process.exit(5)));`,
    );
    expect(await watched.call(1, 'read_note')).toMatchObject(unanswered('code 5', 5));
    await aftermath(watched, { exitCode: 5 });
    expect(watched.stderr).toContain('or cut off: {"jsonrpc":"2.0","id":1,"result"');
  });
});

describe('a server that can no longer answer', () => {
  it.each([
    ['closes its stdout', 'closeSync(1)'],
    ['closes its stdin', 'closeSync(0)'],
  ])('because it %s and lives is ended, and what is open is answered', async (_case, close) => {
    const watched = watchScript(
      POLICY,
      `import { closeSync } from 'node:fs';
      console.log('{"jsonrpc":"2.0","method":"ready"}');
      ${close};
      setInterval(() => {}, 1_000);`,
    );
    await watched.until(({ method }) => method === 'ready');
    watched.send({ id: 1, method: 'ping' });
    await sleep(100);
    watched.send({ id: 2, method: 'tools/call', params: { name: 'read_note' } });
    for (const id of [1, 2]) expect(await watched.answer(id)).toMatchObject({ error: { code: -32603 } });
    await aftermath(watched, { exitCode: 143 });
  });
});

describe.skipIf(onWindows('there are no signals'))('a server that does not end by itself', () => {
  it('is killed 20 s after the client has ended, when no client would wait any more', async () => {
    const watched = watchRecorder(POLICY, STUBBORN);
    await watched.request(1, 'ping');
    const startedAt = performance.now();
    watched.process.stdin.end();
    await watched.process;
    const took = performance.now() - startedAt;
    expect(took).toBeGreaterThan(19_000);
    expect(took).toBeLessThan(60_000);
    await aftermath(watched, { exitCode: 137 });
  });

  it('takes what it has started with it when it crashes', async () => {
    const watched = watch(POLICY, ['sh', '-c', `${survivor()} & read line; exit 9`]);
    await survivorRuns(watched);
    expect(await watched.request(1, 'ping')).toMatchObject(unanswered('code 9', 9));
    await aftermath(watched, { exitCode: 9 });
  });
});

/** Writes its process id to a file, then goes on until it is killed. It does not look at its stdin, and no signal ends it. */
function survivor(): string {
  const program = `
    for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, () => {});
    setInterval(() => {}, 1000);
    require("node:fs").writeFileSync("survivor", String(process.pid));`;
  return `"${process.execPath}" -e '${program}'`;
}

async function survivorRuns({ place }: Watched): Promise<void> {
  const file = path.join(place.work, 'survivor');
  while (!existsSync(file) || readFileSync(file, 'utf8') === '') await sleep(10);
}
