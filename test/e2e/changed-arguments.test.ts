import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { currentInboxes } from '../../src/approvals/inbox/all-inboxes.js';
import type { InboxAnswer, InboxDecision, WaitingCall } from '../../src/approvals/inbox/inbox-state.js';
import { onWindows } from '../skip.js';
import { Place } from './place.js';
import { Wrapped } from './program.js';

const elsewhere = onWindows('the state of a user is where this test does not look');

/** A server that pays: it tells what it was sent, and asks first where the arguments say so. */
const SERVER = String.raw`
import { createInterface } from 'node:readline';
const inputSchema = {
  type: 'object',
  properties: { amount: { type: 'integer', minimum: 1 }, to: { type: 'string' }, ask: { type: 'boolean' } },
  required: ['amount'],
  additionalProperties: false,
};
createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  if (id === undefined) return;
  const content = [{ type: 'text', text: line }];
  const asks = params?.arguments?.ask && params.requestState === undefined;
  const result =
    method === 'tools/list' ? { tools: [{ name: 'pay', inputSchema }] }
    : asks ? { resultType: 'input_required', inputRequests: {}, requestState: 'theirs' }
    : { resultType: 'complete', content };
  const answer = params?.arguments?.amount === 13 ? { error: { code: -32000, message: 'unlucky' } } : { result };
  process.stdout.write(JSON.stringify({ jsonrpc: '2.0', id, ...answer }) + '\n');
});
`;

const POLICY = (edit: string, more = '') => `version: 1
default: require_approval
tools:
  pay:
    - { when: args.amount > 1000, action: deny, reason: Too much. }
    - { action: require_approval }
approvals: { via: [terminal], ${edit} ${more} }
`;
const META = { _meta: { 'io.modelcontextprotocol/protocolVersion': '2026-07-28' } };

interface Reply {
  result?: { content: { text: string }[]; isError?: boolean; resultType?: string };
  error?: { message: string };
}

async function start({ edit = 'edit: true', more = '', list = true } = {}) {
  const place = new Place();
  place.policy(POLICY(edit, more));
  const wrapped = Wrapped.script(place, SERVER);
  if (list) await wrapped.request('list', 'tools/list');
  const state = path.join(place.env['XDG_STATE_HOME'] ?? '', 'policy-wrap');
  const find = async (): Promise<{ inbox: string; call: WaitingCall }> => {
    for (;;) {
      const { states } = await currentInboxes(state);
      for (const { inbox, waiting } of states) if (waiting[0]) return { inbox, call: waiting[0] };
      await sleep(20);
    }
  };
  const decide = async (decision: Partial<InboxDecision>): Promise<InboxAnswer> => {
    const { inbox, call } = await find();
    const { inboxes } = await currentInboxes(state);
    return inboxes.decide(inbox, call.id, { decision: 'approve', via: 'terminal', ...decision });
  };
  const call = (id: number, argumentsText: string, params = '') =>
    wrapped.sendLine(
      `{"jsonrpc":"2.0","id":${id},"method":"tools/call","params":{"name":"pay" ,"arguments" : ${argumentsText}${params}}}`,
    );
  const answer = (id: number) => wrapped.answer<Reply>(id);
  return { place, wrapped, find, decide, call, answer };
}

const texts = ({ result }: Reply) => result?.content.map(({ text }) => text) ?? [];

