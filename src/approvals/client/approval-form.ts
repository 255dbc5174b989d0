import type { Approval, ApprovalForm } from '../../core/policy/decide/approval.js';
import { placeOf } from '../../core/replies/refusal.js';
import { visible } from '../../core/text/visible.js';
import type { ApprovalRequest } from '../queue/approver.js';

/** No person refuses faster than this: some clients declare elicitation and decline without asking. Milliseconds. */
const FASTEST_PERSON = 300;
/** Clients show a message in a small box, and cut or scroll what is long. Characters. */
const LONGEST_MESSAGE = 8_000;

const DENY = { value: 'deny', title: 'Deny' };
const ALLOW_ONCE = { value: 'allow_once', title: 'Allow once' };
const ALLOW_SESSION = { value: 'allow_session', title: 'Allow this exact call for the session' };

/** The form in which a client asks its user, or why it must not: nobody shall approve what only a part of was shown. */
export function formOf(request: ApprovalRequest): ApprovalForm | { unavailable: string } {
  const { argumentsText, otherParamsText = '' } = request;
  const length = argumentsText.length + otherParamsText.length;
  // Escapes only make a text longer, and a very long one takes its time.
  const message = length > LONGEST_MESSAGE ? undefined : question(request);
  if (message === undefined || message.length > LONGEST_MESSAGE)
    return {
      unavailable: `The client's form cannot show the whole call: its arguments${otherParamsText && ' and other params'} have ${length} characters.`,
    };
  const choices = [DENY, ALLOW_ONCE, ...(request.mayRemember ? [ALLOW_SESSION] : [])];
  const decision = {
    type: 'string',
    title: 'Allow this call?',
    enum: choices.map(({ value }) => value),
    enumNames: choices.map(({ title }) => title),
    default: DENY.value,
  };
  return { message, requestedSchema: { type: 'object', properties: { decision }, required: ['decision'] } };
}

/**
 * What the client's answer says. Only an accepted form with a choice that was offered approves, and only a no that a person
 * has had time for is a person's. All else was decided by nobody (MCP 2025-06-18, client/elicitation, "Response Actions").
 * @param answer the result of `elicitation/create`
 * @param afterMs milliseconds
 */
export function approvalOf(
  answer: unknown,
  afterMs: number,
  { mayRemember }: Pick<ApprovalRequest, 'mayRemember'>,
): Approval {
  const { action, content } = (answer ?? {}) as { action?: unknown; content?: { decision?: unknown } | null };
  const decision = action === 'accept' ? content?.decision : undefined;
  const base = { via: 'elicitation' as const, afterMs: Math.round(afterMs) };
  if (decision === ALLOW_ONCE.value) return { ...base, approved: true, how: 'approved' };
  if (decision === ALLOW_SESSION.value && mayRemember)
    return { ...base, approved: true, how: 'approved', remember: { scope: 'call', for: 'session' } };
  const isNo = action === 'decline' || decision === DENY.value;
  if (isNo && afterMs >= FASTEST_PERSON) return { ...base, approved: false, how: 'declined' };
  const reason = isNo ? 'The client answered faster than a person can.' : undecided(action, decision);
  return { ...base, approved: false, how: 'unavailable', reason };
}

function undecided(action: unknown, decision: unknown): string {
  if (action === 'cancel') return 'The client closed the question without a decision.';
  if (action !== 'accept') return "The client's answer was none that the protocol knows.";
  return decision === undefined
    ? 'The client cannot fill in forms: its answer names no choice.'
    : "The client's answer was none of the choices.";
}

function question(request: ApprovalRequest): string {
  const { server, name, argumentsText, otherParamsText, rule, reason, risk } = request;
  const lines = [
    `policy-wrap: allow ${visible(name)} on server '${visible(server)}'? (risk: ${risk})`,
    `Arguments: ${visible(argumentsText)}`,
    otherParamsText && `Also sent: ${visible(otherParamsText)}`,
    reason && `Reason: ${reason}`,
    rule && `Rule: ${rule.pointer} (${placeOf(rule)})`,
  ];
  return lines.filter(Boolean).join('\n');
}
