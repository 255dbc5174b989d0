import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import type { Kind } from './clients.js';
import { type Answer, ModernSession, outcomeOf } from './modern-session.js';
import { NO, type Result, userOf } from './person.js';
import { fixture, Place, PROGRAM } from './place.js';
import { Wrapped } from './program.js';

const KINDS: Kind[] = ['v1', 'v2 legacy', 'v2 auto', 'v2 pinned'];
const BOTH = `version: 1
default: allow
tools: { get_sum: require_approval }
approvals: { via: [elicitation, terminal] }
`;
const textOf = ({ content }: Result) => content[0]?.text ?? '';

interface Waiting {
  id: string;
  name: string;
  argumentsText: string;
}

/** A shell of the same user. */
function shell(place: Place, ...args: string[]) {
  const options = { cwd: place.work, env: place.env, extendEnv: false, reject: false } as const;
  return execa(process.execPath, [PROGRAM, ...args], options);
}

/** What waits for a person at a terminal. */
async function waiting(place: Place): Promise<Waiting[]> {
  const { stdout } = await shell(place, 'approvals', '--json');
  return (JSON.parse(stdout || '{"waiting":[]}') as { waiting: Waiting[] }).waiting;
}

/** Decides about the one call that waits, once it does. */
async function decide(place: Place, decision: 'approve' | 'deny'): Promise<Waiting> {
  for (;;) {
    const [one] = await waiting(place);
    if (one === undefined) continue;
    expect(await shell(place, decision, one.id)).toMatchObject({ exitCode: 0 });
    return one;
  }
}

describe.each(KINDS)('behind a client %s, somebody at a terminal', (kind) => {
  it('is asked when the client declines at once, and not when its user says no', async () => {
    const { person, call, client, place } = await userOf(kind, BOTH, () => [fixture('modern.mjs')]);
    const first = call('get_sum', { a: 1, b: 2 });
    await person.says(1, NO, 20);
    expect(await decide(place, 'approve')).toMatchObject({ name: 'get_sum', argumentsText: '{"a":1,"b":2}' });
    expect(await first).toMatchObject({ structuredContent: { sum: 3 } });
    const second = call('get_sum', { a: 2, b: 2 });
    await person.says(2, NO, 500);
    expect(textOf(await second)).toContain('was declined by the person who was asked.');
    expect(await waiting(place)).toEqual([]);
    expect(person.shown).toHaveLength(2);
    await client.close();
    const lines = place.audit().filter(({ outcome }) => outcome !== 'input_required');
    expect(lines).toMatchObject([
      { outcome: 'completed', approval: { how: 'approved', via: 'terminal', by: expect.any(String) } },
      { outcome: 'refused', approval: { how: 'declined', via: 'elicitation' } },
    ]);
  });
});

it('a client of 2026-07-28 is told that its call waits for somebody at a terminal', async () => {
  const policy = BOTH.replace('[elicitation, terminal]', '[terminal]');
  const { call, client, place } = await userOf('v2 pinned', policy, () => [fixture('modern.mjs')]);
  const progress: number[] = [];
  const onprogress = (each: { progress: number }) => progress.push(each.progress);
  const options = { timeout: 2_000, resetTimeoutOnProgress: true, onprogress };
  const result = call('get_sum', { a: 1, b: 2 }, options);
  await sleep(2_500);
  await decide(place, 'approve');
  expect(await result).toMatchObject({ structuredContent: { sum: 3 } });
  expect(progress.length).toBeGreaterThanOrEqual(2);
  await client.close();
});

