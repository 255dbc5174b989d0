import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Place } from './place.js';
import { Wrapped } from './program.js';

interface Reply {
  result: {
    isError?: boolean;
    content: { text: string }[];
    _meta?: { 'policy-wrap/decision': { action: string; rule?: string; retryAfterMs?: number } };
  };
}

function start(policy: string): { place: Place; wrapped: Wrapped } {
  const place = new Place();
  place.policy(`version: 1\ndefault: allow\n${policy}`);
  return { place, wrapped: Wrapped.recorder(place) };
}

/** In one word: `passed`, or the action that refused. */
function word({ result }: Reply): string {
  return result.isError ? (result._meta?.['policy-wrap/decision'].action ?? 'failed') : 'passed';
}

function decision({ result }: Reply) {
  return result._meta?.['policy-wrap/decision'];
}

function text({ result }: Reply): string {
  return result.content[0]?.text ?? '';
}

it('rate limit: ten calls in 60 s pass, the eleventh is told how long to wait', async () => {
  const { place, wrapped } = start('tools: { create_note: { rate_limit: { max: 10, window: 60 } } }');
  const replies: Reply[] = [];
  for (let id = 0; id < 11; id++) replies.push(await wrapped.call<Reply>(id, 'create_note', { id }));
  expect(replies.map(word)).toEqual([...Array(10).fill('passed'), 'limited']);
  const last = replies[10] as Reply;
  expect(text(last)).toMatch(
    /^Policy violation: create_note is limited to 10 calls per 60 s\. Try again in [3-6]\d s\./,
  );
  expect(decision(last)?.retryAfterMs).toBeGreaterThan(30_000);
  expect(decision(last)?.retryAfterMs).toBeLessThanOrEqual(60_000);
  expect(word(await wrapped.call<Reply>('other', 'read_note'))).toBe('passed');
  expect(place.recorded()?.match(/create_note/g)).toHaveLength(10);
});

it('rate limit: a call passes again when the oldest has left the window, and only one', async () => {
  const { wrapped } = start('tools: { create_note: { rate_limit: { max: 2, window: 1.2s } } }');
  expect(word(await wrapped.call<Reply>(1, 'create_note'))).toBe('passed');
  await sleep(500);
  expect(word(await wrapped.call<Reply>(2, 'create_note'))).toBe('passed');
  const refused = await wrapped.call<Reply>(3, 'create_note');
  expect(word(refused)).toBe('limited');
  const wait = decision(refused)?.retryAfterMs ?? 0;
  expect(wait).toBeGreaterThan(400);
  expect(wait).toBeLessThanOrEqual(700);
  await sleep(wait);
  expect(word(await wrapped.call<Reply>(4, 'create_note'))).toBe('passed');
  expect(word(await wrapped.call<Reply>(5, 'create_note'))).toBe('limited');
});

it('rate limit by key: calls with different values are counted apart', async () => {
  const { wrapped } = start(
    'tools: { create_note: { rate_limit: { max: 1, window: 60, key: args.folder } } }',
  );
  const calls: [unknown, string][] = [
    [{ folder: 'a' }, 'passed'],
    [{ folder: 'b' }, 'passed'],
    [{ folder: 'a' }, 'limited'],
    [{}, 'deny'],
  ];
  for (const [index, [args, expected]] of calls.entries())
    expect(word(await wrapped.call<Reply>(index, 'create_note', args))).toBe(expected);
});

it('limits of a category and of the session count together, and a refused call takes nothing', async () => {
  const { wrapped } = start(
    'rate_limit: { max: 3, window: 60 }\ncategories: { write: { rate_limit: { max: 1, window: 60 } } }',
  );
  const calls: [string, string][] = [
    ['create_note', 'passed'],
    ['update_note', 'limited'],
    ['update_note', 'limited'],
    ['read_note', 'passed'],
    ['read_note', 'passed'],
    ['read_note', 'limited'],
  ];
  for (const [index, [name, expected]] of calls.entries())
    expect(word(await wrapped.call<Reply>(index, name))).toBe(expected);
});

