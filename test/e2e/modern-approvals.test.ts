import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fixture, Place, PROGRAM } from './place.js';
import { Wrapped } from './program.js';

/** Longer than it takes to decline without a person. Milliseconds. */
const PERSON = 400;
const OWN = 'policy-wrap:approval';
const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': { elicitation: {} },
};
const YES = { action: 'accept', content: { decision: 'allow_once' } };
const SURE = { sure: { action: 'accept', content: {} } };

interface Result {
  resultType?: string;
  isError?: boolean;
  requestState?: string;
  inputRequests?: Record<string, { params: { message: string } }>;
  content?: { text: string }[];
}

const ASKING = (approvals = '') =>
  `version: 1\ndefault: require_approval\napprovals: { via: [elicitation] ${approvals} }\n`;

/** A session with a server that asks before it does anything, under a policy that asks before that. */
function start(policy = ASKING(), command: readonly string[] = []) {
  const place = new Place();
  place.policy(policy);
  const wrapped = new Wrapped(place, [
    '--',
    ...command,
    process.execPath,
    fixture('rounds.mjs'),
    place.record,
  ]);
  let lastId = 0;
  const call = async (args: object, more: object = {}, name = 'write_note'): Promise<Result> => {
    const params = { name, arguments: args, ...more, _meta: META };
    return (await wrapped.request<{ result: Result }>(++lastId, 'tools/call', params)).result;
  };
  const sent = () =>
    (place.recorded() ?? '')
      .split('\n')
      .filter(Boolean)
      .map((line) => (JSON.parse(line) as { params: Record<string, unknown> }).params);
  return { place, wrapped, call, sent };
}

/** Whether the result is our question, and no other. */
function asksUs({ resultType, inputRequests, requestState }: Result): boolean {
  const keys = Object.keys(inputRequests ?? {});
  return resultType === 'input_required' && keys.join() === OWN && requestState?.startsWith('pw1.') === true;
}

const approved = (asked: Result, more: object = {}) => ({
  inputResponses: { [OWN]: YES, ...more },
  requestState: asked.requestState,
});

