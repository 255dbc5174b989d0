import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ElicitResult } from '@modelcontextprotocol/sdk/types.js';
import { describe, expect, it } from 'vitest';
import type { Kind } from './clients.js';
import { eventually, NO, PERSON, type Result, userOf, YES } from './person.js';
import { fixture, npmServer } from './place.js';

const KINDS: Kind[] = ['v1', 'v2 legacy', 'v2 auto', 'v2 pinned'];
/** The server speaks both eras, so `auto` agrees on the newer one. */
const isModern = (kind: Kind) => kind === 'v2 auto' || kind === 'v2 pinned';
const POLICY =
  'version: 1\ndefault: allow\ntools: { get_sum: require_approval }\napprovals: { via: [elicitation] }\n';

const user = (kind: Kind) => userOf(kind, POLICY, () => [fixture('modern.mjs')]);
const accept = (content: Record<string, unknown>) => ({ action: 'accept', content }) as ElicitResult;

const DECLINED = { approved: false, how: 'declined', via: 'elicitation', afterMs: expect.any(Number) };
const NOBODY = { approved: false, how: 'unavailable' };
const [BY_PERSON, BY_NOBODY] = ['was declined by the person who was asked.', 'and nobody could be asked.'];

/** What the user does, after how long, and what the agent is told then. All at the same time. */
const noes: [string, ElicitResult, number, string, object][] = [
  ['declines', NO, PERSON, BY_PERSON, DECLINED],
  ['declines after half a second', NO, 500, BY_PERSON, DECLINED],
  ['closes the form', { action: 'cancel' }, PERSON, BY_NOBODY, NOBODY],
  ['chooses deny', accept({ decision: 'deny' }), PERSON, BY_PERSON, DECLINED],
  ['chooses what was not offered', accept({ decision: 'allow' }), PERSON, BY_NOBODY, NOBODY],
  ['chooses in other letters', accept({ decision: 'Allow_Once' }), PERSON, BY_NOBODY, NOBODY],
  ['chooses a list', accept({ decision: ['allow_once'] }), PERSON, BY_NOBODY, NOBODY],
  ['fills in another field', accept({ Decision: 'allow_once' }), PERSON, BY_NOBODY, NOBODY],
  ['fills in nothing', { action: 'accept' }, PERSON, BY_NOBODY, NOBODY],
  [
    'says yes under a no',
    { action: 'decline', content: { decision: 'allow_once' } },
    PERSON,
    BY_PERSON,
    DECLINED,
  ],
  ['is nobody, who declines in 50 ms', NO, 50, BY_NOBODY, NOBODY],
  ['is nobody, who closes the form in 50 ms', { action: 'cancel' }, 50, BY_NOBODY, NOBODY],
];

const textOf = ({ content }: Result) => content[0]?.text ?? '';

