import { Refusal } from './refusal.js';

const GUIDELINES = new Map([
  ['sizing', 'Size a broker by its connections and unacknowledged messages first, and by throughput second.'],
  [
    'queues',
    'Use quorum queues for what must not be lost. Keep queues short: a queue is a buffer, not a store.',
  ],
  [
    'connections',
    'Open one long-lived connection per process and channels within it. Never one per message.',
  ],
  [
    'availability',
    'Run three nodes in three zones, and reboot one broker at a time, inside the maintenance window.',
  ],
  ['security', 'Keep brokers private, give every service a user of its own, and rotate passwords.'],
]);

export const guidelineNames: readonly string[] = [...GUIDELINES.keys()];

/** Throws a Refusal for a name that there is no text for. */
export function guidelineOf(name: string): string {
  const guideline = GUIDELINES.get(name);
  if (guideline === undefined)
    throw new Refusal(`There is no guideline ${name}: take one of ${guidelineNames.join(', ')}.`);
  return guideline;
}
