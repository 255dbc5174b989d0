import { setMaxListeners } from 'node:events';
import { expect, it } from 'vitest';
import { Inbox } from '../../../src/approvals/inbox/inbox.js';
import { InboxApprover } from '../../../src/approvals/inbox/inbox-approver.js';
import type { ApprovalRequest } from '../../../src/approvals/queue/approver.js';
import { Grants } from '../../../src/approvals/queue/grants.js';

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
  const inbox = new Inbox('notes', new Grants());
  void inbox.put(
    request({ client: HUGE, argumentsText: JSON.stringify({ HUGE }) }),
    new AbortController().signal,
  );
  const answer = { approved: false, via: 'command', how: 'declined', by: HUGE, reason: HUGE } as const;
  for (let count = 0; count < 60; count++) inbox.decided(request({ name: HUGE }), answer, 'declined');
  expect(JSON.stringify(inbox.state()).length).toBeLessThan(500_000);
});

it('what has a name that nobody could read is not asked about', async () => {
  const inbox = new Inbox('notes', new Grants());
  const doors = { serve: async () => {}, page: async () => 'a link', tell: () => {} };
  const signal = new AbortController().signal;
  const answer = await new InboxApprover(inbox, doors).ask(request({ name: HUGE }), signal);
  expect(answer).toMatchObject({ approved: false, how: 'unavailable', via: 'page' });
  expect(answer.reason).toBe('A name of 2000000 characters cannot be shown.');
  expect(inbox.state().waiting).toEqual([]);
});

const TEN_THOUSAND = 10_000;

it('a thousand calls with arguments that take much to be told are all on the inbox, and can be read', () => {
  const inbox = new Inbox('notes', new Grants());
  const argumentsText = JSON.stringify({ text: '"'.repeat(TEN_THOUSAND / 2) });
  const ids = Array.from({ length: 1_000 }, (_, at) => `c${at}`);
  for (const id of ids) void inbox.put(request({ id, argumentsText }), new AbortController().signal);
  const { waiting } = inbox.state();
  expect(waiting.map(({ id }) => id)).toEqual(ids);
  expect(JSON.stringify(inbox.state()).length).toBeLessThan(5_000_000);
  const shown = waiting.filter((call) => call.argumentsText !== undefined);
  expect(shown.length).toBeGreaterThan(50);
  expect(shown[0]).toMatchObject({ id: 'c0', argumentsText });
  expect(waiting.at(-1)).toMatchObject({ redactedText: undefined, argumentsLength: argumentsText.length });
  expect(inbox.argumentsOf('c999')).toBe(argumentsText);
});

it('what is taken back leaves room for the arguments of those that come', () => {
  const inbox = new Inbox('notes', new Grants());
  const argumentsText = JSON.stringify({ text: 'x'.repeat(TEN_THOUSAND) });
  for (let round = 0; round < 5; round++) {
    const controller = new AbortController();
    setMaxListeners(150, controller.signal);
    for (let at = 0; at < 150; at++)
      void inbox.put(request({ id: `r${round}c${at}`, argumentsText }), controller.signal);
    expect(inbox.state().waiting.filter((call) => call.argumentsText !== undefined)).toHaveLength(150);
    controller.abort();
  }
});

it('names that fill the inbox leave it readable: what does not fit reaches nobody', async () => {
  const inbox = new Inbox('notes', new Grants());
  const name = '\u0001'.repeat(8_000);
  const answers = Array.from({ length: 1_000 }, (_, at) =>
    inbox.put(request({ id: `c${at}`, name }), new AbortController().signal),
  );
  expect(JSON.stringify(inbox.state()).length).toBeLessThan(17_000_000);
  expect(inbox.state().waiting.length).toBeGreaterThan(300);
  expect(await answers.at(-1)).toMatchObject({
    approved: false,
    how: 'unavailable',
    reason: 'Too many calls are already waiting for approval.',
  });
});
