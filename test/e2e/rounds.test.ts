import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { connectV2 } from './clients.js';
import { fixture, Place, PROGRAM } from './place.js';
import { Wrapped } from './program.js';

interface Answer {
  result?: { resultType?: string; isError?: boolean; content?: { text: string }[]; requestState?: string };
}

const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': { elicitation: {} },
};
const SURE = { sure: { action: 'accept', content: {} } };
const ONCE = `version: 1
default: { action: allow, rate_limit: { max: 1, window: 600 } }
`;

function start(policy = ONCE): { place: Place; wrapped: Wrapped } {
  const place = new Place();
  place.policy(policy);
  const wrapped = new Wrapped(place, ['--', process.execPath, fixture('rounds.mjs'), place.record]);
  return { place, wrapped };
}

let lastId = 0;

/** Calls a tool as a client of 2026-07-28 does. */
function call(wrapped: Wrapped, args: object, more: object = {}, name = 'write_note'): Promise<Answer> {
  lastId++;
  return wrapped.request(lastId, 'tools/call', { name, arguments: args, ...more, _meta: META });
}

async function outcome(answer: Promise<Answer>): Promise<string> {
  const { result } = await answer;
  return result?.isError ? 'limited' : (result?.resultType ?? 'none');
}

describe('a call that the server answers with questions', () => {
  it.each([
    ['with state', { state: 'state 1' }],
    ['with empty state', { state: '' }],
    ['without state', {}],
  ])('is counted once over its rounds, %s', async (_case, args: { state?: string }) => {
    const { place, wrapped } = start();
    expect(await outcome(call(wrapped, args))).toBe('input_required');
    const requestState = args.state === undefined ? {} : { requestState: args.state };
    expect(await outcome(call(wrapped, args, { inputResponses: SURE, ...requestState }))).toBe('complete');
    expect(await outcome(call(wrapped, args))).toBe('limited');
    await wrapped.end();
    expect(place.audit().map(({ outcome, round }) => [outcome, round])).toEqual([
      ['input_required', undefined],
      ['completed', 1],
      ['refused', undefined],
    ]);
  });

  it.each<[string, object, object, object]>([
    ['with state that was never given', {}, {}, { requestState: 'forged', inputResponses: SURE }],
    ['with another state', { state: 'a' }, { state: 'a' }, { requestState: 'b', inputResponses: SURE }],
    ['without the state', { state: 'a' }, { state: 'a' }, { inputResponses: SURE }],
    ['with other arguments', {}, { extra: 1 }, { inputResponses: SURE }],
    ['with the same arguments in another order', { a: 1, b: 2 }, { b: 2, a: 1 }, { inputResponses: SURE }],
    ['with answers to what was not asked', {}, {}, { inputResponses: { other: {} } }],
    ['with no answers and no state', {}, {}, { inputResponses: {} }],
  ])('is counted again when it is repeated %s', async (_case, first, second, more) => {
    const { place, wrapped } = start();
    expect(await outcome(call(wrapped, first))).toBe('input_required');
    expect(await outcome(call(wrapped, second, more))).toBe('limited');
    await wrapped.end();
    expect(place.audit()[1]).toMatchObject({ outcome: 'refused', round: 'unlinked' });
  });

  it('is counted again when it is repeated with another _meta', async () => {
    const { wrapped } = start();
    expect(await outcome(call(wrapped, {}))).toBe('input_required');
    const params = {
      name: 'write_note',
      arguments: {},
      inputResponses: SURE,
      _meta: { ...META, tenant: 'x' },
    };
    expect(await outcome(wrapped.request('again', 'tools/call', params))).toBe('limited');
  });

  it('is carried on under another progress token', async () => {
    const { wrapped } = start();
    expect(await outcome(call(wrapped, {}))).toBe('input_required');
    const params = {
      ...{ name: 'write_note', arguments: {}, inputResponses: SURE },
      _meta: { ...META, progressToken: 9 },
    };
    expect(await outcome(wrapped.request('again', 'tools/call', params))).toBe('complete');
  });

  it('is counted again when another tool is called with its state', async () => {
    const { wrapped } = start('version: 1\ndefault: allow\nrate_limit: { max: 1, window: 600 }\n');
    expect(await outcome(call(wrapped, { state: 's' }))).toBe('input_required');
    const more = { requestState: 's', inputResponses: SURE };
    expect(await outcome(call(wrapped, { state: 's' }, more, 'other_note'))).toBe('limited');
  });

  it('is carried on once for each answer of the server', async () => {
    const { wrapped } = start();
    const more = { requestState: 's', inputResponses: SURE };
    expect(await outcome(call(wrapped, { state: 's' }))).toBe('input_required');
    expect(await outcome(call(wrapped, { state: 's' }, more))).toBe('complete');
    expect(await outcome(call(wrapped, { state: 's' }, more))).toBe('limited');
  });

  it('may have ten rounds, and counts anew after that', async () => {
    const { wrapped } = start();
    const args = { state: 's', always: true };
    const more = { requestState: 's', inputResponses: SURE };
    expect(await outcome(call(wrapped, args))).toBe('input_required');
    for (let round = 1; round <= 10; round++)
      expect(await outcome(call(wrapped, args, more)), `round ${round}`).toBe('input_required');
    expect(await outcome(call(wrapped, args, more))).toBe('limited');
  });

  it('is judged again: a policy that has changed meanwhile refuses the retry', async () => {
    const { place, wrapped } = start();
    expect(await outcome(call(wrapped, {}))).toBe('input_required');
    place.policy('version: 1\ndefault: { action: deny, reason: Not any more. }\n');
    await sleep(50);
    const { result } = await call(wrapped, {}, { inputResponses: SURE });
    expect(result).toMatchObject({ isError: true, resultType: 'complete' });
    expect(result?.content?.[0]?.text).toContain('Not any more.');
    expect(place.recorded()?.trimEnd().split('\n')).toHaveLength(1);
  });

  it('takes a place among the running calls in each round', async () => {
    const { wrapped } = start('version: 1\ndefault: { action: allow, concurrency: 1 }\n');
    expect(await outcome(call(wrapped, {}))).toBe('input_required');
    expect(await outcome(call(wrapped, {}, { inputResponses: SURE }))).toBe('complete');
    expect(await outcome(call(wrapped, {}))).toBe('input_required');
  });

  it('reaches the server as it was written in each round', async () => {
    const { place, wrapped } = start();
    await call(wrapped, { n: 1 });
    await call(wrapped, { n: 1 }, { inputResponses: SURE });
    const lines = place.recorded()?.trimEnd().split('\n') ?? [];
    expect(lines).toHaveLength(2);
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({ params: { inputResponses: SURE, _meta: META } });
  });
});

