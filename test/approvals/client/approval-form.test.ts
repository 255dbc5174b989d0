import { describe, expect, it } from 'vitest';
import { approvalOf, formOf } from '../../../src/approvals/client/approval-form.js';
import { elicitationApprover } from '../../../src/approvals/client/elicitation.js';
import type { ApprovalRequest } from '../../../src/approvals/queue/approver.js';

const REQUEST: ApprovalRequest = {
  id: 'q',
  server: 'fs',
  kind: 'tool',
  name: 'delete_file',
  category: 'destructive',
  risk: 'critical',
  argumentsText: '{"path":"/x"}',
  client: undefined,
  rule: undefined,
  reason: undefined,
  askedAt: 0,
  endsAt: 0,
  heldUntil: undefined,
  mayRemember: false,
  elicits: 'by request',
  via: ['elicitation'],
};

function form(change: Partial<ApprovalRequest> = {}) {
  const made = formOf({ ...REQUEST, ...change });
  if ('unavailable' in made) throw new Error(made.unavailable);
  return made;
}

describe('the form', () => {
  it('shows the call, and denies unless told otherwise', () => {
    const { message, requestedSchema } = form();
    expect(message).toBe(
      'policy-wrap: allow delete_file on server \'fs\'? (risk: critical)\nArguments: {"path":"/x"}',
    );
    expect(requestedSchema.properties.decision).toMatchObject({
      enum: ['deny', 'allow_once'],
      enumNames: ['Deny', 'Allow once'],
      default: 'deny',
    });
    expect(requestedSchema.required).toEqual(['decision']);
  });

  it('offers to remember where the policy lets it', () => {
    expect(form({ mayRemember: true }).requestedSchema.properties.decision).toMatchObject({
      enum: ['deny', 'allow_once', 'allow_session'],
      default: 'deny',
    });
  });

  it('shows what hides or reorders text', () => {
    const { message } = form({ name: 'a\nArguments: {}', argumentsText: '{"x":"\u202e\u200b\u2028\u00ad"}' });
    expect(message).toContain('allow a\\u{a}Arguments');
    expect(message).toContain('{"x":"\\u{202e}\\u{200b}\\u{2028}\\u{ad}"}');
  });

  it.each([
    ['a megabyte', `{"x":"${'y'.repeat(1_000_000)}"}`],
    ['more than a message holds', `{"x":"${'y'.repeat(8_000)}"}`],
    ['what is long when it is made visible', `{"x":"${'\u200b'.repeat(1_000)}"}`],
  ])('is never made of a part: %s', (_, argumentsText) => {
    expect(formOf({ ...REQUEST, argumentsText })).toEqual({
      unavailable: `The client's form cannot show the whole call: its arguments have ${argumentsText.length} characters.`,
    });
  });

  it('shows up to there all of it', () => {
    const argumentsText = `{"x":"${'y'.repeat(7_500)}"}`;
    expect(form({ argumentsText }).message).toContain(argumentsText);
  });
});

describe('the answer', () => {
  const accept = (decision: unknown) => ({ action: 'accept', content: { decision } });
  const once = { mayRemember: false };

  it('approves once, however fast it comes', () => {
    expect(approvalOf(accept('allow_once'), 5, once)).toEqual({
      via: 'elicitation',
      afterMs: 5,
      approved: true,
      how: 'approved',
    });
  });

  it('approves for the session only where that was offered', () => {
    expect(approvalOf(accept('allow_session'), 900, { mayRemember: true })).toMatchObject({
      approved: true,
      remember: { scope: 'call', for: 'session' },
    });
    expect(approvalOf(accept('allow_session'), 900, once)).toMatchObject({
      approved: false,
      how: 'unavailable',
    });
  });

  it.each([
    ['deny', accept('deny')],
    ['decline', { action: 'decline' }],
  ])('is a refusal of a person when it takes as long as one: %s', (_, answer) => {
    expect(approvalOf(answer, 400, once)).toEqual({
      via: 'elicitation',
      afterMs: 400,
      approved: false,
      how: 'declined',
    });
    expect(approvalOf(answer, 299, once)).toMatchObject({
      approved: false,
      how: 'unavailable',
      reason: 'The client answered faster than a person can.',
    });
  });

  it('is a no, whatever else the form says under it', () => {
    const answer = { action: 'decline', content: { decision: 'allow_once' } };
    expect(approvalOf(answer, 900, once)).toMatchObject({ approved: false, how: 'declined' });
  });

  const FORMS = 'The client cannot fill in forms: its answer names no choice.';
  const CHOICES = "The client's answer was none of the choices.";
  const CLOSED = 'The client closed the question without a decision.';
  const UNKNOWN = "The client's answer was none that the protocol knows.";

  it.each<[unknown, string]>([
    [undefined, UNKNOWN],
    [null, UNKNOWN],
    ['accept', UNKNOWN],
    [[], UNKNOWN],
    [{}, UNKNOWN],
    [{ action: 'ACCEPT', content: { decision: 'allow_once' } }, UNKNOWN],
    [{ action: ['accept'], content: { decision: 'allow_once' } }, UNKNOWN],
    [{ action: 'dismiss' }, UNKNOWN],
    [{ content: { decision: 'allow_once' } }, UNKNOWN],
    [{ action: 'accept' }, FORMS],
    [{ action: 'accept', content: null }, FORMS],
    [{ action: 'accept', content: {} }, FORMS],
    [{ action: 'accept', content: [] }, FORMS],
    [{ action: 'accept', content: 'allow_once' }, FORMS],
    [{ action: 'accept', content: { Decision: 'allow_once' } }, FORMS],
    [{ action: 'cancel', content: { decision: 'allow_once' } }, CLOSED],
    [{ action: 'cancel' }, CLOSED],
    [accept(true), CHOICES],
    [accept(null), CHOICES],
    [accept(['allow_once']), CHOICES],
    [accept('allow_once '), CHOICES],
    [accept('Allow once'), CHOICES],
    [accept('Deny'), CHOICES],
  ])('is nobody’s, however long it takes: %j', (answer, reason) => {
    for (const afterMs of [0, 400, 60_000])
      expect(approvalOf(answer, afterMs, { mayRemember: true })).toEqual({
        via: 'elicitation',
        afterMs,
        approved: false,
        how: 'unavailable',
        reason,
      });
  });
});

describe('asking by request', () => {
  it('does not send a form that cannot show the call', async () => {
    const asked: string[] = [];
    const approver = elicitationApprover(async (method) => void asked.push(method));
    const argumentsText = `{"x":"${'y'.repeat(1_000_000)}"}`;
    const approval = await approver.ask({ ...REQUEST, argumentsText }, new AbortController().signal);
    expect(approval).toMatchObject({ approved: false, how: 'unavailable' });
    expect(approval.reason).toContain('cannot show the whole call');
    expect(asked).toEqual([]);
  });
});
