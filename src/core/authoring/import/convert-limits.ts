import { describeValue } from '../../policy/document/describe-value.js';
import type { BudgetDocument, RateLimitDocument } from '../../policy/document/document.js';
import { toMilliseconds } from '../../text/duration.js';
import { argumentText } from './convert-conditions.js';
import { type Foreign, isForeign, NotConvertible, unknownKeys } from './foreign-policy.js';

/** What a limit becomes. */
export type ConvertedLimit = { rate: RateLimitDocument } | { budget: BudgetDocument } | { nothing: true };

const WINDOWS: Readonly<Record<string, string>> = { minute: '1m', hour: '1h', day: '1d' };
/** The most that a window of ours counts. */
const LARGEST = 1_000_000;

/**
 * `5/hour`, or `{ max, window }`.
 * @throws {NotConvertible}
 */
export function shorthand(written: unknown): ConvertedLimit {
  if (isForeign(written)) return spelledOut(written);
  const [, count, window] = /^(\d+)\/(\w+)$/.exec(describeValue(written)) ?? [];
  if (count === undefined || window === undefined)
    throw new NotConvertible(`'${describeValue(written)}' is not a rate limit`);
  return calls(Number(count), windowOf(window));
}

/**
 * A limit of the form `{ max, window }`, which may count an argument instead of calls.
 * @throws {NotConvertible}
 */
export function spelledOut(written: Foreign): ConvertedLimit {
  const odd = unknownKeys(written, [
    ...['max', 'window', 'counter', 'increment', 'increment_from'],
    ...['name', 'description', 'on_deny', 'message'],
  ]);
  if (odd.length > 0) throw new NotConvertible(`a limit has the key '${odd[0]}'`);
  return limitOf(written, numberIn(written['max'], 'max'));
}

/**
 * A counter of a rule, with the condition that limits it.
 * @throws {NotConvertible}
 */
export function counterLimit(state: Foreign, { op, value }: Foreign): ConvertedLimit {
  const odd = unknownKeys(state, ['counter', 'window', 'increment', 'increment_from']);
  if (odd.length > 0) throw new NotConvertible(`a counter has the key '${odd[0]}'`);
  const most = Math.trunc(numberIn(value, 'value'));
  if (op !== 'lt' && op !== 'lte')
    throw new NotConvertible(`a counter is compared with '${describeValue(op)}'`);
  return limitOf(state, op === 'lt' ? most - 1 : most);
}

function limitOf(written: Foreign, most: number): ConvertedLimit {
  const window = windowOf(written['window']);
  const { increment = 1, increment_from: from } = written;
  if (from !== undefined && from !== null && from !== '') {
    const sum = argumentText(from);
    return most < 0 ? { nothing: true } : { budget: { sum, max: most, window } };
  }
  const step = increment === null || increment === 0 ? 1 : increment;
  if (typeof step !== 'number' || !Number.isInteger(step) || step < 1)
    throw new NotConvertible(`a counter grows by ${describeValue(step)}`);
  return calls(Math.floor(most / step), window);
}

function calls(max: number, window: RateLimitDocument['window']): ConvertedLimit {
  return max < 1 ? { nothing: true } : { rate: { max: Math.min(max, LARGEST), window } };
}

function windowOf(window: unknown): RateLimitDocument['window'] {
  if (typeof window === 'string') {
    const known = Object.hasOwn(WINDOWS, window) ? WINDOWS[window] : window;
    if (known !== undefined && toMilliseconds(known) !== undefined) return known;
  }
  if (typeof window === 'number' && window > 0 && window <= 31_622_400) return window;
  throw new NotConvertible(`'${describeValue(window)}' is not a window`);
}

function numberIn(value: unknown, key: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER)
    throw new NotConvertible(`'${key}' is ${typeof value === 'number' ? 'too large' : 'no number'}`);
  return value;
}