it('the client of the SDK goes through two rounds under a limit of one call', async () => {
  const place = new Place();
  const policy = place.write('one.yaml', ONCE);
  const args = [PROGRAM, '--config', policy, '--', process.execPath, fixture('modern.mjs')];
  const client = await connectV2('v2 pinned', { args, cwd: place.work, env: place.env });
  const params = { name: 'delete_note', arguments: { id: 'a' } };
  expect(await client.callTool(params)).toMatchObject({ content: [{ text: 'a: true state of a' }] });
  expect(await client.callTool(params)).toMatchObject({ isError: true });
});

it('a task that the server makes of a call is written down, and so is what is sent to it', async () => {
  const { place, wrapped } = start();
  expect(await outcome(call(wrapped, {}, {}, 'make_task'))).toBe('task');
  const inputResponses = { sure: { action: 'accept', content: { pet: 'Rex' } } };
  await wrapped.request('update', 'tasks/update', { taskId: 'task-1', inputResponses, _meta: META });
  await wrapped.end();
  expect(JSON.stringify(place.audit())).not.toContain('Rex');
  expect(place.audit()).toMatchObject([
    { outcome: 'task', taskId: 'task-1', tool: 'make_task' },
    { outcome: 'completed', kind: 'method', tool: 'tasks/update' },
  ]);
});

describe('rounds of other requests', () => {
  /** A server that asks before it reads a resource, and never before it subscribes. */
  function reading(): { place: Place; wrapped: Wrapped } {
    const place = new Place();
    place.policy(
      'version: 1\ndefault: allow\nresources: { "x:*": { rate_limit: { max: 1, window: 600 } } }\n',
    );
    const wrapped = Wrapped.script(
      place,
      `import { createInterface } from 'node:readline';
      createInterface({ input: process.stdin }).on('line', (line) => {
        const { id, params } = JSON.parse(line);
        const inputRequests = { sure: { method: 'elicitation/create', params: {} } };
        const result = params.inputResponses
          ? { resultType: 'complete', contents: [] }
          : { resultType: 'input_required', requestState: 's', inputRequests };
        console.log(JSON.stringify({ jsonrpc: '2.0', id, result }));
      });`,
    );
    return { place, wrapped };
  }
  const retry = { uri: 'x:1', _meta: { ...META, progressToken: 7 }, inputResponses: SURE, requestState: 's' };

  it('are one reading of a resource', async () => {
    const { wrapped } = reading();
    const first = await wrapped.request(1, 'resources/read', { uri: 'x:1', _meta: META });
    expect(first).toHaveProperty('result.resultType', 'input_required');
    expect(await wrapped.request(2, 'resources/read', retry)).toHaveProperty('result.resultType', 'complete');
    expect(await wrapped.request(3, 'resources/read', retry)).toHaveProperty('error');
  });

  it('do not go on as another request for the same', async () => {
    const { wrapped } = reading();
    await wrapped.request(1, 'resources/read', { uri: 'x:1', _meta: META });
    expect(await wrapped.request(2, 'resources/subscribe', retry)).toHaveProperty('error');
  });
});
