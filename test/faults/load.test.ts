import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { aftermath, type Watched, watchRecorder, watchScript } from './aftermath.js';
import { heldCall } from './states.js';

const ALLOW = 'version: 1\ndefault: allow\n';
const DENY = 'version: 1\ndefault: { action: deny, reason: Not now. }\n';

async function endOf(watched: Watched): Promise<void> {
  watched.process.stdin.end();
  await aftermath(watched, { exitCode: 0 });
}

it('a thousand calls in flight at once are each answered once, in whatever order', async () => {
  const watched = watchScript(
    ALLOW,
    `import { createInterface } from 'node:readline';
    const open = [];
    createInterface({ input: process.stdin }).on('line', (line) => {
      open.push(JSON.parse(line).id);
      if (open.length < 1_000) return;
      // Each eleventh, again and again: neither the order in which they came nor its reverse.
      const order = open.map((_, index) => open[(index * 11 + 7) % open.length]);
      for (const id of order) console.log(JSON.stringify({ jsonrpc: '2.0', id, result: { id } }));
    });`,
  );
  for (let id = 0; id < 1_000; id++)
    watched.send({ id: id % 2 ? id : String(id), method: 'tools/call', params: { name: 'read_note' } });
  await Promise.all([...watched.asked].map((id) => watched.answer(id)));
  const answers = watched.lines.map((line) => JSON.parse(line) as { id: unknown; result: { id: unknown } });
  for (const { id, result } of answers) expect(result.id).toBe(id);
  await endOf(watched);
});

it('a thousand calls in flight of a server that dies are each answered once', async () => {
  const watched = watchRecorder(ALLOW);
  for (let id = 0; id < 1_000; id++)
    watched.send({ id, method: 'tools/call', params: { name: 'never_answers' } });
  watched.send({ id: 'last', method: 'tools/call', params: { name: 'get_killed' } });
  await aftermath(watched, { exitCode: 137 });
});

describe('a policy that changes in the middle of a call', () => {
  /** Files are not looked at twice within 10 ms. */
  const swap = async ({ place }: Watched, policy: string): Promise<void> => {
    place.policy(policy);
    await sleep(20);
  };

  it('refuses it when it waits for a person and is denied now, whatever the person says', async () => {
    const watched = watchRecorder(`${ALLOW}tools: { ask_this: require_approval }\n`);
    const question = await heldCall(watched, 'held');
    await swap(watched, DENY);
    await watched.told('the changed policy is in force');
    watched.send({ id: question, result: { action: 'accept', content: { decision: 'allow_once' } } });
    expect(JSON.stringify(await watched.answer('held'))).toContain('Not now.');
    await endOf(watched);
    expect(watched.place.recorded()).not.toContain('ask_this');
  });

  it('lets the server answer it when it was let through, and refuses the next', async () => {
    const watched = watchRecorder(ALLOW);
    const flying = watched.call('flying', 'get_slow');
    await watched.request('sent', 'ping');
    await swap(watched, DENY);
    expect(JSON.stringify(await watched.call('next', 'get_slow'))).toContain('Not now.');
    expect(await flying).toMatchObject({ result: { content: [{ text: 'late' }] } });
    await endOf(watched);
  });

  it('judges calls that came in one chunk by one policy or the other, each answered once', async () => {
    const watched = watchRecorder(ALLOW);
    await watched.request('before', 'ping');
    const call = (id: number) =>
      `{"jsonrpc":"2.0","id":${id},"method":"tools/call","params":{"name":"read_note"}}`;
    for (let round = 0; round < 20; round++) {
      watched.place.policy(round % 2 ? ALLOW : DENY);
      watched.sendLine(Array.from({ length: 50 }, (_, index) => call(round * 50 + index)).join('\n'));
      await sleep(8);
    }
    await watched.answer(999);
    await endOf(watched);
  });
});
