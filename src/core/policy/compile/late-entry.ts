import { pattern } from '../../text/glob.js';
import type { SourcedDocument } from '../document/chain.js';
import { originOf } from '../document/lookup.js';
import type { MethodEntry } from './compile-methods.js';
import type { Entry, Rule } from './policy.js';

/** What may stand in an entry in whose rules nothing is left to be wrong once the schema has checked it: no expression, no list. */
const PLAIN: ReadonlySet<string> = new Set([
  'action',
  'reason',
  'rate_limit',
  'concurrency',
  'repeat',
  'timeout',
]);

type PlainRule = Record<string, unknown>;

/**
 * Whether the rules of an entry, as it is written, can be compiled when it is first looked at: that reports nothing then, and
 * the entry hides nothing and says of no category. Of a thousand rules nearly all are so, and a call looks at one.
 */
export function isPlainEntry(written: unknown): written is string | PlainRule {
  if (typeof written === 'string') return written !== 'hide';
  if (typeof written !== 'object' || written === null || Array.isArray(written)) return false;
  const rule = written as PlainRule;
  return (
    rule['action'] !== 'hide' &&
    Object.keys(rule).every((key) => PLAIN.has(key)) &&
    (rule['rate_limit'] === undefined || isPlainLimit(rule['rate_limit']))
  );
}

function isPlainLimit(written: unknown): boolean {
  return (
    typeof written === 'object' &&
    written !== null &&
    !Array.isArray(written) &&
    !Object.hasOwn(written, 'key')
  );
}

/** Whatever an entry says but `allow` holds something back: by a limit as much as by what it says that the tool does. */
export function restricts({ rules, category }: Entry): boolean {
  return (
    category !== undefined ||
    rules.some(
      ({ action, limits, timeout }) => action !== 'allow' || limits.length > 0 || timeout !== undefined,
    )
  );
}

/** The same of what is written. */
export function plainRestricts(written: string | PlainRule): boolean {
  if (typeof written === 'string') return written !== 'allow';
  const { action, rate_limit, concurrency, repeat, timeout } = written;
  return (
    action !== 'allow' ||
    [rate_limit, concurrency, timeout].some((value) => value !== undefined) ||
    (repeat !== undefined && repeat !== false)
  );
}

/** @param rules compiles what the entry says; called once, when it is first looked at */
export function lateEntry(
  name: string,
  { owner, path }: { owner: SourcedDocument; path: readonly string[] },
  rules: () => readonly Rule[],
): MethodEntry {
  let compiled: readonly Rule[] | undefined;
  let origin: MethodEntry['origin'] | undefined;
  return {
    pattern: pattern(name),
    get rules() {
      compiled ??= rules();
      return compiled;
    },
    category: undefined,
    get origin() {
      origin ??= originOf(owner, path);
      return origin;
    },
    owner,
    path,
  };
}
