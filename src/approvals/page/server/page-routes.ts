import { readAsWritten, writeValue } from '../../../core/json/value.js';
import { redact } from '../../../core/secrets/redact.js';
import { userName } from '../../../platform/user-name.js';
import { deskDecisionOf } from '../../inbox/inbox-schema.js';
import type { Desks } from '../../inbox/inbox-state.js';
import type { PageArguments } from './page-messages.js';

/** What the page answers: a status and a value to be sent as JSON. */
export interface Answer {
  status: number;
  value: unknown;
}

/** The whole arguments of a call that waits, and the same without secrets. */
export async function showArguments(desks: Desks, query: URLSearchParams): Promise<Answer> {
  const argumentsText = await desks.argumentsOf(query.get('desk') ?? '', query.get('id') ?? '');
  if (argumentsText === undefined) return { status: 404, value: 'the call no longer waits' };
  const redactedText = writeValue(redact(readAsWritten(argumentsText)));
  return { status: 200, value: { argumentsText, redactedText } satisfies PageArguments };
}

/** Passes on what a person has decided on the page. */
export async function decideCall(desks: Desks, body: unknown): Promise<Answer> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return unreadable('It is no object.');
  const { desk, id, ...said } = body as Record<string, unknown>;
  if (typeof desk !== 'string' || typeof id !== 'string') return unreadable('It names no call.');
  // Only this user can have a link to the page.
  const decision = deskDecisionOf({ ...said, via: 'page', by: userName() });
  if ('flaw' in decision) return unreadable(decision.flaw);
  return { status: 200, value: await desks.decide(desk, id, decision) };
}

export async function revokeRemembered(desks: Desks, query: URLSearchParams): Promise<Answer> {
  const known = await desks.revoke(query.get('desk') ?? '', query.get('id') ?? '');
  return known ? { status: 200, value: true } : { status: 404, value: 'it was forgotten before' };
}

function unreadable(why: string): Answer {
  return { status: 400, value: `The decision cannot be read. ${why}` };
}
