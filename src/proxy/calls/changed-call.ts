import type { Layer } from '../../core/policy/compile/policy.js';
import { replaceArguments } from '../../core/replies/replace-arguments.js';
import { readMessage } from '../../core/wire/message.js';
import { withoutLineEnd } from '../streams/bytes.js';
import { decodeLine } from '../streams/decode.js';
import type { CallRequest } from './call-request.js';
import { callsIn, readRequest } from './read-call.js';

/**
 * The call with the arguments that a person has put in the place of its own; it is to be judged again. Undefined when
 * they cannot be sent. A retry of it is recognised by what the client has asked for.
 */
export function withArguments(request: CallRequest, argumentsText: string): CallRequest | undefined {
  const { id, line, call, client, calls: before, round, answered, unreached, carried } = request;
  const text = decodeLine(withoutLineEnd(line));
  const message = typeof text === 'string' ? readMessage(text) : undefined;
  if (typeof text !== 'string' || message?.kind !== 'request' || message.params === undefined)
    return undefined;
  const changed = replaceArguments(text, message.params, argumentsText);
  const again = changed === undefined ? undefined : readMessage(changed);
  if (changed === undefined || again?.kind !== 'request') return undefined;
  const { server, session } = call.bindings;
  const classify = (_: string, trusting: boolean) => call.classification(trusting);
  const hasWorsened = (_: string, layer: Layer) => call.hasWorsened?.(layer) === true;
  const reading = readRequest(changed, again);
  if (reading === undefined) return undefined;
  const calls = callsIn(reading, { server, client, calls: session.calls, classify, hasWorsened });
  return {
    ...calls,
    ...{ id, calls: before, round, answered, unreached, carried },
    digest: () => request.digest(),
    line: Buffer.from(`${changed}\n`),
    changedFrom: request.changedFrom ?? request.argumentsText,
  };
}

/** What the model is told beside the answer of the server. */
export function changeNotice(request: CallRequest): string | undefined {
  // Of most calls, no text of the arguments is ever made.
  if (request.changedFrom === undefined) return undefined;
  return `policy-wrap: the person who approved this call changed its arguments. It was run with: ${request.argumentsText}`;
}
