import { createHash } from 'node:crypto';
import type { Call, CallKind } from '../core/call.js';
import type { JsonNode } from '../core/json.js';
import type { Message } from '../core/message.js';
import type { JudgedMethod } from '../core/methods.js';
import { isJudged } from '../core/params.js';
import type { Asked } from '../core/reply.js';
import { classifyName } from '../core/resolve.js';
import { canonical, type JsonValue, readValue } from '../core/value.js';
import { type ClientInfo, isModern, textMember } from './client-facts.js';

export type Request = Extract<Message, { kind: 'request' }>;

/** The methods that are judged, and the member of params that names what is asked for. */
const JUDGED: Readonly<Record<JudgedMethod, { kind: CallKind; member: 'name' | 'uri' }>> = {
  'tools/call': { kind: 'tool', member: 'name' },
  'resources/read': { kind: 'resource', member: 'uri' },
  'resources/subscribe': { kind: 'resource', member: 'uri' },
  'prompts/get': { kind: 'prompt', member: 'name' },
};

/** Longer arguments are compared as they are written, since sorting their keys would cost more than the call. Characters. */
const LONGEST_CANONICAL = 16_384;

/** A call together with what is needed to answer it and to write it down. */
export interface ReadCall {
  call: Call;
  asked: Asked;
  /** The arguments as they stand in the request. */
  argumentsText: string;
  client: ClientInfo | undefined;
}

export interface Surroundings {
  server: string;
  client: ClientInfo | undefined;
  /** The calls of the session before this one. */
  calls: number;
}

/** Reads a request whose method is judged; undefined when its params do not name what it asks for. */
export function readCall(
  text: string,
  { idText, method, params }: Request,
  surroundings: Surroundings,
): ReadCall | undefined {
  if (!isJudged(method)) return undefined;
  const { kind, member } = JUDGED[method];
  const name = textMember(text, params, member);
  if (name === undefined) return undefined;
  const argumentsText = argumentsOf(text, params, kind);
  const asked = { idText, kind, name, modern: isModern(params), task: params?.members?.has('task') ?? false };
  const bindings = new CallBindings(name, argumentsText, surroundings);
  const identity = () => identityOf(kind, name, argumentsText, bindings);
  return { call: { kind, name, bindings, identity }, asked, argumentsText, client: surroundings.client };
}

function argumentsOf(text: string, params: JsonNode | undefined, kind: CallKind): string {
  const node = kind === 'resource' ? params : params?.members?.get('arguments');
  return node === undefined ? '{}' : text.slice(node.start, node.end);
}

/** What expressions see of a call. Arguments are read when the first expression asks for them. */
class CallBindings {
  readonly server: string;
  readonly client: ClientInfo;
  readonly session: { calls: number };
  #args: JsonValue | undefined;

  constructor(
    private readonly name: string,
    private readonly argumentsText: string,
    { server, client, calls }: Surroundings,
  ) {
    this.server = server;
    this.client = client ?? { name: '', version: '' };
    this.session = { calls };
  }

  get args(): JsonValue {
    this.#args ??= readValue(this.argumentsText);
    return this.#args;
  }

  get tool() {
    const { category, risk } = classifyName(this.name);
    return { name: this.name, category, risk };
  }

  get now(): number {
    return Date.now();
  }
}

function identityOf(kind: CallKind, name: string, argumentsText: string, bindings: CallBindings): string {
  const text = argumentsText.length > LONGEST_CANONICAL ? argumentsText : canonical(bindings.args);
  return createHash('sha256')
    .update(JSON.stringify([kind, name]))
    .update(text)
    .digest('base64url');
}
