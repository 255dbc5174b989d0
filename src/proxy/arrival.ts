import type { Approval } from '../core/approval.js';
import type { Channel } from '../core/document.js';
import { readMessage } from '../core/message.js';
import { carriedIn, hasOwnKey, withoutOwnRound } from '../core/own-round.js';
import { isOurs } from '../approvals/request-state.js';
import type { Asking } from './asking.js';
import type { Surroundings } from './bindings.js';
import { textMember } from './client-facts.js';
import type { CallRequest } from './journey.js';
import { type ReadCall, type Request, readCall } from './read-call.js';
import type { Rounds } from './rounds.js';

/** What a request that is to be judged meets when it arrives. */
export interface ArrivalSide {
  rounds: Rounds;
  asking: Asking;
}

interface Answered {
  answered: Approval | undefined;
  without: readonly Channel[];
}

const NOT_ASKED: Answered = { answered: undefined, without: [] };

/**
 * A request as its journey begins: whether it carries on an earlier one, and what a person has answered to a question of
 * ours. Undefined when its params do not name what it asks for.
 */
export function arrival(
  message: Request,
  text: string,
  line: Uint8Array,
  surroundings: Surroundings,
  { rounds, asking }: ArrivalSide,
): CallRequest | undefined {
  const read = readCall(text, message, surroundings);
  if (read === undefined) return undefined;
  const request = (call: ReadCall, written: Uint8Array) => ({
    ...call,
    ...NOT_ASKED,
    id: message.id,
    method: message.method,
    line: written,
    round: undefined,
  });
  const round = rounds.resume(read.resumption);
  if (round !== undefined || !carriesOurs(message, text)) return { ...request(read, line), round };
  // The question was ours, so the server has seen neither the request that it answered nor this one.
  const redeemed = asking.redeem(read, text, message.params);
  const stripped = withoutOurs(message, text, redeemed?.carried);
  const again = readMessage(stripped);
  const reread = again.kind === 'request' ? readCall(stripped, again, surroundings) : undefined;
  if (reread === undefined) throw new Error('a retry without our parts is no request any more');
  return { ...request(reread, Buffer.from(`${stripped}\n`)), ...(redeemed ?? NOT_ASKED), round: redeemed?.round };
}

function carriesOurs({ params }: Request, text: string): boolean {
  const state = textMember(text, params, 'requestState');
  return (state !== undefined && isOurs(state)) || hasOwnKey(params);
}

/** State that only looks like ours is not forwarded either: nothing that we sent would come back under it. */
function withoutOurs({ params }: Request, text: string, carried: ReturnType<typeof carriedIn> | undefined): string {
  if (params === undefined) return text;
  const state = textMember(text, params, 'requestState');
  const theirs = state === undefined || isOurs(state) ? undefined : carriedIn(text, params).requestState;
  return withoutOwnRound(text, params, carried ?? { inputResponses: undefined, requestState: theirs });
}
