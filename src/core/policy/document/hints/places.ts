import { CATEGORY_NAMES } from '../../../tools/category.js';
import type { Path } from '../describe-value.js';

/** What a map of the language is for. */
export type PlaceKind =
  | 'policy'
  | 'section'
  | 'rule'
  | 'categories'
  | 'rate_limit'
  | 'budget'
  | 'repeat'
  | 'sampling'
  | 'approvals'
  | 'audit'
  | 'test';

const LIMIT_KEYS = ['rate_limit', 'budget', 'concurrency', 'repeat', 'timeout'];
const SECTION_KEYS = [
  'default',
  ...LIMIT_KEYS,
  'categories',
  'tools',
  'trust_annotations',
  'resources',
  'prompts',
  'methods',
  'sampling',
];

/** The keys of each map: a test compares them with the schema, which is not loaded for its words. */
export const KEYS_OF: Readonly<Record<PlaceKind, readonly string[]>> = {
  policy: ['version', 'extends', 'mode', ...SECTION_KEYS, 'servers', 'tests', 'approvals', 'audit'],
  section: SECTION_KEYS,
  rule: ['action', 'when', 'reason', ...LIMIT_KEYS, 'category'],
  categories: CATEGORY_NAMES,
  rate_limit: ['max', 'window', 'per', 'key'],
  budget: ['sum', 'max', 'window', 'per'],
  repeat: ['max', 'window'],
  sampling: ['action', 'reason'],
  approvals: [
    'via',
    'timeout',
    'hold',
    'grant',
    'max_pending',
    'remember',
    'edit',
    'open',
    'notify',
    'command',
  ],
  audit: ['file', 'arguments', 'required'],
  test: [
    'name',
    'call',
    'resource',
    'prompt',
    'method',
    'args',
    'server',
    'client',
    'times',
    'every',
    'expect',
    'reason',
  ],
};

const TABLES: ReadonlySet<string | number | undefined> = new Set([
  'tools',
  'resources',
  'prompts',
  'methods',
]);

/** What the map at a path is for; undefined where it is none of the language. */
export function kindOfPlace(path: Path): PlaceKind | undefined {
  const [first, second, ...more] = path.filter((part) => typeof part === 'string');
  if (first === undefined) return 'policy';
  if (first === 'servers') return second === undefined ? undefined : (ofSection(more) ?? undefined);
  if (first === 'approvals' || first === 'audit') return second === undefined ? first : undefined;
  if (first === 'tests') return second === undefined ? 'test' : undefined;
  return ofSection([first, ...(second === undefined ? [] : [second]), ...more]);
}

function ofSection([first, second, ...more]: readonly (string | number)[]): PlaceKind | undefined {
  if (first === undefined) return 'section';
  if (TABLES.has(first)) return second === undefined ? undefined : ofRule(more);
  if (first === 'categories') return second === undefined ? 'categories' : ofRule(more);
  if (first === 'default') return ofRule(second === undefined ? [] : [second, ...more]);
  return first === 'sampling' && second === undefined
    ? 'sampling'
    : ofRule([first, ...(second === undefined ? [] : [second])]);
}

function ofRule([first, second]: readonly (string | number)[]): PlaceKind | undefined {
  if (first === undefined) return 'rule';
  if (second !== undefined) return undefined;
  return first === 'rate_limit' || first === 'budget' || first === 'repeat' ? first : undefined;
}

/** The maps that have a key, in words. */
export function placesOf(key: string): string[] {
  return Object.entries(KEYS_OF)
    .filter(([kind, keys]) => kind !== 'section' && keys.includes(key))
    .map(([kind]) => WORDS[kind as PlaceKind]);
}

const WORDS: Readonly<Record<PlaceKind, string>> = {
  policy: 'the policy itself',
  section: 'the part of a server',
  rule: 'a rule',
  categories: '`categories`',
  rate_limit: '`rate_limit`',
  budget: '`budget`',
  repeat: '`repeat`',
  sampling: '`sampling`',
  approvals: '`approvals`',
  audit: '`audit`',
  test: 'a test',
};
