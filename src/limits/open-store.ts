import { type Charge, LIMIT_SCOPES, type LimitScope, type Taken } from '../core/limits/limit.js';
import { allOrNothing } from './all-or-nothing.js';
import { memoryStore } from './memory.js';
import type { LimitStore } from './store.js';

/** How the store of a scope is opened. A scope that is missing here has none, and its limits refuse. */
type StoreOpeners = Partial<Readonly<Record<LimitScope, () => LimitStore>>>;

/** The stores that limits are counted in, each opened when the first call is charged to it. */
export function openStore(openers: StoreOpeners = { session: () => memoryStore() }): LimitStore {
  const opened = new Map<LimitScope, LimitStore>();
  const storeOf = (scope: LimitScope): LimitStore => {
    const store = opened.get(scope) ?? openers[scope]?.() ?? noStore(scope);
    opened.set(scope, store);
    return store;
  };
  return {
    ...allOrNothing(storeOf, LIMIT_SCOPES),
    async close() {
      await Promise.all([...opened.values()].map((store) => store.close()));
    },
  };
}

/** In the place of a store that there is not: limits that only observe report that nothing was counted, all others refuse. */
function noStore(scope: LimitScope): LimitStore {
  const count = (charges: readonly Charge[]): Taken => {
    if (charges.some(({ observe }) => !observe)) throw new Error(`there is no store for limits per ${scope}`);
    return { ok: true, over: charges, release: () => {}, undo: () => {} };
  };
  return { take: count, peek: count, close: () => {} };
}
