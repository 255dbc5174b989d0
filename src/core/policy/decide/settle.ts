import type { Admission, Charge, Limit, Taken } from '../../limits/limit.js';
import type { Origin } from '../../text/origin.js';
import type { Action } from '../document/document.js';
import type { Approval } from './approval.js';
import type { Decision } from './decide.js';
import { isStricter, type Verdict } from './verdicts.js';

/** What all layers together say, with those that only observe set apart. */
export interface Ruling {
  /** The strictest action of the layers that enforce; `allow` and `require_approval` may still meet a limit. */
  action: Action;
  /** The rule that decided; undefined where no rule had to. */
  rule: Origin | undefined;
  /** Why, for the agent. */
  reason: string | undefined;
  /** What has to be taken from limits, all together, before the call may go. */
  charges: readonly Charge[];
  /** Milliseconds that the server may take; undefined where nothing limits it. */
  timeout: number | undefined;
  /** What an observing layer would have done, where that is stricter than what is done. */
  observed: { action: Action; rule: Origin | undefined; reason: string | undefined } | undefined;
}

/** What the world has answered so far. */
export interface Answers {
  /** After `ask`: what the person said. */
  approval?: Approval | undefined;
  /** After `take`: what became of the charges (see `Counters.take`). */
  taken?: Taken | undefined;
}

/** Why a call does not reach the server. */
export interface Refusal {
  /** What refused it: a rule, a person (or that nobody could be asked), or a limit. */
  action: 'deny' | 'hide' | 'require_approval' | 'limited';
  /** The rule or limit that refused it. */
  rule: Origin | undefined;
  /** Why, for the agent. */
  reason: string | undefined;
  /** The answer that was not a yes. */
  approval?: Approval | undefined;
  /** For a limit: which one, in words, and how long until there is room (ms); undefined where waiting does not help. */
  limit?:
    | { describe: string; kind: Limit['kind']; retryAfterMs: number | undefined; full: boolean }
    | undefined;
}

/**
 * The next step of a call. `ask` a person, or `take` the charges of the ruling, and settle again with the answer;
 * `forward` it, and call `release` when it has ended (`undo` when it was never sent); or `refuse` it.
 */
export type Outcome =
  | { next: 'ask' }
  | { next: 'take' }
  | ({ next: 'forward' } & Admission)
  | { next: 'refuse'; refusal: Refusal };

/** Combines the layers: the strictest of those that enforce wins, limits of all count. No layer at all allows nothing. */
export function combine({ verdicts }: Decision): Ruling {
  const enforcing = verdicts.filter(({ layer }) => layer.mode === 'enforce');
  const effective = strictest(enforcing) ?? {
    action: verdicts.length > 0 ? ('allow' as const) : ('deny' as const),
    rule: verdicts[0]?.rule,
    reason: verdicts.length > 0 ? undefined : 'There is no policy.',
  };
  const observed = strictest(verdicts.filter(({ layer }) => layer.mode === 'observe'));
  const timeouts = enforcing.flatMap(({ timeout }) => timeout ?? []);
  return {
    action: effective.action,
    rule: effective.rule,
    reason: effective.reason,
    charges: verdicts.flatMap(({ charges }) => charges),
    timeout: timeouts.length > 0 ? Math.min(...timeouts) : undefined,
    observed:
      observed && isStricter(observed.action, effective.action)
        ? { action: observed.action, rule: observed.rule, reason: observed.reason }
        : undefined,
  };
}

function strictest(verdicts: readonly Verdict[]): Verdict | undefined {
  let found = verdicts[0];
  for (const verdict of verdicts) if (found && isStricter(verdict.action, found.action)) found = verdict;
  return found;
}

const NOTHING_TAKEN: Admission = { over: [], release: () => {}, undo: () => {} };

/**
 * Says what happens next to a call, given what is known by now. Every refusal of a call is made here. Pure: call it again
 * with each answer, until it says `forward` or `refuse`.
 */
export function settle(ruling: Ruling, { approval, taken }: Answers = {}): Outcome {
  const { action, rule, reason } = ruling;
  if (action === 'deny' || action === 'hide') return { next: 'refuse', refusal: { action, rule, reason } };
  if (action === 'require_approval' && approval === undefined) return { next: 'ask' };
  if (approval !== undefined && !approval.approved) {
    return {
      next: 'refuse',
      refusal: { action: 'require_approval', rule, reason: whyNot(approval, reason), approval },
    };
  }
  if (taken === undefined)
    return ruling.charges.length > 0 ? { next: 'take' } : { next: 'forward', ...NOTHING_TAKEN };
  return taken.ok
    ? { next: 'forward', over: taken.over, release: taken.release, undo: taken.undo }
    : { next: 'refuse', refusal: overLimit(taken) };
}

/** A person's own reason counts; where there was no person, why not is told beside the reason of the policy. */
function whyNot({ how, reason }: Approval, policyReason: string | undefined): string | undefined {
  if (how === 'declined') return reason ?? policyReason;
  return [policyReason, reason].filter(Boolean).join(' ') || undefined;
}

/** The refusal of a call that a limit has no room for. */
export function overLimit({ charge, retryAfterMs, full }: Extract<Taken, { ok: false }>): Refusal {
  const limit = { describe: charge.describe, kind: charge.limit.kind, retryAfterMs, full: full ?? false };
  return { action: 'limited', rule: charge.origin, reason: charge.describe, limit };
}
