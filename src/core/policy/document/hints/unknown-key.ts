import { suggest } from '../../../text/did-you-mean.js';
import { type Path, valueAtPath } from '../describe-value.js';
import type { Flaw } from '../diagnostic.js';
import { ACTIONS, OTHER_WORDS } from '../keywords.js';
import { otherKey, REMARKS } from './other-keys.js';
import { KEYS_OF, kindOfPlace, type PlaceKind, placesOf } from './places.js';
import { channelOf } from './short-form.js';

/** What is wrong with a key that nothing reads, and the key that is meant. */
export interface UnknownKey extends Flaw {
  meant?: string | undefined;
}

/** How what is meant is written, where its name is not all of it. */
const SHAPES: Readonly<Record<string, string>> = {
  rate_limit: 'rate_limit: { max: 5, window: 1m }',
  budget: 'budget: { sum: args.amount, max: 100, window: 1d }',
};

/** Keys of which a person has thought one level too high. */
const IN_ENTRIES: ReadonlySet<string> = new Set(['action', 'when', 'reason']);

/** @param path the way to the key */
export function unknownKey(path: Path, document: unknown): UnknownKey {
  const key = String(path.at(-1));
  const value = valueAtPath(document, path);
  const kind = kindOfPlace(path.slice(0, -1));
  const keys = kind === undefined ? [] : KEYS_OF[kind];
  const said = (help: string, meant?: string): UnknownKey => ({
    path,
    message: `unknown key '${key}'`,
    help,
    meant,
  });
  if (value === null && /^[a-z_]+:\S/.test(key))
    return said(`write a space after the colon: \`${key.replace(':', ': ')}\``);
  if (key === '<<') return said('merge keys are not read; write the keys out, or put the rules into a list');
  const special =
    remark(key, kind) ?? inRule(key, value, kind) ?? inSection(key, value, kind) ?? inCategories(key, kind);
  if (special !== undefined) return said(special);
  const meant = kind && meantIn(kind, key, value);
  if (meant !== undefined && meant !== key) {
    const shape = typeof value !== 'object' && Object.hasOwn(SHAPES, meant) ? SHAPES[meant] : undefined;
    return said(`did you mean '${meant}'?${shape === undefined ? '' : ` It is written \`${shape}\``}`, meant);
  }
  const places = placesOf(key);
  const ofPolicy = kind === 'section' && places.length === 0 ? meantIn('policy', key, value) : undefined;
  if (ofPolicy !== undefined) return said(`did you mean '${ofPolicy}'? It is a key of the policy itself`);
  if (places.length > 0)
    return { path, message: `'${key}' does not belong here`, help: `it is a key of ${places.join(' and ')}` };
  return said(
    keys.length > 0 ? `there are ${keys.join(', ')}` : '`policy-wrap schema` lists the keys that there are',
  );
}

/** The key of a map that a word is meant to be. */
function meantIn(kind: PlaceKind, key: string, value: unknown): string | undefined {
  return otherKey(kind, key, value) ?? suggest(key, KEYS_OF[kind]);
}

/** What to write in place of a key that is no other word for another. */
function remark(key: string, kind: PlaceKind | undefined): string | undefined {
  const remarks = kind && REMARKS[kind === 'section' ? 'policy' : kind];
  return remarks && Object.hasOwn(remarks, key) ? remarks[key] : undefined;
}

/** An action as a key: `{ deny: true }`. */
function inRule(key: string, value: unknown, kind: PlaceKind | undefined): string | undefined {
  if (kind === 'rule' && key === 'category') return 'only an entry of `tools` has a category';
  const action = actionOf(key);
  if (kind !== 'rule' || action === undefined) return undefined;
  if (action === 'require_approval' && isWayToAsk(value))
    return 'write `action: require_approval`; how people are asked is said in `approvals` of the policy itself';
  if (value === false)
    return `write the action that is meant, such as \`action: ${action === 'allow' ? 'deny' : 'allow'}\``;
  return value === true || value === null
    ? `write \`action: ${action}\``
    : `write \`action: ${action}\`, and what else is meant under \`when\` or \`reason\``;
}

function inSection(key: string, value: unknown, kind: PlaceKind | undefined): string | undefined {
  if (kind !== 'policy' && kind !== 'section') return undefined;
  if (IN_ENTRIES.has(key))
    return `it is a key of a rule: write it below the name of a tool (\`tools: { x: { ${key}: … } }\`), or \`default\` for all others`;
  if (KEYS_OF.categories.includes(key) && isEntry(value))
    return `write it below \`categories\`: \`categories: { ${key}: … }\``;
  if (actionOf(key) !== undefined && !isEntry(value) && (isListOfNames(value) || !resembles(key)))
    return `write the names of tools below \`tools\`: \`tools: { x: ${actionOf(key)} }\``;
  if (key === 'rules' || key === 'policies')
    return 'rules are written below the names of tools: `tools: { x: { action: deny } }`';
  const known = resembles(key) || meantIn(kind, key, value) !== undefined || placesOf(key).length > 0;
  return isEntry(value) && !known
    ? `for a tool of this name write it below \`tools\`: \`tools: { ${key}: … }\``
    : undefined;
}

function inCategories(key: string, kind: PlaceKind | undefined): string | undefined {
  if (kind === 'rule' && KEYS_OF.categories.includes(key))
    return `write it below \`categories\`: \`categories: { ${key}: … }\``;
  return kind === 'categories' && (key === 'unknown' || key === 'default' || key === '*')
    ? 'what nothing is known of is decided by `default`, beside `categories`'
    : undefined;
}

/** Whether a word is meant to be a key of the policy, such as `approval`. */
function resembles(key: string): boolean {
  return KEYS_OF.policy.includes(key) || suggest(key, KEYS_OF.policy) !== undefined;
}

/** Names that may be those of tools: a list of channels is none. */
function isListOfNames(value: unknown): boolean {
  return Array.isArray(value) && !isWayToAsk(value);
}

/** A channel, several, or what `approvals` is made of. */
function isWayToAsk(value: unknown): boolean {
  if (typeof value === 'string') return channelOf(value) !== undefined;
  if (Array.isArray(value)) return value.length > 0 && value.every(isWayToAsk);
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).some((key) => KEYS_OF.approvals.includes(key))
  );
}

/** The action that a word means. */
function actionOf(word: string): string | undefined {
  const other = Object.hasOwn(OTHER_WORDS, word) ? OTHER_WORDS[word] : undefined;
  return ACTIONS.find((action) => action === word || action === other);
}

/** Whether a value could be the entry of a tool. */
function isEntry(value: unknown): boolean {
  if (typeof value === 'string') return actionOf(value) !== undefined;
  if (Array.isArray(value)) return value.length > 0 && value.every(isEntry);
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).some((key) => KEYS_OF.rule.includes(key))
  );
}
