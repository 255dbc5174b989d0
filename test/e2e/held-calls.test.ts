import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Place, POLICY_PLACE } from './place.js';
import { Wrapped } from './program.js';

/** Longer than it takes to decline without a person. Milliseconds. */
const PERSON = 400;

interface Question {
  id: string;
  method: string;
  params: { message: string };
}

const policy = (approvals: string, more = '') => `version: 1
default: allow
tools: { "delete_*": require_approval, charge: { action: require_approval, rate_limit: { max: 1, window: 60 } }${more} }
approvals: { via: [elicitation], ${approvals} }
`;

/** A session whose client asks its user; what it was asked is taken one by one. */
async function start(approvals: string) {
  const place = new Place();
  const file = place.policy(policy(approvals));
  const wrapped = Wrapped.recorder(place);
  await wrapped.request('start', 'initialize', {
    protocolVersion: '2025-11-25',
    capabilities: { elicitation: {} },
    clientInfo: { name: 'test', version: '1' },
  });
  const asked = (count: number) =>
    wrapped.until<Question>(
      ({ method, id }) => method === 'elicitation/create' && String(id).endsWith(`:${count - 1}`),
    );
  const answer = ({ id }: Question, content: object, action = 'accept') =>
    wrapped.send({ id, result: { action, content } });
  const yes = (question: Question) => answer(question, { decision: 'allow_once' });
  const questions = () => wrapped.lines.filter((line) => line.includes('elicitation/create')).length;
  return { place, file, wrapped, asked, answer, yes, questions };
}

interface Reply {
  result: { content: { text: string }[]; isError?: boolean; _meta?: Record<string, unknown> };
}
const textOf = ({ result }: Reply) => result.content[0]?.text ?? '';

