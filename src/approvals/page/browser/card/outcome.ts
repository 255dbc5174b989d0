import type { DecidedCall } from '../../../inbox/inbox-state.js';

interface Outcome {
  word: string;
  look: 'is-yes' | 'is-no' | 'is-none';
}

const OUTCOMES: Readonly<Record<DecidedCall['how'], Outcome>> = {
  approved: { word: 'Approved', look: 'is-yes' },
  declined: { word: 'Denied', look: 'is-no' },
  unanswered: { word: 'Not answered in time', look: 'is-none' },
  withdrawn: { word: 'Taken back by the agent', look: 'is-none' },
  unavailable: { word: 'Nobody could be asked', look: 'is-none' },
};

/** What became of a question, in words. */
export function outcomeOf(how: DecidedCall['how'] | undefined): Outcome {
  return (how && OUTCOMES[how]) ?? { word: 'No longer waiting', look: 'is-none' };
}
