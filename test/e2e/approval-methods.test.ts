import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import {
  type Answer,
  answered,
  DENY,
  META,
  ModernSession,
  OWN_KEY,
  outcomeOf,
  stateOf,
} from './modern-session.js';
import { PERSON } from './person.js';
import { Place } from './place.js';
import { Wrapped } from './program.js';

const ASK_ALL = `version: 1
default: allow
prompts: { "*": require_approval }
resources: { "*": require_approval }
methods: { "completion/*": require_approval, "tasks/*": require_approval, "subscriptions/*": require_approval }
approvals: { via: [elicitation] }
`;

describe('what the specification lets be answered with a question', () => {
  it.each([
    ['prompts/get', { name: 'review', arguments: { code: 'x' } }],
    ['resources/read', { uri: 'file:///etc/passwd' }],
  ])('%s goes after a yes, and after a no it is an error', async (method, params) => {
    const session = ModernSession.start(ASK_ALL);
    const questions = [await session.send(method, params), await session.send(method, params)];
    const [yes, no] = questions.map(stateOf);
    const { message } = questions[0]?.result?.inputRequests?.[OWN_KEY]?.params ?? { message: '' };
    expect(message).toContain(Object.values(params)[0]);
    await sleep(PERSON);
    expect(outcomeOf(await session.send(method, params, answered(yes ?? '')))).toBe('done');
    const { error } = await session.send(method, params, answered(no ?? '', DENY));
    expect(error?.code).toBe(-31403);
    expect(error?.message).toContain('was declined by the person who was asked.');
    expect(session.reached).toEqual([
      expect.objectContaining({ method, params: { ...params, _meta: META } }),
    ]);
    await session.wrapped.end();
    expect(session.place.audit().map(({ outcome, approval }) => [outcome, approval])).toMatchObject([
      ['input_required', { how: 'asked' }],
      ['input_required', { how: 'asked' }],
      ['completed', { how: 'approved', via: 'elicitation' }],
      ['refused', { how: 'declined', via: 'elicitation' }],
    ]);
  });
});

describe('what the specification does not let be answered with a question', () => {
  it.each([
    ['completion/complete', { ref: { type: 'ref/prompt', name: 'p' }, argument: { name: 'a', value: '' } }],
    ['resources/subscribe', { uri: 'x:1' }],
    ['subscriptions/listen', { notifications: { resourceSubscriptions: ['x:1'] } }],
    ['tasks/update', { taskId: 't', inputResponses: {} }],
  ])('%s is refused, since nobody can be asked', async (method, params) => {
    const session = ModernSession.start(ASK_ALL);
    const { error, result } = await session.send(method, params);
    expect(result).toBeUndefined();
    expect(error?.message).toContain('nobody could be asked');
    expect(session.place.recorded()).toBeUndefined();
  });
});

/** A legacy session whose client can be asked, and that may make tasks of calls. */
async function legacy(policy: string, protocolVersion = '2025-11-25') {
  const place = new Place();
  place.policy(policy);
  const wrapped = Wrapped.recorder(place);
  const capabilities = { elicitation: {} };
  const clientInfo = { name: 'test', version: '1' };
  await wrapped.request('start', 'initialize', { protocolVersion, capabilities, clientInfo });
  const answerNext = async (count: number, content: object) => {
    const { id } = await wrapped.until<{ id: string }>(
      ({ method, id }) => method === 'elicitation/create' && String(id).endsWith(`:${count - 1}`),
    );
    await sleep(PERSON);
    wrapped.send({ id, result: { action: 'accept', content } });
  };
  return { place, wrapped, answerNext };
}

describe('a call that is to become a task', () => {
  const POLICY =
    'version: 1\ndefault: allow\ntools: { delete_note: require_approval }\napprovals: { hold: 1 }\n';
  const params = { name: 'delete_note', arguments: { id: 1 }, task: { ttl: 60_000 } };

  it('goes after a yes, as it came', async () => {
    const { place, wrapped, answerNext } = await legacy(POLICY);
    const [answer] = await Promise.all([
      wrapped.request<Answer>(1, 'tools/call', params),
      answerNext(1, { decision: 'allow_once' }),
    ]);
    expect(outcomeOf(answer)).toBe('done');
    expect(place.recorded()).toContain(
      JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }),
    );
  });

  it('is an error after a no, and while it is pending; a later yes is for a task and for nothing else', async () => {
    const { place, wrapped, answerNext } = await legacy(POLICY);
    const [refused] = await Promise.all([
      wrapped.request<Answer>(1, 'tools/call', params),
      answerNext(1, { decision: 'deny' }),
    ]);
    expect(refused.error?.message).toContain('was declined by the person');
    const pending = await wrapped.request<Answer>(2, 'tools/call', params);
    expect(pending.error?.code).toBe(-31403);
    expect(pending.error?.message).toContain('Approval pending: delete_note');
    await answerNext(2, { decision: 'allow_once' });
    await wrapped.request(3, 'ping');
    wrapped.send({ id: 4, method: 'tools/call', params: { name: 'delete_note', arguments: { id: 1 } } });
    await answerNext(3, { decision: 'deny' });
    expect(outcomeOf(await wrapped.answer<Answer>(4))).toBe('refused');
    expect(place.recorded()).not.toContain('delete_note');
    const again = { ...params, task: { ttl: 60_000 } };
    expect(outcomeOf(await wrapped.request<Answer>(5, 'tools/call', again))).toBe('done');
    await wrapped.end();
    expect(place.audit().map(({ outcome, approval }) => [outcome, approval])).toMatchObject([
      ['refused', { how: 'declined' }],
      ['refused', { how: 'pending' }],
      ['refused', { how: 'declined' }],
      ['completed', { how: 'approved', from: 'grant' }],
    ]);
  });
});

it('methods of old clients are asked about by request', async () => {
  const { wrapped, answerNext } = await legacy(ASK_ALL);
  const [answer] = await Promise.all([
    wrapped.request<Answer>(1, 'resources/subscribe', { uri: 'x:1' }),
    answerNext(1, { decision: 'allow_once' }),
  ]);
  expect(outcomeOf(answer)).toBe('done');
});
