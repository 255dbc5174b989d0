import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import {
  ALLOW,
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

describe('what a call carries for the server belongs to it', () => {
  const THEIRS = { inputResponses: { a: { content: { target: 'staging' } } }, requestState: 'theirs' };
  const target = (name: string) => ({ a: { content: { target: name } } });
  const shown = ({ result }: Answer) => result?.inputRequests?.[OWN_KEY]?.params.message ?? '';
  const beside = (state: string, responses: object) => ({
    inputResponses: { ...responses, [OWN_KEY]: ALLOW },
    requestState: state,
  });

  it('and comes along with the yes, be it sent again or not', async () => {
    const session = ModernSession.start(POLICY);
    for (const again of [{}, THEIRS.inputResponses]) {
      const state = stateOf(await session.call(ARGS, THEIRS));
      await sleep(PERSON);
      expect(outcomeOf(await session.call(ARGS, beside(state, again)))).toBe('done');
      expect(session.reached.at(-1)?.params).toMatchObject(THEIRS);
    }
    expect(JSON.stringify(session.reached)).not.toContain(OWN_KEY);
  });

  it.each([
    ['another answer', target('prod')],
    ['one answer more', { ...THEIRS.inputResponses, b: {} }],
    ['a number spelled otherwise', { a: { content: { target: 1.5 } } }],
  ])('so a yes with %s is none', async (_case, responses) => {
    const session = ModernSession.start(POLICY);
    const state = stateOf(await session.call(ARGS, THEIRS));
    await sleep(PERSON);
    const asked = await session.call(ARGS, beside(state, responses));
    expect(outcomeOf(asked)).toBe('asked');
    expect(session.place.recorded()).toBeUndefined();
    // The form shows what the next yes lets go.
    const written = JSON.stringify({ inputResponses: responses }).slice(1, -1);
    expect(shown(asked)).toContain(written);
    await sleep(PERSON);
    expect(outcomeOf(await session.call(ARGS, answered(stateOf(asked))))).toBe('done');
    expect(session.reached.map(({ params }) => params['inputResponses'])).toEqual([responses]);
    // The first question has had no answer.
    expect(outcomeOf(await session.call(ARGS, answered(state)))).toBe('done');
    expect(session.reached.at(-1)?.params).toMatchObject(THEIRS);
  });

  it('so a call that is allowed for the session is not with other answers or state', async () => {
    const session = ModernSession.start(POLICY);
    const state = stateOf(await session.call(ARGS));
    await sleep(PERSON);
    const always = { action: 'accept', content: { decision: 'allow_session' } };
    expect(outcomeOf(await session.call(ARGS, answered(state, always)))).toBe('done');
    expect(outcomeOf(await session.call(ARGS))).toBe('done');
    for (const more of [{ requestState: 'prod-token' }, { inputResponses: target('prod') }, THEIRS])
      expect(outcomeOf(await session.call(ARGS, more))).toBe('asked');
    expect(session.reached).toHaveLength(2);
  });

  it('and is shown of a resource too', async () => {
    const session = ModernSession.start(`${POLICY}resources: { "*": require_approval }\n`);
    const asked = await session.send('resources/read', { uri: 'x:1' }, THEIRS);
    expect(shown(asked)).toContain('"target":"staging"');
    expect(shown(asked)).toContain('"requestState":"theirs"');
  });
});
