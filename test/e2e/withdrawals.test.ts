import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Place } from './place.js';
import { Wrapped } from './program.js';

const POLICY = `version: 1
default: allow
tools: { "delete_*": require_approval, update_note: { action: require_approval, rate_limit: { max: 1, window: 60 } } }
approvals: { via: [elicitation], timeout: 20 }
`;

interface Question {
  id: string;
  method: string;
  params: { message: string; requestedSchema: unknown; requestId?: string };
}

/** A session whose client says what it can; `{}` for elicitation means forms (2025-11-25, "Elicitation"). */
async function start(capabilities: object = { elicitation: {} }, protocolVersion = '2025-11-25') {
  const place = new Place();
  place.policy(POLICY);
  const wrapped = Wrapped.recorder(place);
  const clientInfo = { name: 'test', version: '1' };
  await wrapped.request('start', 'initialize', { protocolVersion, capabilities, clientInfo });
  const asked = () => wrapped.until<Question>(({ method }) => method === 'elicitation/create');
  const takenBack = () => wrapped.until<Question>(({ method }) => method === 'notifications/cancelled');
  return { place, wrapped, asked, takenBack };
}

const held = (id: string | number) => ({
  id,
  method: 'tools/call',
  params: { name: 'delete_note', arguments: { id } },
});
const cancel = (requestId: string | number) => ({ method: 'notifications/cancelled', params: { requestId } });
const yes = (id: string) => ({ id, result: { action: 'accept', content: { decision: 'allow_once' } } });

describe('a client that cannot ask', () => {
  it.each([
    ['declares nothing', {}, '2025-11-25'],
    ['shows only pages', { elicitation: { url: {} } }, '2025-11-25'],
    ['speaks a version before elicitation', { elicitation: {} }, '2025-03-26'],
  ])('because it %s is told that the call needs approval', async (_case, capabilities, version) => {
    const { place, wrapped } = await start(capabilities, version);
    const reply = await wrapped.call(1, 'delete_note');
    expect(JSON.stringify(reply)).toContain('needs approval, and nobody could be asked.');
    expect(wrapped.lines).toHaveLength(2);
    expect(place.recorded()).not.toContain('delete_note');
  });
});

describe('a call that is held', () => {
  it('is forgotten when the client cancels it: not answered, not forwarded, the question taken back', async () => {
    const { place, wrapped, asked, takenBack } = await start();
    wrapped.send(held(1));
    const question = await asked();
    wrapped.send(cancel(1));
    expect((await takenBack()).params.requestId).toBe(question.id);
    wrapped.send(yes(question.id));
    await wrapped.request('after', 'ping');
    expect(wrapped.lines.some((line) => line.includes('"id":1'))).toBe(false);
    expect(place.recorded()).not.toMatch(/delete_note|cancelled/);
    await wrapped.end();
    expect(place.audit()).toMatchObject([{ tool: 'delete_note', outcome: 'withdrawn' }]);
  });

  it('is not even asked about when it is cancelled in the same breath', async () => {
    const { wrapped } = await start();
    wrapped.sendLine(
      [held(1), cancel(1)].map((message) => JSON.stringify({ jsonrpc: '2.0', ...message })).join('\n'),
    );
    await wrapped.request('after', 'ping');
    await sleep(50);
    expect(wrapped.lines).toHaveLength(2);
  });

  it('leaves its id taken until it ends', async () => {
    const { wrapped, asked } = await start();
    wrapped.send(held(1));
    const question = await asked();
    wrapped.send({ id: 1, method: 'ping' });
    expect(await wrapped.until((message) => 'error' in message)).not.toHaveProperty('id');
    wrapped.send(yes(question.id));
    expect(await wrapped.answer(1)).toMatchObject({ result: { content: [{ text: '{"id":1}' }] } });
  });

  it('is answered with an error when the server ends', async () => {
    const { wrapped, asked } = await start();
    wrapped.send(held(1));
    await asked();
    wrapped.send({ id: 2, method: 'tools/call', params: { name: 'get_exit' } });
    const error = { code: -32603, message: expect.stringContaining('code 3'), data: { exitCode: 3 } };
    expect(await wrapped.answer(1)).toEqual({ jsonrpc: '2.0', id: 1, error });
    expect(await wrapped.answer(2)).toEqual({ jsonrpc: '2.0', id: 2, error });
    expect((await wrapped.end()).exitCode).toBe(3);
    expect(wrapped.lines.filter((line) => line.includes('"id":1,'))).toHaveLength(1);
  });

  it('never runs when the client ends', async () => {
    const { place, wrapped, asked } = await start();
    wrapped.send(held(1));
    const question = await asked();
    wrapped.send(yes(`${question.id}0`));
    expect(await wrapped.end()).toMatchObject({ exitCode: 0 });
    expect(place.recorded()).not.toContain('delete_note');
  });

  it('is asked about only if a limit has room, and takes from it when it goes', async () => {
    const { wrapped, asked } = await start();
    const update = { method: 'tools/call', params: { name: 'update_note' } };
    wrapped.send({ id: 1, ...update });
    const question = await asked();
    wrapped.send(yes(question.id));
    expect(await wrapped.answer(1)).toMatchObject({ result: { content: [{ text: 'null' }] } });
    wrapped.send({ id: 2, ...update });
    expect(JSON.stringify(await wrapped.answer(2))).toContain('update_note is limited to 1 call per 60 s');
    expect(wrapped.lines.filter((line) => line.includes('elicitation/create'))).toHaveLength(1);
  });

  it('is allowed once, and never by an answer to another question or by the server', async () => {
    const { place, wrapped, asked } = await start();
    wrapped.send(held(1));
    const { id, params } = await asked();
    expect(params.requestedSchema).toMatchObject({ required: ['decision'] });
    for (const other of ['pw:0:0', id.replace(/0$/, '1'), 0, '']) wrapped.send({ ...yes(''), id: other });
    await wrapped.request('between', 'ping');
    expect(place.recorded()).not.toMatch(/delete_note|allow_once/);
    wrapped.send(yes(id));
    await wrapped.answer(1);
    wrapped.send(yes(id));
    wrapped.send(held(2));
    await wrapped.until<Question>(
      (message) => message['method'] === 'elicitation/create' && message['id'] !== id,
    );
    expect(place.recorded()?.match(/delete_note/g)).toHaveLength(1);
    expect(place.recorded()).not.toContain('allow_once');
  });
});

it('a call that the server works on is cancelled there, and the log says so', async () => {
  const { place, wrapped } = await start();
  wrapped.send({ id: 1, method: 'tools/call', params: { name: 'get_slow' } });
  wrapped.send(cancel(1));
  await wrapped.request('after', 'ping');
  expect(place.recorded()).toContain(
    '{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}\n',
  );
  await wrapped.end();
  expect(place.audit()).toMatchObject([{ tool: 'get_slow', outcome: 'cancelled' }]);
});
