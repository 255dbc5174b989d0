import { describe, expect, it } from 'vitest';
import type { DecidedCall, DeskState, WaitingCall } from '../../../src/approvals/inbox/inbox-state.js';
import { findRemembered, findWaiting } from '../../../src/cli/approvals/approval-ids.js';

const call = (id: string) => ({ id, server: 'mail', name: 'send' }) as WaitingCall;
const gone = (id: string): DecidedCall => ({
  ...{ id, server: 'mail', name: 'send', how: 'withdrawn', via: 'none', by: undefined },
  ...{ reason: undefined, at: Date.now(), edited: false },
});
const desk = (waiting: string[], decided: string[] = []): DeskState => ({
  ...{
    desk: `d${waiting.join()}`,
    server: 'mail',
    pid: 1,
    waiting: waiting.map(call),
    decided: decided.map(gone),
  },
  remembered: [],
});

describe('the call that a person names', () => {
  it.each([
    ['its id', [desk(['abc234', 'abd234'])], 'abc234'],
    ['the beginning of it', [desk(['abc234', 'abd234'])], 'abc'],
    ['capitals', [desk(['abc234'])], 'ABC2'],
    ['another desk', [desk(['xyz234']), desk(['abc234'])], 'abc'],
    ['its id, when one that is gone is called alike', [desk(['abc234'], ['abc999'])], 'abc234'],
  ])('is found by %s', (_how, states, word) => {
    expect(findWaiting(states, word).item.id).toBe('abc234');
  });

  it.each([
    ['too short', [desk(['abc234'])], 'ab', 'too short'],
    ['nothing', [desk(['abc234'])], '', 'too short'],
    ['of none', [desk(['abc234'])], 'abd', 'no call with the id "abd" waits'],
    ['of two', [desk(['abc234', 'abc999'])], 'abc', 'may be abc234 (send on server'],
    ['of two in two places', [desk(['abc234']), desk(['abc234', 'xyz234'])], 'abc234', 'may be abc234'],
    // The person may have seen the one, and never the other.
    ['of one, and of one that has just gone', [desk(['abc234'], ['abc999'])], 'abc', 'or abc999'],
    ['of one that has gone', [desk([], ['abc234'])], 'abc', 'no longer waits: abc234'],
    ['hostile', [desk(['abc234'])], '\u001b[2J', '"\\u001b[2J"'],
  ])('is not found by what is %s', (_what, states, word, message) => {
    expect(() => findWaiting(states, word)).toThrow(message);
  });

  it('may be where nobody answers', () => {
    expect(() => findWaiting([], 'abc', 1)).toThrow('does not answer');
  });

  it('is no remembered approval', () => {
    expect(() => findRemembered([desk(['abc234'])], 'abc234')).toThrow('no approval with the id');
  });
});
