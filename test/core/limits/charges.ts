import { Counters } from '../../../src/core/limits/counters.js';
import { toDecimal, ZERO } from '../../../src/core/limits/decimal.js';
import type { Charge, Limit, Taken } from '../../../src/core/limits/limit.js';

const ORIGIN = { pointer: '/rate_limit', source: 'policy-wrap.yaml', line: 1 };

/** A limit of this process. */
type SessionLimit = Limit extends infer Each ? (Each extends Limit ? Omit<Each, 'per'> : never) : never;

export function charge(limit: SessionLimit, more: Partial<Charge> = {}): Charge {
  return {
    limit: { per: 'session', ...limit } as Limit,
    counter: 'c',
    amount: undefined,
    observe: false,
    describe: '',
    origin: ORIGIN,
    ...more,
  };
}

export function rate(max: number, window: number, more?: Partial<Charge>): Charge {
  return charge({ kind: 'rate', max, window }, more);
}

export function running(max: number, more?: Partial<Charge>): Charge {
  return charge({ kind: 'concurrency', max }, more);
}

export function budget(amount: number, max: number, window: number, more?: Partial<Charge>): Charge {
  const limit = { kind: 'budget' as const, max: toDecimal(max) ?? ZERO, window };
  return charge(limit, { amount: toDecimal(amount), ...more });
}

/** What happens to one charge after another, as `ok`, the wait in ms, or `never`. */
export function results(
  calls: readonly (readonly [number, Charge | Charge[]])[],
  counters = new Counters(),
): unknown[] {
  return calls.map(([now, charges]) => inShort(counters.take([charges].flat(), now)));
}

export function inShort(taken: Taken): unknown {
  if (taken.ok) return 'ok';
  return taken.full ? 'full' : (taken.retryAfterMs ?? 'never');
}

export function refusal(taken: Taken): Extract<Taken, { ok: false }> {
  if (taken.ok) throw new Error('was admitted');
  return taken;
}