describe.skipIf(elsewhere)('arguments that a person has changed', () => {
  it('are what the server gets, and the model is told', async () => {
    const { place, wrapped, find, decide, call, answer } = await start();
    call(1, '{"amount":500,"to":"Ada"}', ',"other":1.50');
    expect((await find()).call.mayEdit).toBe(true);
    const argumentsText = '{\n  "to": "Ada",\r\n  "amount": 50\n}\n';
    expect(await decide({ argumentsText, reason: 'half' })).toEqual({ ok: true });
    const [told, sent] = texts(await answer(1));
    expect(told).toContain('changed its arguments');
    expect(told).toContain('"amount": 50');
    expect(sent).toBe(
      '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"pay" ,"arguments" : {   "to": "Ada",   "amount": 50 },"other":1.50}}',
    );
    await wrapped.end();
    expect(place.audit().at(-1)).toMatchObject({
      arguments: { to: 'Ada', amount: 50 },
      outcome: 'completed',
      approval: { how: 'approved' },
      changes: [{ path: '/amount', from: 500, to: 50 }],
    });
  });

  it('are told of in an error too', async () => {
    const { decide, call, answer } = await start();
    call(1, '{"amount":500}');
    await decide({ argumentsText: '{"amount":13}' });
    expect((await answer(1)).error?.message).toMatch(/changed its arguments.*\nunlucky$/s);
  });

  it.each([
    ['{"amount":"50"}', 'At /amount: this is of type string, and integer is expected.'],
    ['{"to":"Ada"}', 'The arguments: "amount" is missing.'],
    ['{"amount":50,"amount":60}', 'The arguments cannot be read: duplicate key "amount".'],
    ['amount=50', 'The arguments cannot be read: unexpected character "a".'],
    ['[]', 'The arguments are not an object.'],
  ])('have to fit the tool: %s', async (argumentsText, message) => {
    const { decide, call, answer } = await start();
    call(1, '{"amount":500}');
    expect(await decide({ argumentsText })).toEqual({ ok: false, why: 'refused', message });
    expect(await decide({ argumentsText: '{"amount":50}' })).toEqual({ ok: true });
    expect(texts(await answer(1))[1]).toContain('{"amount":50}');
  });

  it('are judged like those of any other call', async () => {
    const { decide, call, answer } = await start();
    call(1, '{"amount":500}');
    expect(await decide({ argumentsText: '{"amount":5000}' })).toEqual({ ok: true });
    const reply = await answer(1);
    expect(reply.result?.isError).toBe(true);
    expect(texts(reply)[0]).toContain('Too much.');
  });

  it.each([
    ['the policy does not let them', { edit: '' }],
    ['nobody knows what the tool takes', { list: false }],
  ])('are refused where %s', async (_case, options) => {
    const { find, decide, call, answer } = await start(options);
    call(1, '{"amount":500}');
    expect((await find()).call.mayEdit).toBe(false);
    expect(await decide({ argumentsText: '{"amount":50}' })).toMatchObject({ ok: false, why: 'refused' });
    expect(await decide({})).toEqual({ ok: true });
    expect(texts(await answer(1))).toHaveLength(1);
  });

  it('stay changed in the rounds of the server', async () => {
    const { decide, call, answer } = await start();
    const meta = `,${JSON.stringify(META).slice(1, -1)}`;
    call(1, '{"amount":500,"ask":true}', meta);
    await decide({ argumentsText: '{"amount":50,"ask":true}' });
    expect((await answer(1)).result?.resultType).toBe('input_required');
    call(2, '{"amount":500,"ask":true}', `${meta},"requestState":"theirs"`);
    const [told, sent] = texts(await answer(2));
    expect(told).toContain('{"amount":50,"ask":true}');
    expect(sent).toContain('"arguments" : {"amount":50,"ask":true}');
    expect(sent).toContain('"requestState":"theirs"');
  });

  it('are kept for the call that is repeated', async () => {
    const { find, decide, call, answer } = await start({ more: ', hold: 1' });
    call(1, '{"amount":500}');
    await find();
    expect(texts(await answer(1))[0]).toContain('Approval pending');
    await decide({ argumentsText: '{"amount":50}' });
    call(2, '{"amount":500}');
    expect(texts(await answer(2))[1]).toContain('{"amount":50}');
  });

  it('are not changed where only their layout is', async () => {
    const { place, wrapped, decide, call, answer } = await start();
    call(1, '{"amount":500, "to":"A"}');
    await decide({ argumentsText: '{\n  "to": "\\u0041",\n  "amount": 500\n}' });
    expect(texts(await answer(1))).toEqual([expect.stringContaining('{"amount":500, "to":"A"}')]);
    await wrapped.end();
    expect(place.audit().at(-1)).not.toHaveProperty('changes');
  });

  it('do not count for later calls', async () => {
    const { find, decide, call, answer } = await start();
    call(1, '{"amount":500}');
    expect(await decide({ argumentsText: '{"amount":50}', remember: 'session' })).toEqual({
      ok: false,
      why: 'refused',
      message: 'an approval with changed arguments applies to this call only',
    });
    await decide({ argumentsText: '{"amount":50}' });
    await answer(1);
    call(2, '{"amount":500}');
    expect((await find()).call.argumentsText).toBe('{"amount":500}');
  });
});
