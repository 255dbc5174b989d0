import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { fixture } from '../e2e/place.js';
import { aftermath, type Watched, watch } from './aftermath.js';
import { heldCall } from './states.js';

const POLICY = `version: 1
default: allow
tools:
  "ask_*": require_approval
  never_in_time: { timeout: 0.2 }
`;
const UNASKED = 'the server answered a request that it was not sent';

function puppet(): Watched {
  return watch(POLICY, [process.execPath, fixture('puppet.mjs')]);
}

const answer = (id: unknown, text: string) => JSON.stringify({ jsonrpc: '2.0', id, result: { text } });

/** Has the server write lines, which may answer this call itself. */
function say(watched: Watched, id: string | number, lines: readonly string[], after = 0): void {
  watched.send({ id, method: 'tools/call', params: { name: 'say', arguments: { lines, after } } });
}

/** What the server was sent so far. */
async function heard(watched: Watched): Promise<string[]> {
  const { result } = await watched.request<{ result: { heard: string[] } }>('heard', 'ping');
  return result.heard;
}

async function endOf(watched: Watched, exceptions: { crossed?: number[] } = {}): Promise<void> {
  watched.process.stdin.end();
  await aftermath(watched, { exitCode: 0, ...exceptions });
}

describe('a server that never answers', () => {
  it('is answered for after the time-out of the policy, and told to stop', async () => {
    const watched = puppet();
    const reply = await watched.call(1, 'never_in_time');
    expect(JSON.stringify(reply)).toContain(
      'Timed out: never_in_time was not answered by the server within 0.2 s',
    );
    const cancelled = (await heard(watched)).filter((line) => line.includes('notifications/cancelled'));
    expect(cancelled).toEqual([expect.stringContaining('"params":{"requestId":1,')]);
    await endOf(watched);
  });

  it('leaves nothing open when it ends', async () => {
    const watched = puppet();
    for (let id = 0; id < 50; id++)
      watched.send({ id, method: 'tools/call', params: { name: 'never_at_all' } });
    await heard(watched);
    await endOf(watched);
    expect(watched.lines.filter((line) => line.includes('before it answered'))).toHaveLength(50);
  });
});

describe('an answer that nobody waits for is dropped', () => {
  it.each<[string, string[], string]>([
    ['the second one', [answer(1, 'first'), answer(1, 'second')], UNASKED],
    ['before its request', [answer(2, 'early'), answer(1, 'first')], UNASKED],
    ['of an id that nobody used', [answer('nobody', 'x'), answer(1, 'first')], UNASKED],
    ['without an id', ['{"jsonrpc":"2.0","result":{}}', answer(1, 'first')], UNASKED],
    ['with null for an id', [answer(null, 'x'), answer(1, 'first')], UNASKED],
    ['of an id that is a list', [answer([1], 'x'), answer(1, 'first')], UNASKED],
    ['to a question of ours', [answer('pw:0:0', 'x'), answer(1, 'first')], UNASKED],
  ])('%s', async (_case, lines, told) => {
    const watched = puppet();
    say(watched, 1, lines);
    expect(await watched.answer(1)).toEqual(JSON.parse(answer(1, 'first')));
    expect(await watched.call(2, 'read_note')).toHaveProperty('result.heard');
    await watched.told(told);
    await endOf(watched);
  });

  it('with the id of a call that waits for a person, who is then still asked', async () => {
    const watched = puppet();
    const question = await heldCall(watched, 'held');
    say(watched, 1, [answer('held', 'not so fast'), answer(question, 'yes'), answer(1, 'said')]);
    await watched.answer(1);
    await watched.told(`${UNASKED} (id "held")`);
    expect((await heard(watched)).join('\n')).not.toContain('ask_this');
    watched.send({ id: question, result: { action: 'accept', content: { decision: 'allow_once' } } });
    expect(await watched.answer('held')).toHaveProperty('result.heard');
    await endOf(watched);
  });

  it('after the time-out', async () => {
    const watched = puppet();
    await watched.call(1, 'never_in_time');
    say(watched, 2, [answer(1, 'late'), answer(2, 'said')]);
    await watched.answer(2);
    await endOf(watched);
    expect(watched.stderr).not.toContain(UNASKED);
  });

  it('twice after the time-out', async () => {
    const watched = puppet();
    await watched.call(1, 'never_in_time');
    say(watched, 2, [answer(1, 'late'), answer(1, 'later'), answer(2, 'said')]);
    await watched.answer(2);
    await endOf(watched);
    expect(watched.stderr).toContain(UNASKED);
  });
});

describe('a call that the client has cancelled', () => {
  const cancel = (watched: Watched, requestId: number) =>
    watched.send({ method: 'notifications/cancelled', params: { requestId } });

  it('has the answer that crossed with the cancellation, once', async () => {
    const watched = puppet();
    say(watched, 1, [answer(1, 'crossed'), answer(1, 'again')], 100);
    cancel(watched, 1);
    await sleep(200);
    await heard(watched);
    await endOf(watched, { crossed: [1] });
  });

  it('has none when the server sends none', async () => {
    const watched = puppet();
    watched.send({ id: 1, method: 'tools/call', params: { name: 'never_at_all' } });
    cancel(watched, 1);
    expect((await heard(watched)).join('\n')).toContain('notifications/cancelled');
    await endOf(watched);
  });
});
