import { decide } from '../core/decide.js';
import { isFlaw, scanJson } from '../core/json.js';
import { type Ruling, rule } from '../core/settle.js';
import { callOf } from './bindings.js';
import type { ClientFacts } from './client-facts.js';
import type { PolicyInForce } from './force.js';

/** What has to be known to judge what the server asks of the client. */
export interface AsksSide {
  server: string;
  force: PolicyInForce;
  facts: ClientFacts;
}

const UNREADABLE: Ruling = {
  action: 'deny',
  rule: undefined,
  reason: 'What the server asks cannot be read, and the policy judges it.',
  charges: [],
  timeout: undefined,
  observed: undefined,
};

/** Whether the policy has anything to say about what the server asks. */
export function judgesAsks({ force }: Pick<AsksSide, 'force'>): boolean {
  return force.policy.layers.some(({ judgesMethods }) => judgesMethods);
}

/**
 * Judges one request of the server to the client; undefined when it may pass. Nobody is asked and nothing is counted:
 * whatever is not allowed is refused.
 */
export function refusedAsk(method: string, paramsText: string, side: AsksSide): Ruling | undefined {
  const { server, force, facts } = side;
  const call = callOf('method', method, paramsText, { server, client: facts.info, calls: 0 });
  const ruling = rule(decide(force.policy, call));
  return ruling.action === 'allow' ? undefined : ruling;
}

/** Judges a line that is a request of the server. */
export function refusedRequest(method: string, line: string, side: AsksSide): Ruling | undefined {
  const root = scanJson(line, { keep: 1 });
  if (isFlaw(root)) return UNREADABLE;
  const params = root.members?.get('params');
  return refusedAsk(method, params?.kind === 'object' ? line.slice(params.start, params.end) : '{}', side);
}

/** A result that the client may read otherwise than we do, where the policy judges what is in it. */
export function unreadableAsk(): Ruling {
  return UNREADABLE;
}
