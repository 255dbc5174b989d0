import type { Policy } from '../../../core/policy/compile/policy.js';
import type { Call } from '../../../core/policy/decide/call.js';
import { decide } from '../../../core/policy/decide/decide.js';
import { combine, type Ruling } from '../../../core/policy/decide/settle.js';
import type { CallReading } from '../read-call.js';

/** Names come from the agent, so what is remembered of them is bounded. */
const MOST_REMEMBERED = 10_000;
const LONGEST_REMEMBERED = 300;

/** What `KnownRulings` is made for: other policies, or other lists of tools, may say something else. */
export interface RulingsFor {
  policy: Policy;
  /** Differs for any two states of what is known of tools. */
  lists: number;
}

/** What is judged: a call, and what else the request asks for, of which each part is judged like a request of its own. */
type Judged = Pick<CallReading, 'name' | 'call' | 'parts'>;

/** What the policy says of a request. */
export function rulingOf(policy: Policy, { call, parts }: Judged): Ruling {
  const { verdicts } = decide(policy, call);
  const others = parts.flatMap((part) => decide(policy, part).verdicts);
  return combine({ verdicts: others.length > 0 ? [...verdicts, ...others] : verdicts, trace: [] });
}

/**
 * Rulings of tools that follow from the name alone: neither arguments nor client, time or files were looked at when the
 * tool was called first, so they are the same for all its calls until the policy or the lists change. Found again in
 * 0.1 us, where deciding takes 2 to 4.
 */
export class KnownRulings {
  #for: RulingsFor | undefined;
  /** Without the identity of calls, which limits on repeated ones go by; undefined where the ruling may differ. */
  readonly #byName = new Map<string, Ruling | undefined>();

  /** What the policy says of the call of a tool. */
  of(request: Judged, state: RulingsFor): Ruling {
    this.#forget(state);
    const { name } = request;
    let ruling = this.#byName.get(name);
    if (ruling === undefined && !this.#byName.has(name)) {
      ruling = rulingByName(state.policy, request.call);
      if (name.length <= LONGEST_REMEMBERED) this.#byName.set(name, ruling);
    }
    return ruling === undefined ? rulingOf(state.policy, request) : withIdentity(ruling, request);
  }

  /** What is known of a tool that was called before; `differs` where the name alone does not decide. */
  remembered(name: string, state: RulingsFor): Ruling | 'differs' | undefined {
    this.#forget(state);
    return this.#byName.get(name) ?? (this.#byName.has(name) ? 'differs' : undefined);
  }

  #forget({ policy, lists }: RulingsFor): void {
    const isSame = this.#for?.policy === policy && this.#for.lists === lists;
    if (isSame && this.#byName.size < MOST_REMEMBERED) return;
    this.#for = { policy, lists };
    this.#byName.clear();
  }
}

/** The ruling but for the identity of the call; undefined where anything else than name and class was looked at. */
function rulingByName(policy: Policy, call: Call): Ruling | undefined {
  let looked = false;
  const ruling = combine(
    decide(policy, {
      kind: call.kind,
      name: call.name,
      classification: (trusting) => call.classification(trusting),
      hasWorsened(layer) {
        looked = true;
        return call.hasWorsened?.(layer) === true;
      },
      get bindings() {
        looked = true;
        return call.bindings;
      },
      identity: () => '',
    }),
  );
  return looked ? undefined : ruling;
}

/** Limits on repeated calls count each call by what it asks for; all others are as they are. */
function withIdentity(ruling: Ruling, request: Judged): Ruling {
  if (!ruling.charges.some(({ limit }) => limit.kind === 'repeat')) return ruling;
  const identity = request.call.identity();
  return {
    ...ruling,
    charges: ruling.charges.map((charge) =>
      charge.limit.kind === 'repeat' ? { ...charge, counter: `${charge.counter}${identity}` } : charge,
    ),
  };
}
