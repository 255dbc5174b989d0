import { isOurs } from '../../approvals/client/request-state.js';
import {
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
import { type ReadCall, type Request, readCall } from '../calls/read-call.js';
import type { Rounds } from '../calls/rounds.js';
import { stringMember } from '../peers/client-info.js';

/** What a request that is to be judged meets when it arrives. */
export interface ReceiveCallDeps {
  rounds: Rounds;
  asking: AskApproval;
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
  { rounds, asking }: ReceiveCallDeps,
): CallRequest | undefined {
  const read = readCall(text, message, context);
  if (read === undefined) return undefined;
  const { id } = message;
  const round = rounds.resume(read.resumption);
  if (round !== undefined || !carriesOurs(message, text)) {
    const goesOn = round && readCall(text, message, { ...context, calls: round.calls });
    return Object.assign(goesOn ?? read, { id, line, round }, notAsked(read, text, message));
  }
  // The question was ours, so the server has seen neither the request that it answered nor this one.
  const redeemed = asking.redeem(read, text, message.params);
  const stripped = withoutOurs(message, text, redeemed?.carried);
  const again = readMessage(stripped);
  const { calls, ...goesOn } = redeemed ?? { calls: context.calls };
  const reread = again.kind === 'request' ? readCall(stripped, again, { ...context, calls }) : undefined;
  if (again.kind !== 'request' || reread === undefined) return undefined;
  const own = { ...notAsked(reread, stripped, again), round: undefined, ...goesOn };
  return { ...reread, id, line: Buffer.from(`${stripped}\n`), ...own };
}

function notAsked(
  { resumption }: ReadCall,
  text: string,
  { params }: Request,
): Pick<CallRequest, 'answered' | 'unreached' | 'carried'> {
  const carried = resumption === undefined ? NOTHING : carriedIn(text, params);
  return { answered: undefined, unreached: undefined, carried };
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