it('budget: amounts add up exactly, and one that can never fit is told so', async () => {
  const { wrapped } = start('tools: { pay: { budget: { sum: args.amount, max: 0.3, window: 60 } } }');
  expect(word(await wrapped.call<Reply>(1, 'pay', { amount: 0.1 }))).toBe('passed');
  expect(word(await wrapped.call<Reply>(2, 'pay', { amount: 0.2 }))).toBe('passed');
  const refused = await wrapped.call<Reply>(3, 'pay', { amount: 0.01 });
  expect(text(refused)).toMatch(
    /^Policy violation: pay is limited to a total of 0\.3 \(args\.amount\) per 60 s\. Try again in/,
  );
  const never = await wrapped.call<Reply>(4, 'pay', { amount: 1 });
  expect(text(never)).toContain('Waiting does not make room for this call.');
  for (const args of [{}, { amount: -1 }, { amount: '0.1' }, { amount: null }])
    expect(word(await wrapped.call<Reply>(JSON.stringify(args), 'pay', args))).toBe('deny');
});

it('concurrency: a second call is refused while the first is under way, and passes after it', async () => {
  const { wrapped } = start('tools: { get_slow: { concurrency: 1 } }');
  const first = wrapped.call<Reply>(1, 'get_slow');
  const second = await wrapped.call<Reply>(2, 'get_slow');
  expect(text(second)).toMatch(/^Policy violation: get_slow is limited to 1 call at a time\./);
  expect(word(await first)).toBe('passed');
  expect(word(await wrapped.call<Reply>(3, 'get_slow'))).toBe('passed');
});

it.each([
  ['cancelled by the client', { method: 'notifications/cancelled', params: { requestId: 1 } }],
  ['timed out', undefined],
])('concurrency: a call that was %s gives its place back', async (_case, cancel) => {
  const { wrapped } = start(`tools: { never_answers: { concurrency: 1, timeout: ${cancel ? 60 : 0.2} } }`);
  wrapped.send({ id: 1, method: 'tools/call', params: { name: 'never_answers' } });
  expect(word(await wrapped.call<Reply>(2, 'never_answers'))).toBe('limited');
  if (cancel) wrapped.send(cancel);
  else await wrapped.answer(1);
  wrapped.send({ id: 3, method: 'tools/call', params: { name: 'never_answers' } });
  expect(word(await wrapped.call<Reply>(4, 'never_answers'))).toBe('limited');
  await wrapped.request('after', 'ping');
  expect(wrapped.lines.some((line) => line.includes('"id":3'))).toBe(false);
});

it('repeat: the same arguments in another order are the same call', async () => {
  const { wrapped } = start('repeat: { max: 1, window: 60 }');
  expect(word(await wrapped.call<Reply>(1, 'read_note', { a: 1, b: { c: [1, 2] } }))).toBe('passed');
  expect(word(await wrapped.call<Reply>(2, 'read_note', { b: { c: [1, 2] }, a: 1 }))).toBe('limited');
  expect(word(await wrapped.call<Reply>(3, 'read_note', { b: { c: [2, 1] }, a: 1 }))).toBe('passed');
  expect(word(await wrapped.call<Reply>(4, 'list_notes', { a: 1, b: { c: [1, 2] } }))).toBe('passed');
});

it('timeout: we answer, the server is told to cancel, and its late answer goes nowhere', async () => {
  const { place, wrapped } = start('tools: { get_late: { timeout: 0.3 } }');
  const startedAt = performance.now();
  const reply = await wrapped.call<Reply>(1, 'get_late');
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(290);
  expect(text(reply)).toMatch(/^Timed out: get_late was not answered by the server within 0\.3 s/);
  expect(reply.result).toMatchObject({ isError: true });
  await sleep(900);
  await wrapped.request('after', 'ping');
  expect(wrapped.lines.filter((line) => line.includes('"id":1'))).toHaveLength(1);
  expect(place.recorded()).toContain(
    '{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1,',
  );
  expect(wrapped.stderr).not.toContain('was not sent');
});

it('timeout: the longest that a policy can say does not end a call at once', async () => {
  const { wrapped } = start('timeout: 366d');
  expect(word(await wrapped.call<Reply>(1, 'get_slow'))).toBe('passed');
});
