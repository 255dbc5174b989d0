import type { Origin } from '../text/origin.js';
import type { Decimal } from './decimal.js';

/** Who shares a counter, from the narrowest: this process, all of this user's on this machine, all that share a store. */
export const LIMIT_SCOPES = ['session', 'machine', 'fleet'] as const;
export type LimitScope = (typeof LIMIT_SCOPES)[number];

/** What a policy limits, and who shares the counter. Windows are milliseconds; they slide. */
export type Limit = { per: LimitScope } & LimitKind;

type LimitKind =
  | { kind: 'rate'; max: number; window: number }
  | { kind: 'budget'; max: Decimal; window: number }
  | { kind: 'concurrency'; max: number }
  | { kind: 'repeat'; max: number; window: number };

/** What one call takes from one limit. */
export interface Charge {
  limit: Limit;
  /** The identity of the counter; the value of a key or the digest of the arguments is part of it. */
  counter: string;
  /** What the call spends; budgets only. */
  amount: Decimal | undefined;
  /** Never refuses, is only reported. */
  observe: boolean;
  /** The limit in words: `create_api_key is limited to 10 calls per 60 s`. */
  describe: string;
  /** Where the policy says so. */
  origin: Origin;
}

/** A call that all limits had room for. */
export interface Admission {
  /** Observed limits that had no room. They were not charged. */
  over: readonly Charge[];
  /** Gives places among the running calls back. Calling it again does nothing. */
  release(): void;
  /**
   * Gives everything back, as if the call had never come. Calling it again does nothing. A store in another process does
   * so in the background, and what it cannot give back expires there: fewer calls pass then, never more.
   */
  undo(): void;
}

/** What became of the charges of a call: all were taken, or none. */
export type Taken =
  | ({ ok: true } & Admission)
  | {
      ok: false;
      /** The limit without room that will be without for longest. */
      charge: Charge;
      /** Milliseconds; undefined where waiting does not help or nobody can say how long. */
      retryAfterMs: number | undefined;
      /** The limit may have room, but no more can be counted. */
      full?: true;
    };