describe('a call that is answered with the question', () => {
  it('goes once it comes with a yes, and nothing of ours goes along', async () => {
    const { wrapped, call, sent, place } = start();
    const asked = await call({ n: 1.5 });
    expect(asksUs(asked)).toBe(true);
    expect(sent()).toEqual([]);
    expect((await call({ n: 1.5 }, approved(asked))).inputRequests).toHaveProperty('sure');
    expect(sent()).toEqual([{ name: 'write_note', arguments: { n: 1.5 }, _meta: META }]);
    await wrapped.end();
    expect(place.audit().map(({ outcome, approval }) => [outcome, approval])).toMatchObject([
      ['input_required', { how: 'asked' }],
      ['input_required', { how: 'approved', via: 'elicitation', approved: true }],
    ]);
  });

  it('is not asked about again in the rounds of the server', async () => {
    const { call, sent } = start();
    const asked = await call({ state: 's' });
    const theirs = await call({ state: 's' }, approved(asked));
    expect(theirs).toMatchObject({ requestState: 's', inputRequests: { sure: {} } });
    const done = await call({ state: 's' }, { requestState: 's', inputResponses: SURE });
    expect(done).toMatchObject({ resultType: 'complete' });
    expect(sent()).toHaveLength(2);
    expect(sent()[1]).toMatchObject({ requestState: 's', inputResponses: SURE });
  });

  it('is asked about again in a round of the server when the policy has changed since', async () => {
    const { place, wrapped, call, sent } = start();
    const args = { state: 's' };
    const { requestState } = await call(args, approved(await call(args)));
    place.policy(`${ASKING()}tools: { other: deny }\n`);
    await wrapped.told('the changed policy is in force');
    const asked = await call(args, { requestState, inputResponses: SURE });
    expect(asksUs(asked)).toBe(true);
    expect(sent()).toHaveLength(1);
    expect((await call(args, approved(asked))).resultType).toBe('complete');
    expect(sent()[1]).toMatchObject({ requestState, inputResponses: SURE });
  });

  it('brings along what the server had asked for before', async () => {
    const { call, sent } = start();
    const carried = { requestState: 'from elsewhere', inputResponses: SURE };
    const asked = await call({}, carried);
    expect(asksUs(asked)).toBe(true);
    expect(await call({}, approved(asked))).toMatchObject({ resultType: 'complete' });
    expect(sent()).toEqual([{ name: 'write_note', arguments: {}, ...carried, _meta: META }]);
  });

  it.each<[string, object, string]>([
    [
      'a no',
      { action: 'accept', content: { decision: 'deny' } },
      'was declined by the person who was asked.',
    ],
    ['a decline', { action: 'decline' }, 'was declined by the person who was asked.'],
    ['a cancel', { action: 'cancel' }, 'The client closed the question without a decision.'],
    ['a form without a decision', { action: 'accept', content: {} }, 'The client cannot fill in forms'],
    ['an unknown action', { action: 'dismiss' }, 'none that the protocol knows'],
  ])('is refused with %s', async (_case, answer, words) => {
    const { call, sent } = start();
    const asked = await call({});
    await sleep(PERSON);
    const refused = await call({}, { inputResponses: { [OWN]: answer }, requestState: asked.requestState });
    expect(refused).toMatchObject({ isError: true, resultType: 'complete' });
    expect(refused.content?.[0]?.text).toContain(words);
    expect(sent()).toEqual([]);
  });

  it('is not a refusal of a person when the no comes at once', async () => {
    const { call, sent } = start();
    const asked = await call({});
    const refused = await call(
      {},
      { inputResponses: { [OWN]: { action: 'decline' } }, requestState: asked.requestState },
    );
    expect(refused.content?.[0]?.text).toContain('nobody could be asked');
    expect(sent()).toEqual([]);
  });

  it('is approved for the session where the person says so', async () => {
    const { call, sent } = start();
    const asked = await call({ n: 1 });
    const session = { action: 'accept', content: { decision: 'allow_session' } };
    await call({ n: 1 }, { inputResponses: { [OWN]: session }, requestState: asked.requestState });
    expect((await call({ n: 1 })).inputRequests).toHaveProperty('sure');
    expect(asksUs(await call({ n: 2 }))).toBe(true);
    expect(sent()).toHaveLength(2);
  });

  it('is counted once', async () => {
    const { call } = start(`version: 1
default: { action: require_approval, rate_limit: { max: 1, window: 600 } }
approvals: { via: [elicitation] }
`);
    const asked = await call({});
    expect((await call({}, approved(asked))).inputRequests).toHaveProperty('sure');
    expect((await call({})).content?.[0]?.text).toContain('limited to 1 call');
  });
});

describe('a yes does not count', () => {
  it('twice', async () => {
    const { call, sent } = start();
    const asked = await call({});
    await call({}, approved(asked));
    expect(asksUs(await call({}, approved(asked)))).toBe(true);
    expect(sent()).toHaveLength(1);
  });

  it('twice, of two retries that come at once', async () => {
    const { call, sent } = start();
    const asked = await call({});
    const results = await Promise.all([call({}, approved(asked)), call({}, approved(asked))]);
    expect(results.map(asksUs).sort()).toEqual([false, true]);
    expect(sent()).toHaveLength(1);
  });

  it.each<[string, object, string]>([
    ['other arguments', { n: 2 }, 'write_note'],
    ['more arguments', { n: 1, force: true }, 'write_note'],
    ['another tool', { n: 1 }, 'delete_note'],
  ])('for %s', async (_case, args, name) => {
    const { call, sent } = start();
    const asked = await call({ n: 1 });
    expect(asksUs(await call(args, approved(asked), name))).toBe(true);
    expect(sent()).toEqual([]);
    expect(asksUs(await call({ n: 1 }, approved(asked)))).toBe(false);
  });

  it('for a number that is spelled otherwise', async () => {
    const { wrapped, call, sent } = start();
    const asked = await call({ n: 1 });
    const meta = JSON.stringify(META);
    const { inputResponses, requestState } = approved(asked);
    wrapped.sendLine(
      `{"jsonrpc":"2.0","id":"x","method":"tools/call","params":{"name":"write_note","arguments":{"n":1.0},"_meta":${meta},"inputResponses":${JSON.stringify(inputResponses)},"requestState":"${requestState}"}}`,
    );
    const { result } = await wrapped.answer<{ result: Result }>('x');
    expect(asksUs(result)).toBe(true);
    expect(sent()).toEqual([]);
  });

  it('without the state, with a forged one, or with one of another process', async () => {
    const [{ call, sent }, other] = [start(), start()];
    const asked = await call({});
    const foreign = await other.call({});
    const state = asked.requestState ?? '';
    for (const requestState of [
      undefined,
      'pw1.e30.AAAA',
      `${state}A`,
      state.slice(0, -1),
      foreign.requestState,
    ])
      expect(asksUs(await call({}, { inputResponses: { [OWN]: YES }, requestState }))).toBe(true);
    expect(sent()).toEqual([]);
  });

  it('after its time', async () => {
    const { call, sent } = start(ASKING(', timeout: 1'));
    const asked = await call({});
    await sleep(1_100);
    expect(asksUs(await call({}, approved(asked)))).toBe(true);
    expect(sent()).toEqual([]);
  });

  it('under another policy', async () => {
    const { place, call, sent } = start();
    const asked = await call({});
    place.policy(`${ASKING()}# changed\ntools: { write_note: { action: deny } }\n`);
    await sleep(50);
    expect(await call({}, approved(asked))).toMatchObject({ isError: true });
    expect(sent()).toEqual([]);
  });

  it('when it is no answer', async () => {
    const { call, sent } = start();
    const asked = await call({});
    const { requestState } = asked;
    for (const answer of ['accept', null, [], 7])
      expect(asksUs(await call({}, { inputResponses: { [OWN]: answer }, requestState }))).toBe(true);
    expect(sent()).toEqual([]);
  });
});

