import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ALLOW, answered, DENY, META, ModernSession, OWN_KEY, outcomeOf, stateOf } from './modern-session.js';
import { PERSON } from './person.js';
import { Place } from './place.js';

const POLICY =
  'version: 1\ndefault: allow\napprovals: { via: [elicitation] }\ntools: { "*_note": require_approval }\n';
const ARGS = { id: 7 };
const PARAMS = { name: 'delete_note', arguments: ARGS };

/** The last character of the signature carries bits that no reader looks at, so the first is changed. */
function otherSignature(state: string): string {
  const [prefix, payload, signature = ''] = state.split('.');
  return `${prefix}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
}

function laterEnd(state: string): string {
  const [prefix, payload = '', signature] = state.split('.');
  const written = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { ends: number };
  const later = Buffer.from(JSON.stringify({ ...written, ends: written.ends + 1e9 })).toString('base64url');
  return `${prefix}.${later}.${signature}`;
}

/** Retries by which nobody has said yes to this very call. */
const forgeries: [string, (state: string) => object][] = [
  ['no state', () => ({ inputResponses: { [OWN_KEY]: ALLOW } })],
  ['an empty state', () => answered('')],
  ['a made-up state', () => answered(`pw1.e30.${'A'.repeat(43)}`)],
  ['the beginning of a state', () => answered('pw1.')],
  ['a very long state', () => answered(`pw1.${'A'.repeat(100_000)}.${'A'.repeat(43)}`)],
  ['another signature', (state) => answered(otherSignature(state))],
  ['a later end', (state) => answered(laterEnd(state))],
  ['blanks before the state', (state) => answered(` ${state}`)],
  ['a line end behind the state', (state) => answered(`${state}\n`)],
  ['another task', (state) => ({ ...answered(state), task: { ttl: 1 } })],
  ['another key', (state) => ({ ...answered(state), inputResponses: { approval: ALLOW } })],
  [
    'the key in other letters',
    (state) => ({ ...answered(state), inputResponses: { 'Policy-Wrap:approval': ALLOW } }),
  ],
  ['a state that is a number', (state) => ({ ...answered(state), requestState: 1 })],
  ['answers in a list', (state) => ({ ...answered(state), inputResponses: [ALLOW] })],
  [
    'a list of decisions',
    (state) => answered(state, { action: 'accept', content: [{ decision: 'allow_once' }] }),
  ],
  ['a yes in capitals', (state) => answered(state, { action: 'ACCEPT', content: ALLOW.content })],
];

describe('a yes of a client of 2026-07-28 counts for nothing', () => {
  it('where it is forged', async () => {
    const session = ModernSession.start(POLICY);
    const states: string[] = [];
    for (const _each of forgeries) states.push(stateOf(await session.call(ARGS)));
    await sleep(PERSON);
    for (const [index, [name, more]] of forgeries.entries())
      expect(outcomeOf(await session.call(ARGS, more(states[index] ?? ''))), name).not.toBe('done');
    await session.send('ping', {});
    expect(session.reached.map(({ method }) => method)).toEqual(['ping']);
  });

  it('after it has counted once, whatever it was', async () => {
    const session = ModernSession.start(POLICY);
    const [yes, no] = [stateOf(await session.call(ARGS)), stateOf(await session.call(ARGS))];
    await sleep(PERSON);
    expect(outcomeOf(await session.call(ARGS, answered(yes)))).toBe('done');
    expect(outcomeOf(await session.call(ARGS, answered(yes)))).toBe('asked');
    expect(outcomeOf(await session.call(ARGS, answered(no, DENY)))).toBe('refused');
    expect(outcomeOf(await session.call(ARGS, answered(no)))).toBe('asked');
    expect(session.reached).toHaveLength(1);
  });

  it('when its state came back before, without it', async () => {
    const session = ModernSession.start(POLICY);
    const state = stateOf(await session.call(ARGS));
    await sleep(PERSON);
    expect(outcomeOf(await session.call(ARGS, { requestState: state }))).toBe('asked');
    expect(outcomeOf(await session.call(ARGS, answered(state)))).toBe('asked');
    expect(session.place.recorded()).toBeUndefined();
  });

  it('when the policy has changed since, also where it asks all the same', async () => {
    const session = ModernSession.start(POLICY);
    const state = stateOf(await session.call(ARGS));
    await sleep(PERSON);
    session.place.policy(`${POLICY}prompts: { x: deny }\n`);
    await session.wrapped.told('the changed policy is in force');
    expect(outcomeOf(await session.call(ARGS, answered(state)))).toBe('asked');
    expect(session.place.recorded()).toBeUndefined();
  });

  it('when it was given to an earlier run', async () => {
    const place = new Place();
    const first = ModernSession.start(POLICY, 'recorder', place);
    const state = stateOf(await first.call(ARGS));
    await sleep(PERSON);
    await first.wrapped.end();
    const second = ModernSession.start(POLICY, 'recorder', place);
    const again = await second.call(ARGS, answered(state));
    expect(outcomeOf(again)).toBe('asked');
    expect(place.recorded()).toBeUndefined();
    await sleep(PERSON);
    expect(outcomeOf(await second.call(ARGS, answered(stateOf(again))))).toBe('done');
  });

  it('for another kind of request', async () => {
    const session = ModernSession.start(`${POLICY}prompts: { "*": require_approval }\n`);
    const state = stateOf(await session.call(ARGS));
    await sleep(PERSON);
    expect(outcomeOf(await session.send('prompts/get', PARAMS, answered(state)))).toBe('asked');
    expect(outcomeOf(await session.call(ARGS, answered(state)))).toBe('done');
  });
});

it('what the server gets of an approved call is what came, without our parts', async () => {
  const session = ModernSession.start(POLICY);
  const { wrapped } = session;
  const args = String.raw`{"n":12345678901234567890,  "e":1e400,"\u0061":"ä€😀"}`;
  const line = (id: number, more = '') =>
    `{"jsonrpc":"2.0", "id":${id},"method":"tools/c\\u0061ll","params": { "name":"delete_note"${more} ,"arguments":${args}, "_meta":${JSON.stringify(META)} }}`;
  wrapped.sendLine(line(1));
  const state = stateOf(await wrapped.answer(1));
  await sleep(PERSON);
  const spelled = state.replace('pw1', String.raw`p\u00771`);
  const own = `{"policy-wrap\\u003aapproval":${JSON.stringify(ALLOW)}}`;
  wrapped.sendLine(line(2, `, "inputResponses" : ${own},"requestState":"${spelled}"`));
  expect(outcomeOf(await wrapped.answer(2))).toBe('done');
  expect(session.place.recorded()).toBe(`${line(2)}\n`);
});

it('text of the server that looks like our state comes back to it as it was', async () => {
  const session = ModernSession.start(POLICY, 'rounds');
  const args = { state: `pw1.e30.${'A'.repeat(43)}` };
  const SURE = { sure: { action: 'accept', content: {} } };
  const state = stateOf(await session.call(args));
  await sleep(PERSON);
  expect(await session.call(args, answered(state))).toHaveProperty('result.requestState', args.state);
  const theirs = { inputResponses: SURE, requestState: args.state };
  expect(outcomeOf(await session.call(args, theirs))).toBe('done');
  expect(session.reached.at(-1)?.params).toMatchObject(theirs);
  // Once: nothing that the server waits for comes back under it a second time.
  const again = await session.call(args, theirs);
  expect(outcomeOf(again)).toBe('asked');
  await sleep(PERSON);
  await session.call(args, answered(stateOf(again)));
  expect(session.reached.at(-1)?.params).not.toHaveProperty('requestState');
  expect(session.reached.at(-1)?.params).toMatchObject({ inputResponses: SURE });
});

it('answers for the server beside ours reach it, ours do not', async () => {
  const session = ModernSession.start(POLICY, 'rounds');
  const state = stateOf(await session.call({}, { inputResponses: { a: 1, b: 2 }, requestState: 'theirs' }));
  await sleep(PERSON);
  const beside = { inputResponses: { b: 3, [OWN_KEY]: ALLOW, c: 4 }, requestState: state };
  expect(outcomeOf(await session.call({}, beside))).toBe('done');
  const [{ params } = { params: {} }] = session.reached;
  expect(params).toMatchObject({ inputResponses: { a: 1, b: 3, c: 4 }, requestState: 'theirs' });
  expect(JSON.stringify(session.reached)).not.toContain(OWN_KEY);
});
