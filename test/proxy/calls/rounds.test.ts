import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../src/platform/digest.js';
import { Rounds } from '../../../src/proxy/calls/rounds.js';

const MINUTE = 60_000;
const ASKED = { requestState: 's', keys: new Set(['sure']), asks: [] };
const CALL = { digest: 'call', number: 0, approval: undefined, calls: 0 };
const RETRY = { digest: 'call', state: digestOf('s'), keys: [digestOf('sure')] };

function rounds() {
  const clock = { now: 0 };
  return { clock, rounds: new Rounds(() => clock.now) };
}

describe('a round that waits for its retry', () => {
  it('is carried on once', () => {
    const { rounds: waiting } = rounds();
    waiting.open(ASKED, CALL);
    expect(waiting.resume(RETRY)).toMatchObject({ digest: 'call', number: 1 });
    expect(waiting.resume(RETRY)).toBeUndefined();
  });

  it.each([
    ['another state', { state: digestOf('made up') }],
    ['no state', { state: undefined }],
    ['an answer to what was not asked', { keys: [digestOf('sure'), digestOf('made up')] }],
    ['another call', { digest: 'other call' }],
  ])('is not carried on by a request with %s, and waits on', (_, other) => {
    const { rounds: waiting } = rounds();
    waiting.open(ASKED, CALL);
    expect(waiting.resume({ ...RETRY, ...other })).toBeUndefined();
    expect(waiting.resume(RETRY)).toBeDefined();
  });

  it('without a state is carried on by an answer only', () => {
    const { rounds: waiting } = rounds();
    waiting.open({ ...ASKED, requestState: undefined }, CALL);
    expect(waiting.resume({ ...RETRY, state: undefined, keys: [] })).toBeUndefined();
    expect(waiting.resume({ ...RETRY, state: undefined })).toBeDefined();
  });

  it('is carried on ten times: one more retry is a call of its own', () => {
    const { rounds: waiting } = rounds();
    let numbers: (number | undefined)[] = [];
    for (let number = 0; number <= 10; number++) {
      waiting.open(ASKED, { ...CALL, number });
      numbers = [...numbers, waiting.resume(RETRY)?.number];
    }
    expect(numbers).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, undefined]);
  });

  it('is forgotten after half an hour', () => {
    const { clock, rounds: waiting } = rounds();
    waiting.open(ASKED, CALL);
    clock.now = 29 * MINUTE;
    waiting.open(ASKED, CALL);
    clock.now = 31 * MINUTE;
    expect(waiting.resume(RETRY)).toBeDefined();
    expect(waiting.resume(RETRY)).toBeUndefined();
  });

  it('gives way to newer ones when there are a thousand', () => {
    const { rounds: waiting } = rounds();
    waiting.open(ASKED, CALL);
    for (let other = 0; other < 1_000; other++) waiting.open(ASKED, { ...CALL, digest: `other ${other}` });
    expect(waiting.resume(RETRY)).toBeUndefined();
    expect(waiting.resume({ ...RETRY, digest: 'other 0' })).toBeDefined();
  });

  it('is not kept when the server asks for more than a hundred things', () => {
    const { rounds: waiting } = rounds();
    const keys = new Set(Array.from({ length: 101 }, (_, index) => `key ${index}`));
    waiting.open({ ...ASKED, keys }, CALL);
    expect(waiting.resume({ ...RETRY, keys: [digestOf('key 1')] })).toBeUndefined();
  });

  it('keeps what a person has said of the call', () => {
    const { rounds: waiting } = rounds();
    const approval = { approved: true, via: 'none' as const, how: 'approved' as const };
    waiting.open(ASKED, { ...CALL, approval });
    expect(waiting.resume(RETRY)?.approval).toBe(approval);
  });
});

describe('digestOf', () => {
  it('tells apart where one text ends and the next begins', () => {
    expect(digestOf('ab', 'c')).not.toBe(digestOf('a', 'bc'));
    expect(digestOf('')).not.toBe(digestOf());
  });
});