it('an approval that comes late is for the answers that a task gets, and for no others', async () => {
  const session = ModernSession.start(`version: 1
default: allow
methods: { tasks/update: require_approval }
approvals: { via: [terminal], hold: 1 }
`);
  const update = (answer: string) =>
    session.send('tasks/update', { taskId: 't', inputResponses: { sure: { action: answer } } });
  expect((await update('accept')).error?.message).toContain('Approval pending: tasks/update');
  await decide(session.place, 'approve');
  expect((await update('decline')).error?.message).toContain('Approval pending: tasks/update');
  expect(session.place.recorded()).toBeUndefined();
  expect(outcomeOf(await update('accept'))).toBe('done');
  expect(session.reached).toHaveLength(1);
});

describe('a batch of 2025-03-26', () => {
  const call = (id: number, name: string) => ({ jsonrpc: '2.0', id, method: 'tools/call', params: { name } });

  async function start(hold: string) {
    const place = new Place();
    place.policy(`version: 1
default: allow
tools: { delete_note: require_approval }
approvals: { via: [terminal], hold: ${hold} }
`);
    const wrapped = Wrapped.recorder(place);
    await wrapped.request('start', 'initialize', { protocolVersion: '2025-03-26', capabilities: {} });
    const array = async () => {
      for (;;) {
        const line = wrapped.lines.find((text) => text.startsWith('['));
        if (line !== undefined) return JSON.parse(line) as (Answer & { id: number })[];
        await sleep(5);
      }
    };
    const alone = () => wrapped.lines.filter((line) => !line.startsWith('[')).length;
    return { place, wrapped, array, alone };
  }

  it.each(['approve', 'deny'] as const)('waits for the call in it: %s', async (decision) => {
    const { place, wrapped, array, alone } = await start('100');
    wrapped.sendLine(JSON.stringify([call(1, 'read_note'), call(2, 'delete_note'), call(3, 'read_note')]));
    await wrapped.request(4, 'ping');
    expect(wrapped.lines.some((line) => line.startsWith('['))).toBe(false);
    await decide(place, decision);
    const answers = await array();
    const ends = answers.map((answer) => `${answer.id} ${outcomeOf(answer)}`).sort();
    expect(ends).toEqual(['1 done', decision === 'approve' ? '2 done' : '2 refused', '3 done']);
    expect(alone()).toBe(2);
    expect(place.recorded()?.includes('delete_note')).toBe(decision === 'approve');
  });

  it('leaves when the call in it has been held for long enough', async () => {
    const { wrapped, array } = await start('1');
    wrapped.sendLine(JSON.stringify([call(1, 'read_note'), call(2, 'delete_note')]));
    const pending = (await array()).find(({ id }) => id === 2);
    expect(pending?.result?.content?.[0]?.text).toContain('Approval pending: delete_note');
  });

  it('leaves without the call that the client has taken back', async () => {
    const { place, wrapped, array } = await start('100');
    wrapped.sendLine(JSON.stringify([call(1, 'read_note'), call(2, 'delete_note')]));
    while ((await waiting(place)).length === 0) await sleep(20);
    wrapped.send({ method: 'notifications/cancelled', params: { requestId: 2 } });
    expect((await array()).map(({ id }) => id)).toEqual([1]);
    expect(await waiting(place)).toEqual([]);
    expect(place.recorded()).not.toContain('delete_note');
  });
});

it('an approval that comes late is for what the call carried for the server, and for nothing else', async () => {
  const session = ModernSession.start(`version: 1
default: require_approval
approvals: { via: [terminal], hold: 1 }
`);
  const theirs = { inputResponses: { sure: { content: { target: 'prod' } } }, requestState: 'theirs' };
  for (const [id, carried, other] of [
    [7, {}, theirs],
    [8, theirs, {}],
  ] as const) {
    expect(outcomeOf(await session.call({ id }, carried))).toBe('refused');
    await decide(session.place, 'approve');
    expect(outcomeOf(await session.call({ id }, other))).toBe('refused');
    await decide(session.place, 'deny');
    expect(outcomeOf(await session.call({ id }, carried))).toBe('done');
  }
  expect(session.reached.map(({ params }) => params['requestState'])).toEqual([undefined, 'theirs']);
});
