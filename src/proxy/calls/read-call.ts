import { withMembers } from '../../core/json/edit-members.js';
import { exactText } from '../../core/json/exact-spelling.js';
import type { JsonNode } from '../../core/json/node.js';
import { present } from '../../core/json/scan.js';
import type { Call, CallKind } from '../../core/policy/decide/call.js';
import type { Asked } from '../../core/replies/refusal.js';
import type { Message } from '../../core/wire/message.js';
import { isInRounds, isJudged, JUDGED, LISTEN } from '../../core/wire/methods.js';
import { metaText, otherParams } from '../../core/wire/other-params.js';
import { nullMembers } from '../../core/wire/params.js';
import { digestOf } from '../../platform/digest.js';
import { elicitsModern, isModern, stringMember } from '../peers/client-info.js';
import { type CallContext, callOf } from './call-bindings.js';
import type { Resumption } from './rounds.js';

export type Request = Extract<Message, { kind: 'request' }>;

/** What a request says: enough to recognise it, to answer it and to write it down. */
export interface RequestReading {
  method: string;
  kind: CallKind;
  name: string;
  asked: Asked;
  /** The arguments as they are in the request. */
  argumentsText: string;
  /**
   * What it sends besides name and arguments, as JSON text; undefined when that is nothing, or when all params are
   * arguments. Read when it is needed.
   * @param of whether the ids by which the client numbers its calls are left out of it
   */
  otherParams(of: { callIds: boolean }): string | undefined;
  /** Recognises the request again when it is repeated with answers; made when it is needed. */
  digest(): string;
  /**
   * The same for requests that ask for exactly the same, however they are spelled, and carry the same of an earlier round:
   * to the server, that is part of what they ask for. Made when it is needed.
   */
  exactDigest(): string;
  /** The client's progress token, as it is in the request; read when it is needed. */
  progressToken(): string | undefined;
  /** Whether the client can be asked by the answer to this request; found out when it is needed. */
  elicits(): boolean;
  /** What the request carries of an earlier round. */
  resumption: Resumption | undefined;
}

/** A request as the policy sees it. */
export interface CallReading extends RequestReading {
  call: Call;
  /** What else the request asks for; each part is judged like a request of its own. */
  parts: readonly Call[];
  client: CallContext['client'];
}

/** Reads a request that is to be judged; undefined when its params do not name what it asks for. */
export function readRequest(text: string, request: Request): RequestReading | undefined {
  const { idText, method, params } = request;
  const { kind, member } = isJudged(method) ? JUDGED[method] : { kind: 'method' as const, member: undefined };
  // Typed decoders, such as Go's, read a URI that is missing as an empty one.
  const name =
    member === undefined
      ? method
      : (stringMember(text, params, member) ?? (member === 'uri' ? '' : undefined));
  if (name === undefined) return undefined;
  const whole = kind === 'resource' || kind === 'method';
  const argumentsText = whole
    ? paramsText(text, params)
    : textOf(text, present(params?.members?.get('arguments')));
  const inRounds = isInRounds(method);
  const ofRetry = inRounds ? OF_A_RETRY : OF_ANY;
  const digest = () => digestOf(method, ...askedFor(text, params, ofRetry));
  return {
    method,
    kind,
    name,
    asked: {
      idText,
      kind,
      name,
      modern: isModern(params),
      task: present(params?.members?.get('task')) !== undefined,
    },
    argumentsText,
    otherParams: (of) => (whole ? undefined : otherParams(text, params, of)),
    digest,
    exactDigest: () => digestOf(method, ...askedFor(text, params, OF_ANY, exactText)),
    progressToken: () => progressTokenOf(text, params),
    elicits: () => inRounds && elicitsModern(text, params),
    resumption: inRounds ? resumptionOf(text, params, digest) : undefined,
  };
}

/** What the policy is asked about a request, once it is known which calls came before it. The reading becomes part of it. */
export function callsIn(reading: RequestReading, context: CallContext): CallReading {
  const { method, kind, name, argumentsText } = reading;
  // Written onto the reading: a copy of it costs 6 us, a tenth of a call.
  const calls = reading as CallReading;
  calls.call = callOf(kind, name, { argumentsText }, context);
  calls.parts = method === LISTEN ? subscriptions(argumentsText, context) : [];
  calls.client = context.client;
  return calls;
}

/** To listen to a resource is to subscribe to it (MCP 2026-07-28, patterns/subscriptions); `paramsFlaw` has proved the shape. */
function subscriptions(paramsText: string, context: CallContext): Call[] {
  const { notifications } = JSON.parse(paramsText) as {
    notifications?: { resourceSubscriptions?: string[] };
  };
  return [...new Set(notifications?.resourceSubscriptions)].map((uri) =>
    callOf('resource', uri, { argumentsText: JSON.stringify({ uri }) }, context),
  );
}

const OF_ANY: ReadonlySet<string> = new Set();
/** What those that come again with answers differ in. Of others, answers are what they are about. */
const OF_A_RETRY: ReadonlySet<string> = new Set(['inputResponses', 'requestState']);

/** What the params say besides what a repeated request changes by its nature, as it is written. */
function askedFor(
  text: string,
  params: JsonNode | undefined,
  without: ReadonlySet<string>,
  spell: (value: string) => string = (value) => value,
): string[] {
  const members = [...(params?.members ?? [])].filter(([key]) => !without.has(key));
  return members
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([key, node]) => {
      const said = key === '_meta' ? metaText(text, node, false) : textOf(text, node);
      return said === undefined ? [] : [key, spell(said)];
    });
}

function resumptionOf(
  text: string,
  params: JsonNode | undefined,
  digest: () => string,
): Resumption | undefined {
  const responses = present(params?.members?.get('inputResponses'));
  const requestState = stringMember(text, params, 'requestState');
  if (responses === undefined && requestState === undefined) return undefined;
  return {
    digest: digest(),
    state: requestState === undefined ? undefined : digestOf(requestState),
    keys: [...(responses?.members?.keys() ?? [])].map((key) => digestOf(key)),
  };
}

function progressTokenOf(text: string, params: JsonNode | undefined): string | undefined {
  const token = params?.members?.get('_meta')?.members?.get('progressToken');
  return token?.kind === 'string' || token?.kind === 'number' ? textOf(text, token) : undefined;
}

/** All params of a request that is judged by them. A null stands for a member that is absent, and is judged as that. */
function paramsText(text: string, params: JsonNode | undefined): string {
  const absent = nullMembers(params);
  if (params === undefined || absent.length === 0) return textOf(text, params);
  return withMembers(text, params, new Map(absent.map((key) => [key, undefined])));
}

function textOf(text: string, node: JsonNode | undefined): string {
  return node === undefined ? '{}' : text.slice(node.start, node.end);
}
