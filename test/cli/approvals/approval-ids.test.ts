import { describe, expect, it } from 'vitest';
import type { DecidedCall, InboxState, WaitingCall } from '../../../src/approvals/inbox/inbox-state.js';
import { findRemembered, findWaiting } from '../../../src/cli/approvals/approval-ids.js';

const call = (id: string) => ({ id, server: 'mail', name: 'send' }) as WaitingCall;
const gone = (id: string): DecidedCall => ({
  ...{ id, server: 'mail', name: 'send', how: 'withdrawn', via: 'none', by: undefined },
  ...{ reason: undefined, at: Date.now(), edited: false },
});
const inbox = (waiting: string[], decided: string[] = []): InboxState => ({
  ...{
    inbox: `d${waiting.join()}`,
    server: 'mail',
    pid: 1,
    waiting: waiting.map(call),
    decided: decided.map(gone),
  },
  remembered: [],
});

describe('the call that a person names', () => {
  it.each([
    ['its id', [inbox(['abc234', 'abd234'])], 'abc234'],
    ['the beginning of it', [inbox(['abc234', 'abd234'])], 'abc'],
    ['capitals', [inbox(['abc234'])], 'ABC2'],
    ['another inbox', [inbox(['xyz234']), inbox(['abc234'])], 'abc'],
    ['its id, when one that is gone is called alike', [inbox(['abc234'], ['abc999'])], 'abc234'],
  ])('is found by %s', (_how, states, word) => {
    expect(findWaiting(states, word).item.id).toBe('abc234');
  });

  it.each([
    ['too short', [inbox(['abc234'])], 'ab', 'too short'],
    ['nothing', [inbox(['abc234'])], '', 'too short'],
    ['of none', [inbox(['abc234'])], 'abd', 'no call with the id "abd" waits'],
    ['of two', [inbox(['abc234', 'abc999'])], 'abc', 'may be abc234 (send on server'],
    ['of two in two places', [inbox(['abc234']), inbox(['abc234', 'xyz234'])], 'abc234', 'may be abc234'],
    // The person may have seen the one, and never the other.
    ['of one, and of one that has just gone', [inbox(['abc234'], ['abc999'])], 'abc', 'or abc999'],
    ['of one that has gone', [inbox([], ['abc234'])], 'abc', 'is no longer waiting: abc234'],
    ['hostile', [inbox(['abc234'])], '\u001b[2J', '"\\u001b[2J"'],
  ])('is not found by what is %s', (_what, states, word, message) => {
    expect(() => findWaiting(states, word)).toThrow(message);
  });

  it('may be where nobody answers', () => {
    expect(() => findWaiting([], 'abc', 1)).toThrow('does not answer');
  });

  it('is no remembered approval', () => {
    expect(() => findRemembered([inbox(['abc234'])], 'abc234')).toThrow('no approval with the id');
  });
});
