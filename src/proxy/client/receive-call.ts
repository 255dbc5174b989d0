import { isOurs } from '../../approvals/client/request-state.js';
import {
  type Carried,
  carriedIn,
  hasOwnKey,
  withoutApprovalRound,
} from '../../core/replies/approval-round.js';
import { readMessage } from '../../core/wire/message.js';
import { isInRounds } from '../../core/wire/methods.js';
import type { AskApproval, RedeemedAnswer } from '../calls/ask-approval.js';
import type { CallContext } from '../calls/call-bindings.js';
import type { CallRequest } from '../calls/call-request.js';
import { callsIn, type Request, readRequest } from '../calls/read-call.js';
import type { Rounds } from '../calls/rounds.js';
import { stringMember } from '../peers/client-info.js';

/** What a request that is to be judged meets when it arrives. */
export interface ReceiveCallDeps {
  rounds: Rounds;
  askApproval: AskApproval;
}

const NOTHING: Carried = { inputResponses: undefined, requestState: undefined };

/**
 * A request as its exchange begins: whether it carries on an earlier one, and what a person has answered to a question of
 * ours. Undefined when its params do not name what it asks for.
 */
export function receiveCall(
  message: Request,
  text: string,
  line: Uint8Array,
  context: CallContext,
  { rounds, askApproval }: ReceiveCallDeps,
): CallRequest | undefined {
  const reading = readRequest(text, message);
  if (reading === undefined) return undefined;
  const round = rounds.resume(reading.resumption);
  if (round === undefined && carriesOurs(message, text))
    return receiveAnswer(message, text, askApproval.redeem(reading, text, message.params), context);
  const carried = reading.resumption === undefined ? NOTHING : carriedIn(text, message.params);
  const request = callsIn(reading, round ? { ...context, calls: round.calls } : context) as CallRequest;
  request.id = message.id;
  request.line = line;
  request.round = round;
  request.answered = undefined;
  request.unreached = undefined;
  request.carried = carried;
  return request;
}

/**
 * A request that answers a question of ours: the server has seen neither the request that was asked with nor this one, so it
 * gets it without our question. That is another text, which is proved and read as it will be sent.
 */
function receiveAnswer(
  message: Request,
  text: string,
  redeemed: RedeemedAnswer | undefined,
  context: CallContext,
): CallRequest | undefined {
  const stripped = withoutOurs(message, text, redeemed?.carried);
  const again = readMessage(stripped);
  const reading = again.kind === 'request' ? readRequest(stripped, again) : undefined;
  if (again.kind !== 'request' || reading === undefined) return undefined;
  const line = Buffer.from(`${stripped}\n`);
  const { calls, ...answer } = redeemed ?? {
    calls: context.calls,
    round: undefined,
    answered: undefined,
    unreached: undefined,
    carried: reading.resumption === undefined ? NOTHING : carriedIn(stripped, again.params),
  };
  return { ...callsIn(reading, { ...context, calls }), id: message.id, line, ...answer };
}

function carriesOurs({ method, params }: Request, text: string): boolean {
  if (!isInRounds(method)) return false;
  const state = stringMember(text, params, 'requestState');
  return (state !== undefined && isOurs(state)) || hasOwnKey(params);
}

/** State that only looks like ours is not forwarded either: nothing that we sent would come back under it. */
function withoutOurs({ params }: Request, text: string, carried: Carried | undefined): string {
  if (params === undefined) return text;
  const state = stringMember(text, params, 'requestState');
  const theirs = state === undefined || isOurs(state) ? undefined : carriedIn(text, params).requestState;
  return withoutApprovalRound(text, params, carried ?? { ...NOTHING, requestState: theirs });
}
