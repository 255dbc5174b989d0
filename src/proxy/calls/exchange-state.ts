/** Where an exchange is. What may happen next depends on this alone. */
export type ExchangeState =
  /** The policy is asked. Nobody else is waited for. */
  | { at: 'judging' }
  /** The store of limits is asked. */
  | { at: 'waiting' }
  /** A person is asked; aborting takes the question back. */
  | { at: 'asking'; question: AbortController }
  /** The client no longer waits: the exchange ends as soon as who was asked has answered. */
  | { at: 'withdrawn' }
  /** The server has the call and owes the answer. */
  | { at: 'forwarded' }
  /** Answered by us or by the server, or withdrawn: nothing more is said to the client. */
  | { at: 'ended' };

type StateName = ExchangeState['at'];

const NEXT: Readonly<Record<StateName, readonly StateName[]>> = {
  judging: ['waiting', 'asking', 'forwarded', 'ended'],
  waiting: ['judging', 'asking', 'withdrawn', 'ended'],
  asking: ['judging', 'withdrawn', 'ended'],
  withdrawn: ['ended'],
  forwarded: ['ended'],
  ended: [],
};

/**
 * The next state of an exchange. A call that was forwarded or answered can be neither again: that would be a second answer.
 * @throws {Error} where the one cannot follow the other
 */
export function nextState(from: ExchangeState, to: ExchangeState): ExchangeState {
  if (!NEXT[from.at].includes(to.at)) throw new Error(`a call that is ${from.at} cannot be ${to.at} next`);
  return to;
}
