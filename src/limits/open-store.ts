import { LIMIT_SCOPES, type LimitScope } from '../core/limits/limit.js';
import { allOrNothing } from './all-or-nothing.js';
import { memoryStore } from './memory.js';
import type { LimitStore } from './store.js';

/** How the store of a scope is opened. A scope that is missing here has none, and its limits refuse. */
type StoreOpeners = Partial<Readonly<Record<LimitScope, () => LimitStore>>>;

/** The stores that limits are counted in, each opened when the first call is charged to it. */
export function openStore(openers: StoreOpeners = { session: memoryStore }): LimitStore {
  const opened = new Map<LimitScope, LimitStore>();
  const storeOf = (scope: LimitScope): LimitStore => {
    const store = opened.get(scope) ?? openers[scope]?.();
    if (store === undefined) throw new Error(`there is no store for limits per ${scope}`);
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
