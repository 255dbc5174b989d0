import { fold } from './fold.js';
import type { JsonNode } from './json.js';
import type { JudgedMethod } from './methods.js';
import { quote } from './quote.js';

type Kinds = Readonly<Record<string, JsonNode['kind']>>;

/** The members of params that decide what a request does. Others pass: the policy does not depend on them. */
interface Shape {
  required: string;
  kinds: ReadonlyMap<string, JsonNode['kind']>;
  /** The same keys, folded. */
  folded: ReadonlyMap<string, string>;
}

/** On every judged request; the last two are what a retry carries (MCP 2026-07-28, patterns/mrtr). */
const COMMON: Kinds = { _meta: 'object', inputResponses: 'object', requestState: 'string' };

const SHAPES: Readonly<Record<JudgedMethod, Shape>> = {
  'tools/call': shape('name', { name: 'string', arguments: 'object', task: 'object' }),
  'prompts/get': shape('name', { name: 'string', arguments: 'object' }),
  'resources/read': shape('uri', { uri: 'string' }),
  'resources/subscribe': shape('uri', { uri: 'string' }),
};

/** MCP 2026-07-28 asks for 128 at most. Longer ones could not be compared with the names of the policy in full. Characters. */
const LONGEST_NAME = 1_024;

/** Whether requests of this method are judged by the policy. */
export function isJudged(method: string): method is JudgedMethod {
  return Object.hasOwn(SHAPES, method);
}

/** Why the params of a judged request cannot be judged. */
export function paramsFlaw(method: JudgedMethod, params: JsonNode | undefined): string | undefined {
  const { required, kinds, folded } = SHAPES[method];
  const named = params?.members?.get(required);
  if (!params?.members || named === undefined) return `params without ${quote(required)}`;
  if (required === 'name' && named.end - named.start > LONGEST_NAME)
    return 'a name that is longer than any tool has';
  for (const [key, { kind }] of params.members) {
    const expected = kinds.get(key);
    if (expected === kind) continue;
    if (expected !== undefined) return `${quote(key)} in params is not of type ${expected}`;
    // Go servers match keys without regard to case, and C servers end them at U+0000: both read the twin.
    const twin = folded.get(fold(key));
    if (twin !== undefined) return `${quote(key)} in params, which some servers read as ${quote(twin)}`;
  }
  return undefined;
}

function shape(required: string, own: Kinds): Shape {
  const kinds = new Map(Object.entries({ ...own, ...COMMON }));
  return { required, kinds, folded: new Map([...kinds.keys()].map((key) => [fold(key), key])) };
}