describe('a call that is held for as long as the policy says', () => {
  it('is then told to wait, and goes when it is repeated after the approval, once', async () => {
    const { place, wrapped, asked, yes, questions } = await start('hold: 1');
    const pending = await wrapped.call<Reply>(1, 'delete_note', { id: 7 });
    expect(textOf(pending)).toBe(
      [
        'Approval pending: delete_note is waiting for approval; it has not been run.',
        `Rule: /tools/delete_* (${POLICY_PLACE}:3)`,
        'Tell the user that this call needs their approval. Once they have approved it, repeat exactly the same call, with the same arguments.',
      ].join('\n'),
    );
    expect(pending.result.isError).toBe(true);
    expect(place.recorded()).not.toContain('delete_note');
    yes(await asked(1));
    await wrapped.request('between', 'ping');
    expect(textOf(await wrapped.call<Reply>(2, 'delete_note', { id: 7 }))).toBe('{"id":7}');
    expect(questions()).toBe(1);
    wrapped.send({ id: 3, method: 'tools/call', params: { name: 'delete_note', arguments: { id: 7 } } });
    yes(await asked(2));
    expect(textOf(await wrapped.answer<Reply>(3))).toBe('{"id":7}');
    await wrapped.end();
    expect(place.audit().map(({ outcome, approval }) => [outcome, approval])).toMatchObject([
      ['refused', { how: 'pending' }],
      ['completed', { how: 'approved', via: 'elicitation', from: 'grant' }],
      ['completed', { how: 'approved', via: 'elicitation' }],
    ]);
  });

  it.each([
    ['other arguments', { id: 8 }],
    ['one more argument', { id: 7, force: true }],
    ['a number that is spelled otherwise', '{"id":7.0}'],
  ])('does not go with %s', async (_case, args) => {
    const { wrapped, asked, yes, questions } = await start('hold: 1');
    await wrapped.call(1, 'delete_note', { id: 7 });
    yes(await asked(1));
    const argumentsText = typeof args === 'string' ? args : JSON.stringify(args);
    wrapped.send(
      `{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"delete_note","arguments":${argumentsText}}}`,
    );
    await asked(2);
    expect(questions()).toBe(2);
  });

  it.each([
    ['other _meta', '"_meta":{"tenant":"victim"}'],
    ['no _meta', '"_meta":{}'],
    ['one more member of _meta', '"_meta":{"tenant":"mine","force":true}'],
    ['another param', '"_meta":{"tenant":"mine"},"options":{"force":true}'],
    ['another baggage', '"_meta":{"tenant":"mine","baggage":"a=b"}'],
  ])('does not go with %s', async (_case, more) => {
    const { wrapped, asked, yes, questions } = await start('hold: 1');
    const call = (id: number, params: string) =>
      wrapped.send(
        `{"jsonrpc":"2.0","id":${id},"method":"tools/call","params":{"name":"delete_note","arguments":{},${params}}}`,
      );
    call(1, '"_meta":{"tenant":"mine"}');
    const question = await asked(1);
    expect(question.params.message).toContain('Also sent: {"_meta":{"tenant":"mine"}}');
    await wrapped.answer(1);
    yes(question);
    call(2, more);
    await asked(2);
    expect(questions()).toBe(2);
  });

  it('goes under another number that the client gives each call', async () => {
    const { wrapped, asked, yes, questions } = await start('hold: 1');
    const call = (id: number, number: string) =>
      wrapped.request<Reply>(id, 'tools/call', {
        ...{ name: 'delete_note', arguments: { id: 7 } },
        _meta: { progressToken: id, 'claudecode/toolUseId': number, tenant: 'mine' },
      });
    await call(1, 'toolu_01A09q90qw90lq917835lq9');
    yes(await asked(1));
    expect((await call(2, 'toolu_01B19r90qw90lq917835lq8')).result.isError).toBeUndefined();
    expect(questions()).toBe(1);
  });

  it('goes though its keys stand in another order and white space differs', async () => {
    const { wrapped, asked, yes, questions } = await start('hold: 1');
    await wrapped.call(1, 'delete_note', { id: 7, text: 'é' });
    yes(await asked(1));
    wrapped.send(
      String.raw`{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"arguments":{"text": "\u00e9", "id": 7},"name":"delete_note"}}`,
    );
    expect((await wrapped.answer<Reply>(2)).result.isError).toBeUndefined();
    expect(questions()).toBe(1);
  });

  it('is told of a no that came later, with the reason it had, and is asked about again after that', async () => {
    const { wrapped, asked, answer, questions } = await start('hold: 1');
    await wrapped.call(1, 'delete_note');
    answer(await asked(1), {}, 'decline');
    await wrapped.request('between', 'ping');
    expect(textOf(await wrapped.call<Reply>(2, 'delete_note'))).toContain(
      'was declined by the person who was asked.',
    );
    expect(questions()).toBe(1);
    wrapped.send({ id: 3, method: 'tools/call', params: { name: 'delete_note', arguments: {} } });
    await asked(2);
  });

  it('waits for the same question when it is repeated too early', async () => {
    const { wrapped, asked, yes, questions } = await start('hold: 1');
    await wrapped.call(1, 'delete_note');
    wrapped.send({ id: 2, method: 'tools/call', params: { name: 'delete_note', arguments: {} } });
    await sleep(PERSON);
    yes(await asked(1));
    expect((await wrapped.answer<Reply>(2)).result.isError).toBeUndefined();
    expect(questions()).toBe(1);
  });

  it('is one of two when the same call comes twice at once: each needs an answer', async () => {
    const { place, wrapped, asked, yes } = await start('hold: 20');
    for (const id of [1, 2]) wrapped.send({ id, method: 'tools/call', params: { name: 'delete_note' } });
    await asked(2);
    await sleep(PERSON);
    yes(await asked(1));
    await wrapped.answer(1);
    await wrapped.request('between', 'ping');
    expect(place.recorded()?.match(/delete_note/g)).toHaveLength(1);
  });

  it('does not go when the approval is too old', async () => {
    const { wrapped, asked, yes } = await start('hold: 1, grant: 1');
    await wrapped.call(1, 'delete_note');
    yes(await asked(1));
    await sleep(1_100);
    wrapped.send({ id: 2, method: 'tools/call', params: { name: 'delete_note' } });
    await asked(2);
  });

  it('does not go when the policy has changed since', async () => {
    const { place, wrapped, asked, yes } = await start('hold: 1');
    await wrapped.call(1, 'delete_note');
    yes(await asked(1));
    await wrapped.request('between', 'ping');
    place.policy(policy('hold: 1', ', other: deny'));
    await wrapped.told('the changed policy is in force');
    wrapped.send({ id: 2, method: 'tools/call', params: { name: 'delete_note' } });
    await asked(2);
  });

  it('does not use its approval up when a limit has no room', async () => {
    const { wrapped, asked, yes } = await start('hold: 1');
    await wrapped.call(1, 'charge');
    wrapped.send({ id: 2, method: 'tools/call', params: { name: 'charge', arguments: { other: 1 } } });
    yes(await asked(2));
    await wrapped.answer(2);
    yes(await asked(1));
    await wrapped.request('between', 'ping');
    expect(textOf(await wrapped.call<Reply>(3, 'charge'))).toContain('Try again in');
    expect(textOf(await wrapped.call<Reply>(4, 'charge'))).toContain('Try again in');
  });
});

