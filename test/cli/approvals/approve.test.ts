import { describe, expect, it } from 'vitest';
import type { WaitingCall } from '../../../src/approvals/inbox/inbox-state.js';
import { answerText } from '../../../src/cli/approvals/approve.js';

const call = (heldUntil: number | undefined) =>
  ({ id: 'k8u', server: 'mail', kind: 'tool', name: 'send', heldUntil }) as WaitingCall;

describe('what is said of an answer', () => {
  it.each([
    ['while the agent waits', 1_000, false],
    ['where the agent waits as long as it takes', undefined, false],
    ['after the agent was told to come again', 999, true],
  ])('%s', (_, heldUntil, isLate) => {
    const approved = answerText(call(heldUntil), { decision: 'approve' }, 1_000);
    expect(approved.includes('it has not run yet, so tell your agent to repeat it')).toBe(isLate);
    expect(answerText(call(heldUntil), { decision: 'deny' }, 1_000)).not.toContain('repeat');
  });
});
