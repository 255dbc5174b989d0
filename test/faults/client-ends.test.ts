import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { aftermath, nothingIsLeft, type Watched, watchRecorder } from './aftermath.js';
import { NO_PROC } from './processes.js';
import { heldCall } from './states.js';

const POLICY = 'version: 1\ndefault: allow\ntools: { "ask_*": require_approval, delete_note: deny }\n';
const CLIENT = path.resolve(import.meta.dirname, '../fixtures/client.mjs');

/** What the client is doing when it goes. */
const STATES: [string, (watched: Watched) => Promise<unknown>][] = [
  ['nothing is asked', (watched) => watched.request('before', 'ping')],
  [
    'a call is in flight',
    async (watched) => {
      watched.send({ id: 'flying', method: 'tools/call', params: { name: 'never_answers' } });
      await watched.request('before', 'ping');
    },
  ],
  ['a call waits for a person', (watched) => heldCall(watched, 'held')],
];

describe.each(STATES)('a client that goes while %s', (_state, begin) => {
  it('by closing what we read, and listens on', async () => {
    const watched = watchRecorder(POLICY);
    await begin(watched);
    watched.process.stdin.end();
    await aftermath(watched, { exitCode: 0 });
    expect(watched.place.recorded()).not.toContain('ask_this');
  });

  it('by no longer listening', async () => {
    const watched = watchRecorder(POLICY);
    await begin(watched);
    watched.process.stdout.destroy();
    // A closed pipe is noticed when it is written to.
    watched.send({ method: 'notifications/cancelled', params: { requestId: 'nobody' } });
    watched.send({ id: 'after', method: 'ping' });
    await aftermath(watched, { exitCode: 0, unheard: ['after', 'flying', 'held'] });
  });

  it.skipIf(NO_PROC)('by being killed', async () => {
    const watched = watchRecorder(POLICY, { through: CLIENT });
    await begin(watched);
    await killed(watched);
    expect(watched.place.recorded()).not.toContain('ask_this');
  });
});

it.skipIf(NO_PROC)('a client that is killed takes a server with it that ends for nobody', async () => {
  const watched = watchRecorder(POLICY, { through: CLIENT, env: { FIXTURE_STUBBORN: '1' } });
  await heldCall(watched, 'held');
  await killed(watched);
});

async function killed(watched: Watched): Promise<void> {
  watched.process.kill('SIGKILL');
  await watched.process;
  await nothingIsLeft(watched);
}

describe('half a line', () => {
  it.each([
    ['of a call', '{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"na'],
    ['that ends within a character', Buffer.from('{"jsonrpc":"2.0","id":2,"method":"ü').subarray(0, -1)],
  ])('%s and then the end', async (_case, half) => {
    const watched = watchRecorder(POLICY);
    await watched.request(1, 'ping');
    watched.process.stdin.end(half);
    await watched.process;
    await aftermath(watched, { exitCode: 0 });
    expect(JSON.parse(watched.lines[1] ?? '')).toMatchObject({ error: { code: -32700 } });
    expect(watched.place.recorded()).toBe('{"jsonrpc":"2.0","id":1,"method":"ping"}\n');
  });

  it.skipIf(NO_PROC)('and then SIGKILL', async () => {
    const watched = watchRecorder(POLICY, { through: CLIENT });
    await watched.request(1, 'ping');
    watched.process.stdin.write('{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"na');
    await sleep(50);
    await killed(watched);
    expect(watched.place.recorded()).toBe('{"jsonrpc":"2.0","id":1,"method":"ping"}\n');
  });
});

it.each([
  ['and refused', 'delete_note', false],
  ['and passed', 'read_note', true],
])('a last line that only lacks its end is judged like any other, %s', async (_case, name, passes) => {
  const watched = watchRecorder(POLICY);
  const call = `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"${name}"}}`;
  watched.asked.add(1);
  watched.process.stdin.end(call);
  await aftermath(watched, { exitCode: 0 });
  expect(watched.place.recorded()).toBe(passes ? call : undefined);
});

describe('a client that never reads', () => {
  it('and ends is left behind after a while, and nothing stays', async () => {
    const watched = watchRecorder(POLICY, { raw: true });
    const text = 'x'.repeat(100_000);
    for (let id = 0; id < 100; id++)
      watched.send({ id, method: 'tools/call', params: { name: 'read_note', arguments: { text } } });
    watched.process.stdin.end();
    const ended = await watched.process;
    expect(ended.exitCode).toBe(0);
    await nothingIsLeft(watched);
  });

  it.skipIf(NO_PROC)('and is killed leaves nothing behind', async () => {
    const watched = watchRecorder(POLICY, { through: CLIENT, raw: true });
    const text = 'x'.repeat(100_000);
    for (let id = 0; id < 100; id++)
      watched.send({ id, method: 'tools/call', params: { name: 'read_note', arguments: { text } } });
    await sleep(500);
    await killed(watched);
  });
});
