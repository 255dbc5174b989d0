import { readAsWritten, writeValue } from '../../core/json/value.js';
import { redact } from '../../core/secrets/redact.js';
import type { ApprovalRequest } from '../queue/approver.js';
import type { InboxChannel, WaitingCall } from './inbox-state.js';

/** Longer arguments are shown when they are asked for. Characters. */
const LONGEST_SHOWN = 16_384;
/** So are those of whatever comes when all that waits takes this much. Characters. */
const MOST_SHOWN = 4 * 1024 * 1024;
/** Of what a server says of its tool. Characters. */
const LONGEST_DESCRIPTION = 2_000;
/** Of what others call themselves or something, where it is not what a person decides about. Characters. */
export const LONGEST_SHOWN_NAME = 1_000;

/**
 * A question as people see it in an inbox, and what it takes to tell it.
 * @param taken what all that waits already takes, in characters
 */
export function waitingCall(
  request: ApprovalRequest,
  via: readonly InboxChannel[],
  taken: number,
): { shown: WaitingCall; size: number } {
  const bare = withoutArguments(request, via);
  const { argumentsText } = request;
  if (argumentsText.length <= LONGEST_SHOWN) {
    const redactedText = writeValue(redact(readAsWritten(argumentsText)));
    const shown = { ...bare, argumentsText, redactedText };
    const size = sizeOf(shown);
    if (taken + size <= MOST_SHOWN) return { shown, size };
  }
  return { shown: bare, size: sizeOf(bare) };
}

function withoutArguments(request: ApprovalRequest, via: readonly InboxChannel[]): WaitingCall {
  const { id, server, client, kind, name, category, risk, argumentsText, otherParamsText, rule, reason } =
    request;
  const { askedAt, heldUntil, endsAt, mayRemember, checkArguments } = request;
  return {
    id,
    server,
    client: client?.slice(0, LONGEST_SHOWN_NAME),
    kind,
    name,
    description: request.description?.slice(0, LONGEST_DESCRIPTION),
    category,
    risk,
    rule,
    reason,
    askedAt,
    heldUntil,
    endsAt,
    mayRemember,
    mayEdit: checkArguments !== undefined,
    via,
    argumentsText: undefined,
    redactedText: undefined,
    argumentsLength: argumentsText.length,
    otherParamsText,
  };
}

/** Characters of JSON text: what is told is longer than what it says, up to six times. */
function sizeOf(shown: WaitingCall): number {
  return JSON.stringify(shown).length;
}
