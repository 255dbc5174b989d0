import type { JsonNode } from '../json/node.js';
import { present } from '../json/scan.js';
import { fold } from '../text/fold.js';
import { quote } from '../text/quote.js';
import { type JudgedMethod, LISTEN } from './methods.js';

type Kinds = Readonly<Record<string, JsonNode['kind']>>;

/** The members of params that decide what a request does. Others pass: the policy does not depend on them. */
interface Shape {
  required: string;
  kinds: ReadonlyMap<string, JsonNode['kind']>;
  /** The same keys, folded; made for the first request that has another. */
  folded(): ReadonlyMap<string, string>;
}

/** On every judged request; the last two are what a retry carries (MCP 2026-07-28, patterns/mrtr). */
const COMMON: Kinds = { _meta: 'object', inputResponses: 'object', requestState: 'string' };

/** The members of any judged request that are null: they say nothing. */
export function nullMembers(params: JsonNode | undefined): string[] {
  return Object.keys(COMMON).filter((key) => params?.members?.get(key)?.kind === 'null');
}

type ShapedMethod = JudgedMethod | typeof LISTEN;

const SHAPES: Readonly<Record<ShapedMethod, Shape>> = {
  'tools/call': shape('name', { name: 'string', arguments: 'object', task: 'object' }),
  'prompts/get': shape('name', { name: 'string', arguments: 'object' }),
  'resources/read': shape('uri', { uri: 'string' }),
  'resources/subscribe': shape('uri', { uri: 'string' }),
  [LISTEN]: shape('notifications', { notifications: 'object' }),
};

/** Without a URI it asks for none, and the servers of 2026-07-28 answer that they no longer have the method. */
const MAY_BE_UNNAMED: ReadonlySet<string> = new Set(['resources/subscribe']);

/** What a client may listen to; the names of the other members say all there is to know. */
const FILTER = shape('resourceSubscriptions', { resourceSubscriptions: 'array' });

/** MCP 2026-07-28 asks for 128 at most. Longer ones could not be compared with the names of the policy in full. Characters. */
const LONGEST_NAME = 1_024;

/** To how many resources one request may listen: each is judged, and counted, as a subscription of its own. */
const MOST_SUBSCRIPTIONS = 1_000;

/** Whether the policy depends on what the params of such a request say. */
export function isShaped(method: string): method is ShapedMethod {
  return Object.hasOwn(SHAPES, method);
}

/** Why the params of a request cannot be judged. */
export function paramsFlaw(
  text: string,
  method: ShapedMethod,
  params: JsonNode | undefined,
): string | undefined {
  const { required } = SHAPES[method];
  const named = params?.members?.get(required);
  if (named === undefined && !MAY_BE_UNNAMED.has(method)) return `params without ${quote(required)}`;
  if (required === 'name' && named && named.end - named.start > LONGEST_NAME)
    return 'a name that is longer than any tool has';
  const flaw = membersFlaw(params?.members ?? new Map(), SHAPES[method], 'params', required);
  return flaw ?? (method === LISTEN ? filterFlaw(text, named?.members) : undefined);
}

function membersFlaw(
  members: ReadonlyMap<string, JsonNode>,
  { kinds, folded }: Shape,
  where: string,
  named?: string,
): string | undefined {
  for (const [key, { kind }] of members) {
    const expected = kinds.get(key);
    // Every parser reads a null as a null, so it opens no second reading: it is judged as if the member were absent.
    if (expected === kind || (expected !== undefined && kind === 'null' && key !== named)) continue;
    if (expected !== undefined) return `${quote(key)} in ${where} is not of type ${expected}`;
    // Servers in C end a key at U+0000, so what they read is the part before it.
    if (key.includes('\0')) return `a key in ${where} with a U+0000 in it`;
    // Servers in Go match keys without regard to case: they read the lookalike.
    const lookalike = folded().get(fold(key));
    if (lookalike !== undefined)
      return `${quote(key)} in ${where}, which some servers read as ${quote(lookalike)}`;
  }
  return undefined;
}

function filterFlaw(text: string, members: JsonNode['members'] = new Map()): string | undefined {
  const flaw = membersFlaw(members, FILTER, 'notifications');
  const uris = present(members.get(FILTER.required));
  if (flaw !== undefined || uris === undefined) return flaw;
  const listed = JSON.parse(text.slice(uris.start, uris.end)) as unknown[];
  if (listed.length > MOST_SUBSCRIPTIONS)
    return `more than ${MOST_SUBSCRIPTIONS} URIs in ${quote(FILTER.required)}`;
  return listed.every((uri) => typeof uri === 'string')
    ? undefined
    : `${quote(FILTER.required)} lists something else than URIs`;
}

function shape(required: string, own: Kinds): Shape {
  const kinds = new Map(Object.entries({ ...own, ...COMMON }));
  let folded: ReadonlyMap<string, string> | undefined;
  return {
    required,
    kinds,
    folded() {
      folded ??= new Map([...kinds.keys()].map((key) => [fold(key), key]));
      return folded;
    },
  };
}
