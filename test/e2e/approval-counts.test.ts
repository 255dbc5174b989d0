import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { Kind } from './clients.js';
import { answered, DENY, ModernSession, outcomeOf, stateOf } from './modern-session.js';
import { PERSON, type Result, userOf, YES } from './person.js';
import { fixture } from './place.js';

const ONCE = 'version: 1\ndefault: { action: require_approval, rate_limit: { max: 1, window: 600 } }\n';
const textOf = ({ result }: { result?: { content?: { text: string }[] } }) =>
  result?.content?.[0]?.text ?? '';

it('questions use no limit up, a refusal neither; the call that goes does, once', async () => {
  const session = ModernSession.start(ONCE);
  const states: string[] = [];
  for (let count = 0; count < 4; count++) states.push(stateOf(await session.call({ id: 1 })));
  await sleep(PERSON);
  const [no = '', yes = '', late = ''] = states;
  expect(outcomeOf(await session.call({ id: 1 }, answered(no, DENY)))).toBe('refused');
  expect(outcomeOf(await session.call({ id: 1 }, answered(yes)))).toBe('done');
  // The limit is full by now: a yes does not get around it, and nobody is bothered any more.
  expect(textOf(await session.call({ id: 1 }, answered(late)))).toContain('limited to 1 call');
  expect(textOf(await session.call({ id: 1 }))).toContain('limited to 1 call');
  expect(session.reached).toHaveLength(1);
});

it('a call and its retry are one call of the session to conditions', async () => {
  const session = ModernSession.start(`version: 1
default: deny
tools: { delete_note: { when: 'session.calls < 1', action: require_approval } }
`);
  const state = stateOf(await session.call({ id: 1 }));
  await sleep(PERSON);
  expect(outcomeOf(await session.call({ id: 1 }, answered(state)))).toBe('done');
  expect(outcomeOf(await session.call({ id: 1 }))).toBe('refused');
});

it('so are the rounds of the server', async () => {
  const session = ModernSession.start(
    `version: 1
default: deny
tools: { delete_note: { when: 'session.calls < 1', action: require_approval } }
`,
    'rounds',
  );
  const args = { state: 's' };
  const state = stateOf(await session.call(args));
  await sleep(PERSON);
  expect(outcomeOf(await session.call(args, answered(state)))).toBe('asked by the server');
  const theirs = { inputResponses: { sure: { action: 'accept', content: {} } }, requestState: 's' };
  expect(outcomeOf(await session.call(args, theirs))).toBe('done');
  expect(outcomeOf(await session.call(args, theirs))).toBe('refused');
});

it('a retry by which nobody answered is no further call of the session', async () => {
  const session = ModernSession.start(`version: 1
default: allow
tools: { delete_note: require_approval, read_note: { when: 'session.calls > 1', action: deny } }
approvals: { via: [elicitation] }
`);
  const state = stateOf(await session.call({ id: 1 }));
  expect(textOf(await session.call({ id: 1 }, answered(state, { action: 'decline' })))).toContain(
    'nobody could be asked',
  );
  expect(outcomeOf(await session.call({}, {}, 'read_note'))).toBe('done');
});

it('a call in a round of the server stays the call that it was when it has to be asked about', async () => {
  const policy = (action: string) =>
    `version: 1\ndefault: { action: ${action}, rate_limit: { max: 1, window: 600 } }\n`;
  const session = ModernSession.start(policy('allow'), 'rounds');
  expect(outcomeOf(await session.call({ state: 's' }))).toBe('asked by the server');
  session.place.policy(policy('require_approval'));
  await session.wrapped.told('the changed policy is in force');
  const theirs = { inputResponses: { sure: { action: 'accept', content: {} } }, requestState: 's' };
  const state = stateOf(await session.call({ state: 's' }, theirs));
  await sleep(PERSON);
  expect(outcomeOf(await session.call({ state: 's' }, answered(state)))).toBe('done');
  expect(session.reached.at(-1)?.params).toMatchObject(theirs);
  await session.wrapped.end();
  expect(session.place.audit()).toMatchObject([
    { outcome: 'input_required' },
    { outcome: 'input_required', approval: { how: 'asked' }, round: 1 },
    { outcome: 'completed', approval: { how: 'approved' }, round: 1 },
  ]);
});

it.each<Kind>(['v2 auto', 'v2 pinned'])(
  'a client %s brings its answers for the server along when it is asked about the call in between',
  async (kind) => {
    const { person, call, client, place } = await userOf(kind, 'version: 1\ndefault: allow\n', () => [
      fixture('modern.mjs'),
    ]);
    const result = call('delete_note', { id: 'a' });
    const theirs = await person.asked(1);
    place.policy('version: 1\ndefault: require_approval\n');
    await sleep(200);
    theirs.answer({ action: 'accept', content: { confirm: true } });
    await person.says(2, YES);
    const { content } = (await result) as Result;
    expect(content[0]?.text).toBe('a: true state of a');
    expect(person.shown).toHaveLength(2);
    await client.close();
  },
);

it('a limit that is full keeps a person from being asked, in both eras', async () => {
  const { person, call, client, place } = await userOf('v1', ONCE, () => [fixture('modern.mjs')]);
  const first = call('get_sum', { a: 1, b: 2 });
  const second = call('get_sum', { a: 2, b: 2 });
  await person.asked(2);
  await person.says(1, YES);
  await first;
  person.shown[1]?.answer(YES);
  expect((await second).content[0]?.text).toContain('limited to 1 call');
  expect((await call('get_sum', { a: 3, b: 2 })).content[0]?.text).toContain('limited to 1 call');
  expect(person.shown).toHaveLength(2);
  await client.close();
  expect(place.audit().filter(({ outcome }) => outcome === 'completed')).toHaveLength(1);
});
