import { worded } from '../../policy/document/describe-value.js';
import type { BudgetDocument, RateLimitDocument } from '../../policy/document/document.js';
import { toMilliseconds } from '../../text/duration.js';
import { argumentText } from './convert-conditions.js';
import { type Foreign, isForeign, Untranslatable, unknownKeys } from './foreign-policy.js';

/** What a limit becomes. */
export type Limit = { rate: RateLimitDocument } | { budget: BudgetDocument } | { nothing: true };

const WINDOWS: Readonly<Record<string, string>> = { minute: '1m', hour: '1h', day: '1d' };
/** The most that a window of ours counts. */
const LARGEST = 1_000_000;

/**
 * `5/hour`, or `{ max, window }`.
 * @throws {Untranslatable}
 */
export function shorthand(written: unknown): Limit {
  if (isForeign(written)) return spelledOut(written);
  const [, count, window] = /^(\d+)\/(\w+)$/.exec(worded(written)) ?? [];
  if (count === undefined || window === undefined)
    throw new Untranslatable(`'${worded(written)}' is no rate limit`);
  return calls(Number(count), windowOf(window));
}

/**
 * A limit of the form `{ max, window }`, which may count an argument instead of calls.
 * @throws {Untranslatable}
 */
export function spelledOut(written: Foreign): Limit {
  const odd = unknownKeys(written, [
    ...['max', 'window', 'counter', 'increment', 'increment_from'],
    ...['name', 'description', 'on_deny', 'message'],
  ]);
  if (odd.length > 0) throw new Untranslatable(`a limit has the key '${odd[0]}'`);
  return limitOf(written, numberIn(written['max'], 'max'));
}

/**
 * A counter of a rule, with the condition that limits it.
 * @throws {Untranslatable}
 */
export function counted(state: Foreign, { op, value }: Foreign): Limit {
  const odd = unknownKeys(state, ['counter', 'window', 'increment', 'increment_from']);
  if (odd.length > 0) throw new Untranslatable(`a counter has the key '${odd[0]}'`);
  const most = Math.trunc(numberIn(value, 'value'));
  if (op !== 'lt' && op !== 'lte') throw new Untranslatable(`a counter is compared with '${worded(op)}'`);
  return limitOf(state, op === 'lt' ? most - 1 : most);
}

function limitOf(written: Foreign, most: number): Limit {
  const window = windowOf(written['window']);
  const { increment = 1, increment_from: from } = written;
  if (from !== undefined && from !== null && from !== '') {
    const sum = argumentText(from);
    return most < 0 ? { nothing: true } : { budget: { sum, max: most, window } };
  }
  const step = increment === null || increment === 0 ? 1 : increment;
  if (typeof step !== 'number' || !Number.isInteger(step) || step < 1)
    throw new Untranslatable(`a counter grows by ${worded(step)}`);
  return calls(Math.floor(most / step), window);
}

function calls(max: number, window: RateLimitDocument['window']): Limit {
  return max < 1 ? { nothing: true } : { rate: { max: Math.min(max, LARGEST), window } };
}

function windowOf(window: unknown): RateLimitDocument['window'] {
  if (typeof window === 'string') {
    const known = Object.hasOwn(WINDOWS, window) ? WINDOWS[window] : window;
    if (known !== undefined && toMilliseconds(known) !== undefined) return known;
  }
  if (typeof window === 'number' && window > 0 && window <= 31_622_400) return window;
  throw new Untranslatable(`'${worded(window)}' is no window`);
}

function numberIn(value: unknown, key: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER)
    throw new Untranslatable(`'${key}' is ${typeof value === 'number' ? 'too large' : 'no number'}`);
  return value;
}
