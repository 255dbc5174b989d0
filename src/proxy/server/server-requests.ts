import type { LivePolicy } from '../../config/live-policy.js';
import { isFlaw, scanJson } from '../../core/json/scan.js';
import { decide } from '../../core/policy/decide/decide.js';
import { classifyName } from '../../core/policy/decide/resolve.js';
import { combine, type Ruling } from '../../core/policy/decide/settle.js';
import { type InputRequired, inputRequired } from '../../core/replies/input-required.js';
import { callOf } from '../calls/call-bindings.js';
import type { ClientState } from '../peers/client-info.js';

/** What has to be known to judge what the server asks of the client. */
export interface ServerRequestsDeps {
  server: string;
  livePolicy: LivePolicy;
  clientState: ClientState;
}

/** Something that is asked for and refused. */
export interface RefusedRequest {
  method: string;
  ruling: Ruling;
}

const NOTHING_ASKED: InputRequired = { requestState: undefined, keys: new Set(), asks: [] };

const UNREADABLE: Ruling = {
  action: 'deny',
  rule: undefined,
  reason: 'What the server asks cannot be read, and the policy judges it.',
  charges: [],
  timeout: undefined,
  observed: undefined,
};

/** Whether the policy has anything to say about what the server asks. */
export function judgesServerRequests({ livePolicy }: Pick<ServerRequestsDeps, 'livePolicy'>): boolean {
  return livePolicy.policy.layers.some(({ judgesMethods }) => judgesMethods);
}

/**
 * Judges one request of the server to the client; undefined when it may pass. Nobody is asked and nothing is counted:
 * whatever is not allowed is refused.
 */
function refusedAsk(method: string, paramsText: string, side: ServerRequestsDeps): Ruling | undefined {
  const ruling = rulingOf(method, paramsText, side);
  return ruling.action === 'allow' ? undefined : ruling;
}

function rulingOf(
  method: string,
  paramsText: string,
  { server, livePolicy, clientState }: ServerRequestsDeps,
): Ruling {
  const context = { server, client: clientState.info, calls: 0, classify: classifyName };
  const call = callOf('method', method, { argumentsText: paramsText }, context);
  return combine(decide(livePolicy.policy, call));
}

/**
 * Whether a message without an id is kept back: what is not called a notification may be taken for a request. It cannot
 * be counted or asked for, so a limit keeps it back too.
 */
export function refusesUnasked(method: string, paramsText: string, side: ServerRequestsDeps): boolean {
  if (method.startsWith('notifications/') || !judgesServerRequests(side)) return false;
  const { action, charges } = rulingOf(method, paramsText, side);
  return action !== 'allow' || charges.some(({ observe }) => !observe);
}

/** Judges a line that is a request of the server. */
export function refusedRequest(method: string, line: string, side: ServerRequestsDeps): Ruling | undefined {
  const root = scanJson(line, { keep: 1 });
  if (isFlaw(root)) return UNREADABLE;
  const params = root.members?.get('params');
  return refusedAsk(method, params?.kind === 'object' ? line.slice(params.start, params.end) : '{}', side);
}

/** What the policy refuses of what a message of the server asks for; undefined when it may pass. */
export function refusedAmong(
  within: string,
  asked: InputRequired | 'unreadable',
  side: ServerRequestsDeps,
): RefusedRequest | undefined {
  if (!judgesServerRequests(side)) return undefined;
  // The client may read it otherwise than we do.
  if (asked === 'unreadable') return { method: within, ruling: UNREADABLE };
  for (const { method, paramsText } of asked.asks) {
    const ruling = refusedAsk(method, paramsText, side);
    if (ruling) return { method, ruling };
  }
  return undefined;
}

/** Judges a message of the server that wants no answer. Clients learn from those about tasks what a task asks of them. */
export function refusedNotification(
  method: string,
  line: string,
  side: ServerRequestsDeps,
): RefusedRequest | undefined {
  if (method.startsWith('notifications/tasks'))
    return refusedAmong(method, inputRequired(line, 'params') ?? NOTHING_ASKED, side);
  // What is not called a notification may be taken for a request.
  const ruling = method.startsWith('notifications/') ? undefined : refusedRequest(method, line, side);
  return ruling && { method, ruling };
}
