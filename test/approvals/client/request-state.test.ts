import { describe, expect, it } from 'vitest';
import { isOurs, RequestStates } from '../../../src/approvals/client/request-state.js';
import type { CallKey } from '../../../src/approvals/queue/grants.js';

const CALL: CallKey = {
  server: 'fs',
  kind: 'tool',
  name: 'delete_file',
  digest: 'arguments',
  policy: 'policy',
  definition: undefined,
};

function states() {
  const clock = { now: 1_000_000 };
  return { clock, made: new RequestStates<string>(() => clock.now) };
}

describe('a state', () => {
  it('gives back what was kept with it, once', () => {
    const { made } = states();
    const state = made.issue(CALL, 1_000, 'kept');
    expect(made.redeem(state, { ...CALL })).toEqual({ verdict: 'valid', kept: 'kept' });
    expect(made.redeem(state, CALL)).toEqual({ verdict: 'used' });
  });

  it('expires', () => {
    const { clock, made } = states();
    const state = made.issue(CALL, 1_000, 'kept');
    clock.now += 1_000;
    expect(made.redeem(state, CALL)).toEqual({ verdict: 'expired' });
    clock.now -= 1;
    expect(made.redeem(state, CALL)).toEqual({ verdict: 'valid', kept: 'kept' });
  });

  it.each<[string, Partial<CallKey>]>([
    ['server', { server: 'other' }],
    ['kind', { kind: 'prompt' }],
    ['name', { name: 'read_file' }],
    ['arguments', { digest: 'others' }],
    ['policy', { policy: 'stricter' }],
    ['definition', { definition: 'new' }],
    ['names that run together', { server: 'fstool', name: 'ldelete_file' }],
  ])('does not count for another call: %s', (_, change) => {
    const { made } = states();
    const state = made.issue(CALL, 1_000, 'kept');
    expect(made.redeem(state, { ...CALL, ...change })).toEqual({ verdict: 'other call' });
    expect(made.redeem(state, CALL).verdict).toBe('valid');
  });

  it('is foreign to every other process', () => {
    const state = states().made.issue(CALL, 1_000, 'kept');
    expect(isOurs(state)).toBe(true);
    expect(states().made.redeem(state, CALL)).toEqual({ verdict: 'foreign' });
  });

  it('is foreign with any character changed, added or left out', () => {
    const { made } = states();
    const state = made.issue(CALL, 1_000, 'kept');
    for (let at = 0; at < state.length; at++) {
      const other = state[at] === 'A' ? 'B' : 'A';
      for (const forged of [
        state.slice(0, at) + other + state.slice(at + 1),
        state.slice(0, at) + state.slice(at + 1),
        state.slice(0, at) + other + state.slice(at),
      ])
        expect(forged === state || made.redeem(forged, CALL).verdict === 'foreign', forged).toBe(true);
    }
    for (const forged of [`${state}=`, `${state}\n`, `${state}.`, state.toUpperCase(), ` ${state}`])
      expect(made.redeem(forged, CALL).verdict).toBe('foreign');
    expect(made.redeem(state, CALL).verdict).toBe('valid');
  });

  it.each([
    '',
    'pw1.',
    'pw1..',
    'pw1.a.b',
    `pw1.${'A'.repeat(9_000_000)}.${'A'.repeat(43)}`,
    `pw1.e30.${'é'.repeat(43)}`,
  ])('is foreign when it is malformed', (state) => {
    expect(states().made.redeem(state, CALL)).toEqual({ verdict: 'foreign' });
  });

  it('says nothing of the call', () => {
    const state = states().made.issue({ ...CALL, name: 'secret_name' }, 1_000, 'secret_kept');
    const payload = Buffer.from(state.split('.')[1] ?? '', 'base64url').toString();
    expect(Object.keys(JSON.parse(payload))).toEqual(['version', 'nonce', 'ends', 'call']);
    expect(payload).not.toMatch(/secret|arguments|policy/);
    expect(state.length).toBeLessThan(400);
  });

  it('is different each time', () => {
    const { made } = states();
    expect(made.issue(CALL, 1_000, '')).not.toBe(made.issue(CALL, 1_000, ''));
  });
});

describe('what is kept', () => {
  it('is bounded in number: the oldest is forgotten', () => {
    const { made } = states();
    const issued = Array.from({ length: 1_001 }, (_, index) => made.issue(CALL, 1_000, String(index)));
    expect(made.redeem(issued[0] ?? '', CALL)).toEqual({ verdict: 'used' });
    expect(made.redeem(issued[1] ?? '', CALL)).toEqual({ verdict: 'valid', kept: '1' });
  });

  it('is bounded in size', () => {
    const { made } = states();
    const large = 20 * 1024 * 1024;
    const [first, second] = [made.issue(CALL, 1_000, 'a', large), made.issue(CALL, 1_000, 'b', large)];
    expect(made.redeem(first ?? '', CALL)).toEqual({ verdict: 'used' });
    expect(made.redeem(second ?? '', CALL)).toEqual({ verdict: 'valid', kept: 'b' });
  });

  it('makes room when it has expired', () => {
    const { clock, made } = states();
    for (let index = 0; index < 1_000; index++) made.issue(CALL, 10, 'old');
    const late = made.issue(CALL, 1_000, 'late');
    clock.now += 10;
    const issued = Array.from({ length: 999 }, () => made.issue(CALL, 1_000, 'new'));
    for (const state of [late, ...issued]) expect(made.redeem(state, CALL).verdict).toBe('valid');
  });
});
