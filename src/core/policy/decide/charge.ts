import { counterKey } from '../../limits/counter-key.js';
import { formatDecimal, isNegative, toDecimal } from '../../limits/decimal.js';
import type { Charge } from '../../limits/limit.js';
import { formatDuration } from '../../text/duration.js';
import type { Origin } from '../../text/origin.js';
import type { LimitRule } from '../compile/policy.js';
import type { Evaluated } from '../conditions/expression.js';
import type { Call } from './call.js';
import { causeIn } from './failed-rule.js';

/** What a call takes from each limit, or why that cannot be told: then the call is refused. */
export function chargesOf(
  limits: readonly LimitRule[],
  call: Call,
  observe: boolean,
): Charge[] | ChargeFailure {
  const charges: Charge[] = [];
  for (const rule of limits) {
    const charge = chargeOf(rule, call, observe);
    if ('failure' in charge) return charge;
    charges.push(charge);
  }
  return charges;
}

export interface ChargeFailure {
  failure: string;
  origin: Origin;
}

function chargeOf(rule: LimitRule, call: Call, observe: boolean): Charge | ChargeFailure {
  const { limit, origin, sum, key } = rule;
  const base = { limit, origin, observe, describe: describe(rule), amount: undefined };
  if (limit.kind === 'repeat') return { ...base, counter: `${rule.counter} ${call.identity()}` };
  if (limit.kind === 'budget' && sum) {
    const evaluated = sum.evaluate(call.bindings);
    const amount = 'value' in evaluated ? amountOf(evaluated.value) : undefined;
    if (amount === undefined || isNegative(amount)) {
      return {
        failure: `The amount \`${sum.source}\` of this call cannot be counted: ${whyNot(evaluated)}.`,
        origin,
      };
    }
    return { ...base, counter: rule.counter, amount };
  }
  if (key === undefined) return { ...base, counter: rule.counter };
  const evaluated = key.evaluate(call.bindings);
  const value = 'value' in evaluated ? counterKey(evaluated.value) : undefined;
  if (value === undefined) {
    return {
      failure: `The key \`${key.source}\` of a limit has no value for this call: ${whyNot(evaluated)}.`,
      origin,
    };
  }
  return { ...base, counter: `${rule.counter} ${value}` };
}

function amountOf(value: unknown) {
  return typeof value === 'bigint' || typeof value === 'number' ? toDecimal(value) : undefined;
}

/** Reasons are written down, so none quotes a string of an argument. */
function whyNot(evaluated: Evaluated): string {
  if ('failure' in evaluated) return causeIn({ failure: evaluated });
  const { value } = evaluated;
  if (typeof value === 'object') return 'it is not a single value';
  return typeof value === 'string' ? 'it is a string' : `it is ${String(value)}`;
}

/** The limit in words, for the agent: `create_api_key is limited to 10 calls per 60 s`. */
function describe({ limit, subject, sum, key }: LimitRule): string {
  const each = key === undefined ? '' : ` for each ${key.source}`;
  switch (limit.kind) {
    case 'rate':
      return `${subject} ${areLimited(subject)} to ${limit.max} ${limit.max === 1 ? 'call' : 'calls'} per ${formatDuration(limit.window)}${each}`;
    case 'repeat':
      return `the same call is limited to ${limit.max} ${limit.max === 1 ? 'time' : 'times'} per ${formatDuration(limit.window)}`;
    case 'budget':
      return `${subject} ${areLimited(subject)} to a total of ${formatDecimal(limit.max)} (${sum?.source ?? 'amount'}) per ${formatDuration(limit.window)}`;
    case 'concurrency':
      return `${subject} ${areLimited(subject)} to ${limit.max} ${limit.max === 1 ? 'call' : 'calls'} at a time`;
  }
}

function areLimited(subject: string): string {
  return / tools$|^tools /.test(subject) ? 'are limited' : 'is limited';
}