describe('while a call waits', () => {
  it('no more than so many wait with it', async () => {
    const { wrapped, asked, yes } = await start('max_pending: 2, hold: 30');
    for (const id of [1, 2])
      wrapped.send({ id, method: 'tools/call', params: { name: 'delete_note', arguments: { id } } });
    await asked(2);
    const full = await wrapped.call<Reply>(3, 'delete_note', { id: 3 });
    expect(textOf(full)).toContain('needs approval, and too many calls are already waiting.');
    await sleep(PERSON);
    yes(await asked(1));
    await wrapped.answer(1);
    wrapped.send({ id: 4, method: 'tools/call', params: { name: 'delete_note', arguments: { id: 4 } } });
    await asked(3);
  });

  it('it is refused as soon as the policy refuses it, and the question is taken back', async () => {
    const { file, wrapped, asked, yes, place } = await start('hold: 30');
    wrapped.send({ id: 1, method: 'tools/call', params: { name: 'delete_note' } });
    const question = await asked(1);
    writeFileSync(file, 'version: 1\ndefault: deny\n');
    expect(textOf(await wrapped.answer<Reply>(1))).toContain('delete_note is denied by policy-wrap.');
    await wrapped.until(({ method }) => method === 'notifications/cancelled');
    yes(question);
    await wrapped.request('between', 'ping');
    expect(place.recorded()).not.toContain('delete_note');
    expect(wrapped.lines.filter((line) => line.includes('"id":1,'))).toHaveLength(1);
  });

  it('the client is told that it goes on, in numbers that rise to those of the server', async () => {
    const { wrapped, asked, yes } = await start('hold: 30');
    const params = { name: 'delete_note', _meta: { progressToken: 'a"b' } };
    wrapped.send({ id: 1, method: 'tools/call', params });
    await sleep(2_500);
    yes(await asked(1));
    await wrapped.answer(1);
    const beats = wrapped.lines
      .map(
        (line) =>
          JSON.parse(line) as { method?: string; params: { progress: number; progressToken: string } },
      )
      .filter(({ method }) => method === 'notifications/progress');
    expect(beats.length).toBeGreaterThanOrEqual(2);
    expect(new Set(beats.map(({ params: { progressToken } }) => progressToken))).toEqual(new Set(['a"b']));
    const values = beats.map(({ params: { progress } }) => progress);
    expect(values.every((value, index) => value > (values[index - 1] ?? -1) && value < 0)).toBe(true);
    await sleep(1_500);
    expect(wrapped.lines.filter((line) => line.includes('notifications/progress'))).toHaveLength(
      beats.length,
    );
  });

  it('the client is told nothing when it has not asked to be', async () => {
    const { wrapped, asked, yes } = await start('hold: 30');
    wrapped.send({ id: 1, method: 'tools/call', params: { name: 'delete_note' } });
    await sleep(1_500);
    yes(await asked(1));
    await wrapped.answer(1);
    expect(wrapped.lines.join('\n')).not.toContain('notifications/progress');
  });

  it('it ends with the time that the person has, where it is held without end', async () => {
    const { wrapped, asked } = await start('hold: unlimited, timeout: 1');
    wrapped.send({ id: 1, method: 'tools/call', params: { name: 'delete_note' } });
    await asked(1);
    expect(textOf(await wrapped.answer<Reply>(1))).toContain('nobody answered in time');
  });
});

