import { CounterTable } from './counter-table.js';
import { add, type Decimal, isNegative, ZERO } from './decimal.js';
import type { Admission, Charge, Taken } from './limit.js';

const MOST_COUNTERS = 100_000;
const MOST_ADMISSIONS = 1_000_000;

/** What one process remembers at most. */
export interface CounterBounds {
  /** How many counters may be live at once. */
  maxCounters?: number;
  /** How many admissions one counter remembers: a budget has no other bound on the number of its calls. */
  maxAdmissions?: number;
}

/** Why a charge cannot be taken now. */
interface Lack {
  charge: Charge;
  /** Milliseconds; Infinity where nobody can say. */
  wait: number;
  full: boolean;
}

/** What the charges of a call that go first take from one counter. */
interface Ahead {
  count: number;
  amount: Decimal;
}

interface Judgement {
  fitting: Charge[];
  over: Charge[];
  lack: Lack | undefined;
  /** What those that fit take, by counter. */
  ahead: Map<string, Ahead>;
  /** How many of these counters are new. */
  added: number;
}

/**
 * Exact sliding-window limits, budgets and places among the running calls. A call passes only if fewer than `max`
 * were admitted in `(now - window, now]`, so no interval of `window` milliseconds ever holds more than `max`.
 * A limit that changes under the same counter keeps its history.
 */
export class Counters {
  readonly #windows = new CounterTable();
  readonly #running = new Map<string, number>();
  readonly #maxCounters: number;
  readonly #maxAdmissions: number;
  #latest = Number.NEGATIVE_INFINITY;

  constructor({ maxCounters = MOST_COUNTERS, maxAdmissions = MOST_ADMISSIONS }: CounterBounds = {}) {
    this.#maxCounters = maxCounters;
    this.#maxAdmissions = maxAdmissions;
  }

  /** How many counters hold something. */
  get size(): number {
    return this.#windows.size + this.#running.size;
  }

  /** Takes all charges or none. `now` is in milliseconds of a clock that does not go back; if it does, it counts as standing still. */
  take(charges: readonly Charge[], now: number): Taken {
    const { fitting, over, lack } = this.#judge(charges, now);
    if (lack) return refused(lack);
    const running: string[] = [];
    for (const charge of fitting) {
      if (charge.limit.kind === 'concurrency') running.push(counterOf(charge));
      else this.#record(charge, charge.limit.window);
    }
    for (const id of running) this.#running.set(id, this.#runningIn(id) + 1);
    return { ok: true, over, ...this.#givingBack(fitting, running, this.#latest) };
  }

  /** What `take` would say, with nothing taken. */
  peek(charges: readonly Charge[], now: number): Taken {
    const { over, lack } = this.#judge(charges, now);
    return lack ? refused(lack) : { ok: true, over, release: NOTHING, undo: NOTHING };
  }

  #judge(charges: readonly Charge[], now: number): Judgement {
    this.#latest = Math.max(this.#latest, now);
    this.#windows.sweep(this.#latest);
    const judgement: Judgement = { fitting: [], over: [], lack: undefined, ahead: new Map(), added: 0 };
    for (const charge of charges) {
      const lack = this.#lackOf(charge, judgement);
      if (lack === undefined) judgement.fitting.push(charge);
      else if (charge.observe) judgement.over.push(charge);
      else if (judgement.lack === undefined || lasting(lack) > lasting(judgement.lack)) judgement.lack = lack;
    }
    return judgement;
  }

  /** Two charges of one call on one counter must both fit. */
  #lackOf(charge: Charge, judgement: Judgement): Lack | undefined {
    const id = counterOf(charge);
    const { ahead, added } = judgement;
    const before = ahead.get(id);
    const wait = this.#waitFor(charge, id, before ?? NOTHING_AHEAD);
    if (wait > 0) return { charge, wait, full: false };
    const known = before !== undefined || this.#windows.has(id) || this.#running.has(id);
    const full = known ? this.#logIsFull(charge, id) : this.size + added >= this.#maxCounters;
    if (full) return { charge, wait: Number.POSITIVE_INFINITY, full };
    if (!known) judgement.added++;
    const { count, amount } = before ?? NOTHING_AHEAD;
    ahead.set(id, { count: count + 1, amount: charge.amount ? add(amount, charge.amount) : amount });
    return undefined;
  }

  #waitFor({ limit, amount }: Charge, id: string, ahead: Ahead): number {
    if (limit.kind === 'concurrency') {
      return this.#runningIn(id) + ahead.count < limit.max ? 0 : Number.POSITIVE_INFINITY;
    }
    const log = this.#windows.read(id, limit.window);
    if (limit.kind !== 'budget') {
      return log.waitForCount(ahead.count + 1, limit.max, this.#latest, limit.window);
    }
    if (amount === undefined || isNegative(amount)) return Number.POSITIVE_INFINITY;
    return log.waitForAmount(add(ahead.amount, amount), limit.max, this.#latest, limit.window);
  }

  #logIsFull({ limit }: Charge, id: string): boolean {
    if (limit.kind === 'concurrency') return false;
    const log = this.#windows.read(id, limit.window);
    if (log.size < this.#maxAdmissions) return false;
    log.forget(this.#latest, limit.window);
    return log.size >= this.#maxAdmissions;
  }

  #record(charge: Charge, window: number): void {
    if (isRecorded(charge)) this.#windows.charge(counterOf(charge), this.#latest, window, charge.amount);
  }

  #runningIn(id: string): number {
    return this.#running.get(id) ?? 0;
  }

  /** @param at when the charges were taken, in milliseconds */
  #givingBack(
    charges: readonly Charge[],
    running: readonly string[],
    at: number,
  ): Pick<Admission, 'release' | 'undo'> {
    if (charges.length === 0) return { release: NOTHING, undo: NOTHING };
    const release = once(() => {
      for (const id of running) this.#leave(id);
    });
    const undo = once(() => {
      release();
      for (const charge of charges)
        if (isRecorded(charge)) this.#windows.remove(counterOf(charge), at, charge.amount);
    });
    return { release: running.length === 0 ? NOTHING : release, undo };
  }

  #leave(id: string): void {
    const left = this.#runningIn(id) - 1;
    if (left > 0) this.#running.set(id, left);
    else this.#running.delete(id);
  }
}

const NOTHING = (): void => {};
const NOTHING_AHEAD: Ahead = { count: 0, amount: ZERO };

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    act();
  };
}

/** What spends nothing of a budget leaves no trace in it, and places among the running calls are counted apart. */
function isRecorded({ limit, amount }: Charge): boolean {
  return limit.kind !== 'concurrency' && amount?.digits !== 0n;
}

/** Counters of different kinds never meet, even under one name. */
function counterOf({ limit, counter }: Charge): string {
  return `${limit.kind} ${counter}`;
}

/** Running calls may end at any moment, so a limit with a known wait says more than one on them. */
function lasting({ charge, wait, full }: Lack): number {
  return charge.limit.kind === 'concurrency' && !full ? 0 : wait;
}

function refused({ charge, wait, full }: Lack): Taken {
  const retryAfterMs = Number.isFinite(wait) ? wait : undefined;
  return full ? { ok: false, charge, retryAfterMs, full } : { ok: false, charge, retryAfterMs };
}
