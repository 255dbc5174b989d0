import { describe, expect, it } from 'vitest';
import { type ExchangeState, nextState } from '../../../src/proxy/calls/exchange-state.js';

const STATES: Readonly<Record<ExchangeState['at'], ExchangeState>> = {
  judging: { at: 'judging' },
  waiting: { at: 'waiting' },
  asking: { at: 'asking', question: new AbortController() },
  withdrawn: { at: 'withdrawn' },
  forwarded: { at: 'forwarded' },
  ended: { at: 'ended' },
};
const all = Object.values(STATES);

function reachable(from: ExchangeState, to: ExchangeState): boolean {
  try {
    return nextState(from, to) === to;
  } catch {
    return false;
  }
}

describe('the states of an exchange', () => {
  it.each(all)('$at: what was forwarded or has ended is not forwarded again', (to) => {
    expect(reachable(STATES.forwarded, to)).toBe(to.at === 'ended');
    expect(reachable(STATES.ended, to)).toBe(false);
  });

  it('a call that was withdrawn never runs, and nobody is asked about it again', () => {
    expect(all.filter((to) => reachable(STATES.withdrawn, to))).toEqual([STATES.ended]);
  });

  it('a call is judged again before it goes on from a person or a store', () => {
    for (const from of [STATES.waiting, STATES.asking]) {
      expect(reachable(from, STATES.judging)).toBe(true);
      expect(reachable(from, STATES.forwarded)).toBe(false);
    }
  });

  it('only what waits for somebody can be withdrawn', () => {
    expect(all.filter((from) => reachable(from, STATES.withdrawn))).toEqual([STATES.waiting, STATES.asking]);
  });

  it('every state leads to the end', () => {
    for (const from of all.filter(({ at }) => at !== 'ended'))
      expect(reachable(from, STATES.ended)).toBe(true);
  });

  it('says what cannot be', () => {
    expect(() => nextState(STATES.ended, STATES.forwarded)).toThrow(
      'a call that is ended cannot be forwarded next',
    );
  });
});
