import { toDecimal, ZERO } from '../../src/core/decimal.js';
import type { Charge, Limit } from '../../src/core/limit.js';

const ORIGIN = { pointer: '/rate_limit', source: 'policy-wrap.yaml', line: 1 };

export function charge(limit: Limit, more: Partial<Charge> = {}): Charge {
  return { limit, counter: 'c', amount: undefined, observe: false, describe: '', origin: ORIGIN, ...more };
}

export function rate(max: number, window: number, more?: Partial<Charge>): Charge {
  return charge({ kind: 'rate', max, window }, more);
}

export function running(max: number, more?: Partial<Charge>): Charge {
  return charge({ kind: 'concurrency', max }, more);
}

export function budget(amount: number, max: number, window: number, more?: Partial<Charge>): Charge {
  const limit: Limit = { kind: 'budget', max: toDecimal(max) ?? ZERO, window };
  return charge(limit, { amount: toDecimal(amount), ...more });
}
