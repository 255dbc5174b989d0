import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { onWindows } from '../skip.js';
import { fixture, Place } from './place.js';
import { Wrapped } from './program.js';

function place(): Place {
  const made = new Place();
  made.policy('version: 1\ndefault: allow\n');
  return made;
}

describe('the exit code', () => {
  it('is 0 when the client ends and the server ends with it', async () => {
    const wrapped = Wrapped.recorder(place());
    await wrapped.request(1, 'ping');
    const startedAt = performance.now();
    expect(await wrapped.end()).toMatchObject({ exitCode: 0 });
    expect(performance.now() - startedAt).toBeLessThan(15_000);
  });
});

describe.skipIf(onWindows('there are no signals'))('a signal to the wrapper', () => {
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
});

it('answers that come after the client has ended still arrive', async () => {
  const wrapped = Wrapped.script(
    place(),
    `let text = '';
    process.stdin.on('data', (chunk) => { text += chunk; });
    process.stdin.on('end', () => setTimeout(() => {
      for (const line of text.trim().split('\\n'))
        console.log('{"jsonrpc":"2.0","id":' + JSON.parse(line).id + ',"result":{}}');
    }, 300));`,
  );
  for (let id = 0; id < 100; id++) wrapped.send({ id, method: 'tools/call', params: { name: 'read_note' } });
  expect(await wrapped.end()).toMatchObject({ exitCode: 0 });
  expect(wrapped.lines).toHaveLength(100);
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
