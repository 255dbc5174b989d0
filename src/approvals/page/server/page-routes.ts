import { readAsWritten, writeValue } from '../../../core/json/value.js';
import { redact } from '../../../core/secrets/redact.js';
import { userName } from '../../../platform/user-name.js';
import { inboxDecisionOf } from '../../inbox/inbox-schema.js';
import type { Inboxes } from '../../inbox/inbox-state.js';
import type { PageArguments } from './page-messages.js';

/** What the page answers: a status and a value to be sent as JSON. */
export interface RouteAnswer {
  status: number;
  value: unknown;
}

/** The whole arguments of a call that waits, and the same without secrets. */
export async function showArguments(inboxes: Inboxes, query: URLSearchParams): Promise<RouteAnswer> {
  const argumentsText = await inboxes.argumentsOf(query.get('inbox') ?? '', query.get('id') ?? '');
  if (argumentsText === undefined) return { status: 404, value: 'the call is no longer waiting' };
  const redactedText = writeValue(redact(readAsWritten(argumentsText)));
  return { status: 200, value: { argumentsText, redactedText } satisfies PageArguments };
}

/** Passes on what a person has decided on the page. */
export async function decideCall(inboxes: Inboxes, body: unknown): Promise<RouteAnswer> {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return unreadable('It is not an object.');
  const { inbox, id, ...said } = body as Record<string, unknown>;
  if (typeof inbox !== 'string' || typeof id !== 'string') return unreadable('It names no call.');
  // Only this user can have a link to the page.
  const decision = inboxDecisionOf({ ...said, via: 'page', by: userName() });
  if ('flaw' in decision) return unreadable(decision.flaw);
  return { status: 200, value: await inboxes.decide(inbox, id, decision) };
}

export async function revokeRemembered(inboxes: Inboxes, query: URLSearchParams): Promise<RouteAnswer> {
  const known = await inboxes.revoke(query.get('inbox') ?? '', query.get('id') ?? '');
  return known ? { status: 200, value: true } : { status: 404, value: 'it was forgotten before' };
}

function unreadable(why: string): RouteAnswer {
  return { status: 400, value: `The decision cannot be read. ${why}` };
}