describe('an approval for calls to come', () => {
  it('counts for the same call where the policy says so, and for no other', async () => {
    const { place, wrapped, asked, yes } = await start('remember: session');
    wrapped.send({ id: 1, method: 'tools/call', params: { name: 'delete_note', arguments: { id: 1 } } });
    const question = await asked(1);
    await sleep(PERSON);
    yes(question);
    await wrapped.answer(1);
    expect(textOf(await wrapped.call<Reply>(2, 'delete_note', { id: 1 }))).toBe('{"id":1}');
    wrapped.send({ id: 3, method: 'tools/call', params: { name: 'delete_note', arguments: { id: 2 } } });
    await asked(2);
    await wrapped.end();
    expect(place.audit()[1]).toMatchObject({ outcome: 'completed', approval: { from: 'remembered' } });
  });

  it('is not given by an answer to a question of another policy: it counts for the call that waits only', async () => {
    const { place, wrapped, asked, answer } = await start('hold: 30');
    wrapped.send({ id: 1, method: 'tools/call', params: { name: 'delete_note' } });
    const question = await asked(1);
    place.policy(policy('hold: 30, remember: false'));
    await wrapped.told('the changed policy is in force');
    answer(question, { decision: 'allow_session' });
    expect((await wrapped.answer<Reply>(1)).result.isError).toBeUndefined();
    wrapped.send({ id: 2, method: 'tools/call', params: { name: 'delete_note' } });
    await asked(2);
  });

  it('lets a resource be read, and nobody subscribe to it', async () => {
    const { place, wrapped, asked, answer } = await start('hold: 30');
    place.policy(`${policy('hold: 30')}resources: { "*": require_approval }\n`);
    await wrapped.told('the changed policy is in force');
    wrapped.send({ id: 1, method: 'resources/read', params: { uri: 'file:///a' } });
    answer(await asked(1), { decision: 'allow_session' });
    await wrapped.answer(1);
    wrapped.send({ id: 2, method: 'resources/subscribe', params: { uri: 'file:///a' } });
    await asked(2);
    expect(place.recorded()).not.toContain('resources/subscribe');
  });

  it('counts for the same call that waits already', async () => {
    const { wrapped, asked, answer } = await start('hold: 20');
    for (const id of [1, 2, 3])
      wrapped.send({ id, method: 'tools/call', params: { name: 'delete_note', arguments: { n: id % 2 } } });
    const question = await asked(1);
    await asked(3);
    await sleep(PERSON);
    answer(question, { decision: 'allow_session' });
    for (const id of [1, 3]) expect((await wrapped.answer<Reply>(id)).result.isError).toBeUndefined();
    await wrapped.request('between', 'ping');
    expect(wrapped.lines.some((line) => line.includes('"id":2,'))).toBe(false);
  });

  it('is dropped when the server tells the client of another definition of the tool, and so is a question', async () => {
    const place = new Place();
    place.policy(policy('remember: session'));
    const server = `let lists = 0;
      process.stdin.on('data', (data) => { for (const line of String(data).split('\\n').filter(Boolean)) {
        const { id, method, params } = JSON.parse(line);
        if (id === undefined || method === undefined) continue;
        const result = method === 'initialize' ? { protocolVersion: params.protocolVersion, capabilities: {}, serverInfo: { name: 's', version: '1' } }
          : method === 'tools/list' ? { tools: [{ name: 'delete_note', description: ['one', 'one', 'two', 'three'][lists++], inputSchema: { type: 'object' } }] }
          : { content: [] };
        console.log(JSON.stringify({ jsonrpc: '2.0', id, result }));
      } });`;
    const wrapped = Wrapped.script(place, server);
    const capabilities = { elicitation: {} };
    const clientInfo = { name: 'test', version: '1' };
    await wrapped.request(0, 'initialize', { protocolVersion: '2025-11-25', capabilities, clientInfo });
    await wrapped.request(1, 'tools/list');
    wrapped.send({ id: 2, method: 'tools/call', params: { name: 'delete_note' } });
    const question = await wrapped.until<Question>(({ method }) => method === 'elicitation/create');
    wrapped.send({ id: question.id, result: { action: 'accept', content: { decision: 'allow_once' } } });
    await wrapped.answer(2);
    await wrapped.request(3, 'tools/list');
    await wrapped.request(4, 'tools/call', { name: 'delete_note' });
    await wrapped.request(5, 'tools/list');
    wrapped.send({ id: 6, method: 'tools/call', params: { name: 'delete_note' } });
    const next = await wrapped.until<Question>(
      ({ method, id }) => method === 'elicitation/create' && id !== question.id,
    );
    await wrapped.request(7, 'tools/list');
    expect(JSON.stringify(await wrapped.answer(6))).toContain('was withdrawn while it waited for approval.');
    await wrapped.until(({ params }) => (params as { requestId?: string })?.requestId === next.id);
  });
});
