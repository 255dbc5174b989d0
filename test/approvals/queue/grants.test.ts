import { describe, expect, it } from 'vitest';
import { type CallKey, Grants, isSameCall } from '../../../src/approvals/queue/grants.js';
import type { Approval } from '../../../src/core/policy/decide/approval.js';

const key: CallKey = {
  server: 'notes',
  kind: 'tool',
  name: 'delete_note',
  digest: 'one',
  policy: 'policy',
  definition: undefined,
};
const yes: Approval = { approved: true, via: 'page', how: 'approved' };
const no: Approval = { approved: false, via: 'page', how: 'declined' };
const otherCall = { ...key, digest: 'other' };

describe('an approval that is taken back', () => {
  it.each(['call', 'tool'] as const)('lets nothing go, also not as a late answer: %s', (scope) => {
    const grants = new Grants();
    grants.remember(key, yes, { scope, for: 'session' }, '{}');
    grants.grant(key, yes, 60_000);
    const [{ id = '' } = {}] = grants.remembered();
    expect(grants.revoke(id)).toBe(true);
    expect(grants.recall(key)).toBeUndefined();
    expect(grants.takeGrant(key)).toBeUndefined();
    expect(grants.revoke(id)).toBe(false);
  });

  it('takes no other answer with it', () => {
    const grants = new Grants();
    grants.remember(key, yes, { scope: 'call', for: 'session' }, '{}');
    grants.grant(otherCall, yes, 60_000);
    grants.grant(key, no, 60_000);
    grants.revoke(grants.remembered()[0]?.id ?? '');
    expect(grants.takeGrant(otherCall)?.approval.approved).toBe(true);
    expect(grants.takeGrant(key)?.approval.how).toBe('declined');
  });
});

/** The same call but for one thing, each another call. */
const OTHERS: [keyof CallKey, CallKey][] = [
  ['server', { ...key, server: 'mail' }],
  ['kind', { ...key, kind: 'prompt' }],
  ['name', { ...key, name: 'delete_notes' }],
  ['digest', { ...key, digest: 'other' }],
  ['policy', { ...key, policy: 'other' }],
  ['definition', { ...key, definition: 'other' }],
];

describe('what is said of one call', () => {
  it.each(OTHERS)('is not said of one of another %s', (_, other) => {
    expect(isSameCall(key, { ...key })).toBe(true);
    expect(isSameCall(key, other)).toBe(false);
    const grants = new Grants();
    grants.grant(key, yes, 60_000);
    grants.remember(key, yes, { scope: 'call', for: 'session' }, '{}');
    expect(grants.recall(other)).toBeUndefined();
    expect(grants.takeGrant(other)).toBeUndefined();
    expect(grants.takeGrant(key)?.approval.approved).toBe(true);
    expect(grants.recall(key)?.approved).toBe(true);
  });

  it.each(OTHERS)(
    'of all calls of a tool is not said where the %s is another, but for the arguments',
    (what, other) => {
      const grants = new Grants();
      grants.remember(key, yes, { scope: 'tool', for: 'session' }, '{}');
      expect(grants.recall(other)?.approved).toBe(what === 'digest' ? true : undefined);
    },
  );

  it('is said once where it came late, and again where the call did not go', () => {
    const grants = new Grants();
    grants.grant(key, yes, 60_000);
    grants.takeGrant(key)?.giveBack();
    expect(grants.takeGrant(key)).toBeDefined();
    expect(grants.takeGrant(key)).toBeUndefined();
  });

  it('ends when its time is over', () => {
    let now = 1_000;
    const grants = new Grants(() => now);
    grants.grant(key, yes, 500);
    grants.remember(otherCall, yes, { scope: 'call', for: 500 }, '{}');
    now = 1_499;
    expect(grants.recall(otherCall)).toBeDefined();
    now = 1_500;
    expect(grants.recall(otherCall)).toBeUndefined();
    expect(grants.takeGrant(key)).toBeUndefined();
  });
});

it('long arguments count all the same, and are not kept to be shown', () => {
  const grants = new Grants();
  grants.remember(key, yes, { scope: 'call', for: 'session' }, JSON.stringify({ text: 'x'.repeat(20_000) }));
  grants.remember(otherCall, yes, { scope: 'call', for: 'session' }, '{"n":1}');
  expect(grants.remembered().map(({ argumentsText }) => argumentsText)).toEqual([undefined, '{"n":1}']);
  expect(grants.recall(key)?.from).toBe('remembered');
});

describe('what is remembered', () => {
  it('is shown in a bounded part of its texts, and counts all the same', () => {
    const grants = new Grants();
    // As JSON within JSON, what this says takes six times as much.
    const argumentsText = JSON.stringify('\u0001'.repeat(2_600));
    const name = 'n'.repeat(7_000);
    const keys = Array.from({ length: 1_000 }, (_, index) => ({ ...key, name, digest: String(index) }));
    for (const each of keys) grants.remember(each, yes, { scope: 'call', for: 'session' }, argumentsText);
    const shown = grants.remembered();
    expect(shown).toHaveLength(1_000);
    expect(shown[0]?.argumentsText).toBe(argumentsText);
    expect(shown.at(-1)?.argumentsText).toBeUndefined();
    expect(JSON.stringify(shown).length).toBeLessThan(8 * 1024 * 1024);
    for (const each of keys) expect(grants.recall(each)).toBeDefined();
  });
});
