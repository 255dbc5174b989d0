import type { Admission, Charge, LimitScope, Taken } from '../core/limits/limit.js';
import type { LimitStore } from './store.js';

/**
 * Several stores as one: all charges of a call are taken, or none. Scopes are asked one after the other, and what was taken
 * is given back when a later one has no room or fails. Of one call at most one store is without room in what is reported.
 * @param storeOf throws where a scope has no store: then the call is refused
 * @param order the scopes that cost least first, since most refusals then cost no round trip
 */
export function allOrNothing(
  storeOf: (scope: LimitScope) => LimitStore,
  order: readonly LimitScope[],
): Pick<LimitStore, 'take' | 'peek'> {
  const ask = (how: 'take' | 'peek') => (charges: readonly Charge[], now?: number) => {
    const first = charges[0]?.limit.per ?? 'session';
    // Nearly every call: all its charges are of one scope, and the answer is there at once.
    if (charges.every(({ limit }) => limit.per === first)) return storeOf(first)[how](charges, now);
    const parts = order.map((scope) => charges.filter(({ limit }) => limit.per === scope));
    return oneByOne(
      parts.filter(({ length }) => length > 0),
      (part) => storeOf(part[0]?.limit.per ?? first)[how](part, now),
    );
  };
  return { take: ask('take'), peek: ask('peek') };
}

async function oneByOne(
  parts: readonly (readonly Charge[])[],
  ask: (part: readonly Charge[]) => Taken | Promise<Taken>,
): Promise<Taken> {
  const admissions: Admission[] = [];
  const undo = () => allOf(admissions, (admission) => admission.undo());
  try {
    for (const part of parts) {
      const taken = await ask(part);
      if (!taken.ok) {
        undo();
        return taken;
      }
      admissions.push(taken);
    }
  } catch (error) {
    try {
      undo();
    } catch {
      // What was not given back leaves less room than there is. Why the call is refused is said by the first failure.
    }
    throw error;
  }
  const release = () => allOf(admissions, (admission) => admission.release());
  return { ok: true, over: admissions.flatMap(({ over }) => over), release, undo };
}

/** Does it for each, also where it fails for one before. */
function allOf(admissions: readonly Admission[], act: (admission: Admission) => void): void {
  const failures: unknown[] = [];
  for (const admission of admissions) {
    try {
      act(admission);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
