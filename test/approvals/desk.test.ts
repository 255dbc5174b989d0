import { expect, it } from 'vitest';
import type { ApprovalRequest } from '../../src/approvals/approver.js';
import { Desk } from '../../src/approvals/desk.js';
import { DeskApprover } from '../../src/approvals/desk-approver.js';
import { Standing } from '../../src/approvals/standing.js';

const HUGE = 'x'.repeat(2_000_000);

function request(changes: Partial<ApprovalRequest>): ApprovalRequest {
  return {
    ...{ id: 'abc234', server: 'notes', kind: 'tool', name: 'delete_note', category: 'destructive' },
    ...{ risk: 'critical', argumentsText: '{}', client: 'test', rule: undefined, reason: undefined },
    ...{ askedAt: 0, endsAt: 1, heldUntil: undefined, mayRemember: true, elicits: undefined, via: ['page'] },
    ...changes,
  };
}

it('one call with huge names leaves room for the others', () => {
  const desk = new Desk('notes', new Standing());
  void desk.put(
    request({ client: HUGE, argumentsText: JSON.stringify({ HUGE }) }),
    new AbortController().signal,
  );
  const answer = { approved: false, via: 'command', how: 'declined', by: HUGE, reason: HUGE } as const;
  for (let count = 0; count < 60; count++) desk.decided(request({ name: HUGE }), answer, 'declined');
  expect(JSON.stringify(desk.state()).length).toBeLessThan(500_000);
});

it('what has a name that nobody could read is not asked about', async () => {
  const desk = new Desk('notes', new Standing());
  const doors = { serve: async () => {}, page: async () => 'a link', tell: () => {} };
  const signal = new AbortController().signal;
  const answer = await new DeskApprover(desk, doors).ask(request({ name: HUGE }), signal);
  expect(answer).toMatchObject({ approved: false, how: 'unavailable', via: 'page' });
  expect(answer.reason).toBe('A name of 2000000 characters cannot be shown.');
  expect(desk.state().waiting).toEqual([]);
});
