import { add, compare, type Decimal, ZERO } from '../../src/core/limits/decimal.js';
import type { Charge } from '../../src/core/limits/limit.js';

interface Admission {
  at: number;
  amount: Decimal;
}

/** What limits mean, in the plainest way: a list of admissions and a filter. Slow, and remembers everything. */
export class PlainCounters {
  readonly #admissions = new Map<string, readonly Admission[]>();

  /** Whether every enforced charge fits after those before it. Only then is anything written down. */
  take(charges: readonly Charge[], now: number): { ok: boolean; over: Charge[] } {
    const after = new Map(this.#admissions);
    const over: Charge[] = [];
    let ok = true;
    for (const charge of charges) {
      const earlier = after.get(idOf(charge)) ?? [];
      if (fits(charge, earlier, now)) {
        after.set(idOf(charge), [...earlier, { at: now, amount: charge.amount ?? ZERO }]);
      } else if (charge.observe) over.push(charge);
      else ok = false;
    }
    if (ok) for (const [id, admissions] of after) this.#admissions.set(id, admissions);
    return { ok, over };
  }

  fits(charge: Charge, now: number): boolean {
    return fits(charge, this.#admissions.get(idOf(charge)) ?? [], now);
  }

  /** The latest admission of each charge never was. */
  undo(charges: readonly Charge[], at: number): void {
    for (const charge of charges) {
      const admissions = this.#admissions.get(idOf(charge)) ?? [];
      const amount = charge.amount ?? ZERO;
      const last = admissions.findLastIndex((each) => each.at === at && compare(each.amount, amount) === 0);
      this.#admissions.set(idOf(charge), admissions.toSpliced(last, last < 0 ? 0 : 1));
    }
  }

  /** One call that held a place has ended. */
  release(charges: readonly Charge[]): void {
    for (const charge of charges) {
      if (charge.limit.kind !== 'concurrency') continue;
      this.#admissions.set(idOf(charge), (this.#admissions.get(idOf(charge)) ?? []).slice(1));
    }
  }
}

function fits({ limit, amount }: Charge, admissions: readonly Admission[], now: number): boolean {
  if (limit.kind === 'concurrency') return admissions.length < limit.max;
  const inside = admissions.filter(({ at }) => now - at < limit.window);
  if (limit.kind !== 'budget') return inside.length < limit.max;
  const sum = inside.reduce((total, admission) => add(total, admission.amount), amount ?? ZERO);
  return compare(sum, limit.max) <= 0;
}

function idOf({ limit, counter }: Charge): string {
  return `${limit.kind} ${counter}`;
}
