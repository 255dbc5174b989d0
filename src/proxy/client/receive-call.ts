import { isOurs } from '../../approvals/client/request-state.js';
import type { JsonNode } from '../../core/json/node.js';
import {
  answerIn,
  type Carried,
  carriedIn,
  hasOwnKey,
  withoutApprovalRound,
} from '../../core/replies/approval-round.js';
import { readMessage } from '../../core/wire/message.js';
import { isInRounds } from '../../core/wire/methods.js';
import type { AskApproval } from '../calls/ask-approval.js';
import type { CallContext } from '../calls/call-bindings.js';
import type { CallRequest } from '../calls/call-request.js';
import { callsIn, type Request, type RequestReading, readRequest } from '../calls/read-call.js';
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
    return receiveAnswer(message, text, context, askApproval);
  const carried = reading.resumption === undefined ? NOTHING : carriedIn(text, message.params);
  const calls = round?.calls ?? context.calls;
  const request = callsIn(reading, round ? { ...context, calls } : context) as CallRequest;
  request.calls = calls;
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
 * gets it without our question. That is another text, which is proved and read as it will be sent. The answer counts
 * for the request that was asked about alone: what else this one brings for the server makes it another, which is asked about anew.
 */
function receiveAnswer(
  { id, params }: Request,
  text: string,
  context: CallContext,
  askApproval: AskApproval,
): CallRequest | undefined {
  if (params === undefined) return undefined;
  const state = stringMember(text, params, 'requestState') ?? '';
  const carried = askApproval.carriedBy(state);
  const asked = carried && stripped(text, params, carried);
  const redeemed = asked && askApproval.redeem(asked.reading, state, answerIn(text, params));
  if (redeemed) {
    const { calls, ...answer } = redeemed;
    return { ...callsIn(asked.reading, { ...context, calls }), id, line: asked.line, calls, ...answer };
  }
  // State that only looks like ours is not forwarded either: nothing that we sent would come back under it.
  const { requestState } = isOurs(state) ? NOTHING : carriedIn(text, params);
  const other = stripped(text, params, { ...NOTHING, requestState });
  if (other === undefined) return undefined;
  const rest = { round: undefined, answered: undefined, unreached: undefined, carried: other.carried };
  return { ...callsIn(other.reading, context), id, line: other.line, calls: context.calls, ...rest };
}

function carriesOurs({ method, params }: Request, text: string): boolean {
  if (!isInRounds(method)) return false;
  const state = stringMember(text, params, 'requestState');
  return (state !== undefined && isOurs(state)) || hasOwnKey(params);
}

interface Stripped {
  reading: RequestReading;
  line: Uint8Array;
  carried: Carried;
}

/** A retry without what is ours; undefined when it cannot be read. */
function stripped(text: string, params: JsonNode, carried: Carried): Stripped | undefined {
  const left = withoutApprovalRound(text, params, carried);
  const message = readMessage(left);
  const reading = message.kind === 'request' ? readRequest(left, message) : undefined;
  if (message.kind !== 'request' || reading === undefined) return undefined;
  const carries = reading.resumption === undefined ? NOTHING : carriedIn(left, message.params);
  return { reading, line: Buffer.from(`${left}\n`), carried: carries };
}