describe.each(KINDS)('a person behind a client %s', (kind) => {
  it('says yes: the result comes as the server has made it, structure and all', async () => {
    const { client, person, call, place } = await user(kind);
    await client.listTools();
    const result = call('get_sum', { a: 1, b: 2 });
    await person.says(1, YES);
    expect(await result).toMatchObject({ content: [{ text: '3' }], structuredContent: { sum: 3 } });
    expect((await result).isError).not.toBe(true);
    expect(person.shown).toHaveLength(1);
    await client.close();
    const approval = { approved: true, how: 'approved', via: 'elicitation', afterMs: expect.any(Number) };
    const lines = place.audit().filter(({ tool }) => tool === 'get_sum');
    expect(lines.map(({ outcome }) => outcome)).toEqual(
      isModern(kind) ? ['input_required', 'completed'] : ['completed'],
    );
    expect(lines.at(-1)).toMatchObject({ approval });
    const { afterMs } = (lines.at(-1) as { approval: { afterMs: number } }).approval;
    expect(afterMs).toBeGreaterThanOrEqual(PERSON - 50);
  });

  it('does not say yes: the agent reads why, nothing is thrown and nothing is run', async () => {
    const { client, person, call, place } = await user(kind);
    // The client knows that the tool has an outputSchema.
    await client.listTools();
    const results = noes.map((_no, a) => call('get_sum', { a, b: 0 }));
    const answered = noes.map(async ([, answer, after], a) => {
      const shown = await eventually(() => person.shown.find(({ message }) => message.includes(`"a":${a},`)));
      await sleep(after);
      shown.answer(answer);
    });
    await Promise.all(answered);
    for (const [index, [name, , , words]] of noes.entries()) {
      const refused = await results[index];
      expect(refused, name).toMatchObject({ isError: true });
      expect(refused?.structuredContent, name).toBeUndefined();
      expect(textOf(refused as Result), name).toContain(words);
    }
    expect(person.shown).toHaveLength(noes.length);
    await client.close();
    const ends = place.audit().filter(({ outcome }) => outcome !== 'input_required');
    for (const [a, [name, , , , approval]] of noes.entries()) {
      const line = ends.find((each) => (each['arguments'] as { a?: number } | undefined)?.a === a);
      expect(line, name).toMatchObject({ outcome: 'refused', action: 'require_approval', approval });
    }
  });

  it('is not reached, since the client breaks: the call is not run', async () => {
    const { client, person, call, place } = await user(kind);
    const result = call('get_sum', { a: 1, b: 2 }).catch((error: Error) => error);
    (await person.asked(1)).fail(new Error('the window is gone'));
    const refused = await result;
    // From 2026-07-28 on it is the client's own loop that fails, and it tells its caller so.
    if (isModern(kind)) expect(String(refused)).toContain('the window is gone');
    else expect(textOf(refused as Result)).toContain(BY_NOBODY);
    await client.close();
    expect(place.audit().some(({ outcome }) => outcome === 'completed')).toBe(false);
  });

  it('approves for the session: the same call is not asked about again, another one is', async () => {
    const { person, call, client, place } = await user(kind);
    const first = call('get_sum', { a: 1, b: 2 });
    await person.says(1, accept({ decision: 'allow_session' }));
    await first;
    expect(textOf(await call('get_sum', { a: 1, b: 2 }))).toBe('3');
    const other = call('get_sum', { a: 1, b: 3 });
    await person.says(2, NO);
    expect(await other).toMatchObject({ isError: true });
    await client.close();
    const lines = place.audit().filter(({ outcome }) => outcome !== 'input_required');
    expect(lines).toMatchObject([
      { outcome: 'completed', approval: { remember: { scope: 'call', for: 'session' } } },
      { outcome: 'completed', approval: { from: 'remembered' } },
      { outcome: 'refused', approval: DECLINED },
    ]);
  });

  // Whoever sees the question sees the secret; what is written down for good must not have it.
  it('sees what the audit log does not keep', async () => {
    const { person, call, client, place } = await user(kind);
    const secret = `ghp_${'a1B2'.repeat(9)}`;
    const result = call('get_sum', { a: 1, b: 2, password: secret });
    expect((await person.asked(1)).message).toContain(secret);
    await person.says(1, NO);
    await result;
    await client.close();
    expect(place.audit().length).toBeGreaterThan(0);
    expect(JSON.stringify(place.audit())).not.toContain(secret);
  });
});

describe.each<Kind>(['v1', 'v2 legacy', 'v2 auto'])('of a real server, behind a client %s', (kind) => {
  it('what is to be deleted is deleted after a yes, and stays after a no', async () => {
    const policy = 'version: 1\ndefault: allow\ntools: { "delete_*": require_approval }\n';
    const { client, person, call } = await userOf(
      kind,
      policy,
      () => [npmServer('memory')],
      ({ folder }) => ({ MEMORY_FILE_PATH: path.join(folder, 'memory.jsonl') }),
    );
    await client.listTools();
    const named = (name: string) => ({ name, entityType: 'person', observations: [] });
    await call('create_entities', { entities: [named('Ada'), named('Grace')] });
    const [ada, grace] = ['Ada', 'Grace'].map((name) => call('delete_entities', { entityNames: [name] }));
    await person.asked(2);
    const shown = (name: string) => person.shown.find(({ message }) => message.includes(name));
    await sleep(PERSON);
    shown('Grace')?.answer(NO);
    shown('Ada')?.answer(YES);
    expect(await ada).toMatchObject({ structuredContent: { success: true } });
    expect(await grace).toMatchObject({ isError: true });
    const graph = JSON.stringify(await call('read_graph'));
    expect(graph).toContain('Grace');
    expect(graph).not.toContain('Ada');
    await client.close();
  });
});