describe('who is asked by the answer', () => {
  it.each<[string, object]>([
    ['has no elicitation', {}],
    ['has URLs only', { elicitation: { url: {} } }],
  ])('is not a client that %s', async (_case, capabilities) => {
    const { wrapped, sent } = start();
    const _meta = { ...META, 'io.modelcontextprotocol/clientCapabilities': capabilities };
    const params = { name: 'write_note', arguments: {}, _meta };
    const { result } = await wrapped.request<{ result: Result }>(1, 'tools/call', params);
    expect(result).toMatchObject({ isError: true, resultType: 'complete' });
    expect(result.content?.[0]?.text).toContain('nobody could be asked');
    expect(sent()).toEqual([]);
  });

  it('sees all of the call or is not asked', async () => {
    const { call, sent } = start();
    const text = 'x'.repeat(1_000_000);
    const refused = await call({ text });
    expect(refused.isError).toBe(true);
    expect(JSON.stringify(refused)).not.toContain('xxxxxxxxxx');
    expect(sent()).toEqual([]);
  });
});

describe('a policy-wrap behind another one', () => {
  it('asks for itself after the first has been answered', async () => {
    const { call, sent } = start(ASKING(), [process.execPath, PROGRAM, '--']);
    const outer = await call({ state: 's' });
    expect(asksUs(outer)).toBe(true);
    const inner = await call({ state: 's' }, approved(outer));
    expect(asksUs(inner)).toBe(true);
    expect(inner.requestState).not.toBe(outer.requestState);
    expect(sent()).toEqual([]);
    const theirs = await call({ state: 's' }, approved(inner));
    expect(theirs.inputRequests).toHaveProperty('sure');
    expect(sent()).toEqual([{ name: 'write_note', arguments: { state: 's' }, _meta: META }]);
    const done = await call({ state: 's' }, { requestState: 's', inputResponses: SURE });
    expect(done).toMatchObject({ resultType: 'complete' });
  });
});

it('the client of the SDK answers as a slow person does, under a short time-out of its own', async () => {
  const place = new Place();
  place.policy(ASKING());
  const messages: string[] = [];
  const client = new Client(
    { name: 'test', version: '1' },
    { capabilities: { elicitation: {} }, versionNegotiation: { mode: { pin: '2026-07-28' } } },
  );
  onTestFinished(() => client.close());
  client.setRequestHandler('elicitation/create', async ({ params }) => {
    messages.push(params.message);
    await sleep(3_000);
    return { action: 'accept', content: { decision: messages.length === 1 ? 'allow_once' : 'deny' } };
  });
  const args = [PROGRAM, '--', process.execPath, fixture('modern.mjs')];
  const env = place.env;
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args, cwd: place.work, env, stderr: 'ignore' }),
  );
  const call = { name: 'get_sum', arguments: { a: 1, b: 2 } };
  expect(await client.callTool(call, { timeout: 30_000 })).not.toMatchObject({ isError: true });
  expect(messages).toMatchObject([expect.stringContaining('allow get_sum on server')]);
  expect(await client.callTool(call, { timeout: 30_000 })).toMatchObject({ isError: true });
});
