import { fixture, Place } from './place.js';
import { Wrapped } from './program.js';

/** What a client of 2026-07-28 says of itself with each request. It can ask its user. */
export const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': { elicitation: { form: {} } },
};
/** The key of our question. */
export const OWN_KEY = 'policy-wrap:approval';
export const ALLOW = { action: 'accept', content: { decision: 'allow_once' } };
export const DENY = { action: 'accept', content: { decision: 'deny' } };

export interface Answer {
  result?: {
    resultType?: string;
    isError?: boolean;
    content?: { text: string }[];
    requestState?: string;
    inputRequests?: Record<string, { method: string; params: { message: string } }>;
  };
  error?: { code: number; message: string };
}

/** A client of 2026-07-28 in raw lines, which may do what no client should. */
export class ModernSession {
  #lastId = 0;

  constructor(
    readonly place: Place,
    readonly wrapped: Wrapped,
  ) {}

  /** @param server `recorder` answers each request, `rounds` asks first */
  static start(
    policy: string,
    server: 'recorder' | 'rounds' = 'recorder',
    place = new Place(),
  ): ModernSession {
    place.policy(policy);
    const wrapped = new Wrapped(place, ['--', process.execPath, fixture(`${server}.mjs`), place.record]);
    return new ModernSession(place, wrapped);
  }

  /** Sends a request. `more` is added to its params. */
  send(method: string, params: object, more: object = {}): Promise<Answer> {
    return this.wrapped.request<Answer>(++this.#lastId, method, { ...params, _meta: META, ...more });
  }

  call(args: object, more: object = {}, name = 'delete_note'): Promise<Answer> {
    return this.send('tools/call', { name, arguments: args }, more);
  }

  /** The requests that reached the server. */
  get reached(): { method: string; params: Record<string, unknown> }[] {
    const lines = this.place.recorded()?.trimEnd().split('\n') ?? [];
    return lines.map((line) => JSON.parse(line));
  }
}

/** The state of our question; throws where an answer is none. */
export function stateOf({ result }: Answer): string {
  const { resultType, requestState, inputRequests } = result ?? {};
  if (resultType !== 'input_required' || !inputRequests?.[OWN_KEY] || requestState === undefined)
    throw new Error(`no question of ours: ${JSON.stringify(result)}`);
  return requestState;
}

/** What a retry carries that answers our question. */
export function answered(requestState: string, answer: unknown = ALLOW): object {
  return { inputResponses: { [OWN_KEY]: answer }, requestState };
}

/** How a request has ended, in a word. */
export function outcomeOf({ result, error }: Answer): string {
  if (error) return 'error';
  if (result?.isError) return 'refused';
  if (result?.resultType !== 'input_required') return 'done';
  return result.inputRequests?.[OWN_KEY] ? 'asked' : 'asked by the server';
}
