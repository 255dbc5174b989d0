import { describe, expect, it } from 'vitest';
import { Place } from './place.js';
import { Wrapped } from './program.js';

const INITIALIZE = {
  protocolVersion: '2025-11-25',
  capabilities: {},
  clientInfo: { name: 'c', version: '1' },
};

/** Answers each call after a time, and goes on when its input has ended, as the servers of many SDKs do. */
const slow = (milliseconds: number, more = '') => `import { createInterface } from 'node:readline';
const say = (id, result) => console.log(JSON.stringify({ jsonrpc: '2.0', id, result }));
createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method } = JSON.parse(line);
  if (method === 'tools/call') setTimeout(() => say(id, { content: [] }), ${milliseconds});
  else if (id !== undefined) say(id, {});
});
${more}`;

/** All that the client has to say, and then the end of its input. */
async function piped(server: string, ids: readonly (string | number)[] = [1]) {
  const place = new Place();
  place.policy('version: 1\ndefault: allow\ntools: { ask: require_approval, no: deny }\n');
  const wrapped = Wrapped.script(place, server);
  wrapped.send({ id: 'start', method: 'initialize', params: INITIALIZE });
  wrapped.send({ method: 'notifications/initialized' });
  for (const id of ids) wrapped.send({ id, method: 'tools/call', params: { name: 'read_note' } });
  wrapped.process.stdin.end();
  const startedAt = performance.now();
  const { exitCode } = await wrapped.process;
  const answers = wrapped.lines.map(
    (line) => JSON.parse(line) as { id: unknown; error?: { message: string } },
  );
  return { exitCode, answers, took: performance.now() - startedAt };
}

describe('the input that ends while calls are under way', () => {
  it.each([2_500, 8_000])('leaves them the time to be answered: %i ms', async (milliseconds) => {
    const { exitCode, answers } = await piped(slow(milliseconds), [1, 2]);
    expect(exitCode).toBe(0);
    expect(answers.map(({ id }) => id)).toEqual(['start', 1, 2]);
    expect(answers.every((answer) => 'result' in answer)).toBe(true);
  });

  it('leaves a server that has answered the time to clean up', async () => {
    const { exitCode, took } = await piped(
      slow(500, "process.stdin.on('end', () => setTimeout(() => process.exit(7), 3_500));"),
    );
    expect(exitCode).toBe(7);
    expect(took).toBeGreaterThan(3_400);
  });

  it('is not waited for when nobody reads the answers', async () => {
    const place = new Place();
    place.policy('version: 1\ndefault: allow\n');
    const server = slow(600_000, 'setInterval(() => {}, 1_000);');
    const wrapped = Wrapped.script(place, server);
    await wrapped.request('start', 'initialize', INITIALIZE);
    wrapped.send({ id: 1, method: 'tools/call', params: { name: 'read_note' } });
    wrapped.process.stdin.end();
    wrapped.process.stdout.destroy();
    const startedAt = performance.now();
    // 143: SIGTERM, ten seconds after nobody was there any more.
    expect((await wrapped.process).exitCode).toBe(143);
    expect(performance.now() - startedAt).toBeLessThan(60_000);
  });

  it('is not waited for without bound, and the answer says whose doing that was', {
    timeout: 120_000,
  }, async () => {
    const { exitCode, answers, took } = await piped(slow(600_000, 'setInterval(() => {}, 1_000);'));
    expect(exitCode).toBe(143);
    expect(took).toBeGreaterThan(59_000);
    expect(took).toBeLessThan(110_000);
    expect(answers.at(-1)).toMatchObject({
      id: 1,
      error: {
        code: -32603,
        message:
          'policy-wrap ended the server (signal SIGTERM), because its input had ended, before it answered.',
      },
    });
  });
});
