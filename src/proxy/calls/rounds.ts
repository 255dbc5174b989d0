import type { Approval } from '../../core/policy/decide/approval.js';
import type { Ruling } from '../../core/policy/decide/settle.js';
import type { InputRequired } from '../../core/replies/input-required.js';
import { lapsingClock } from '../../platform/clocks.js';
import { digestOf } from '../../platform/digest.js';

/** What a request that was answered with `input_required` is remembered by. */
export interface Round {
  /** Digest of the method and what it was asked with, as it was written. */
  digest: string;
  /** Digest of `requestState`, which may be long. */
  state: string | undefined;
  /** Digests of the keys under which the server asked for something: a key itself may keep the whole answer in memory. */
  keys: ReadonlySet<string>;
  /** How many retries there were, this one included once it has come. */
  number: number;
  /** What a person has said of the call: nobody is asked again for the same one. */
  approval: Approval | undefined;
  /** What it was said under; see `AskApproval.standing`. It does not count under anything else. */
  standing?: string | undefined;
  /** How many calls of the session came before the one that it began with. */
  calls: number;
}

/** What a request carries that answers an earlier one. */
export interface Resumption {
  digest: string;
  /** Digest of `requestState`. */
  state: string | undefined;
  /** Digests of the keys of `inputResponses`. */
  keys: readonly string[];
}

/** As many as the SDK's client makes before it gives up. */
const MOST_ROUNDS = 10;
/** A person may think about an answer for so long. Milliseconds. */
const LIFETIME = 30 * 60_000;
/** Rounds that wait for their retry. The oldest is forgotten: then its retry counts as a call of its own. */
const MOST_WAITING = 1_000;
/** A server that asks for more at once is not linked, since all its keys would have to be kept. */
const MOST_KEYS = 100;

/**
 * Links the retry of a request to the answer that asked for it (MCP 2026-07-28, patterns/mrtr), so that a call in
 * several rounds is one call to limits and people. Only what was seen here links: state that a client made up
 * would be a way around every limit.
 */
export class Rounds {
  readonly #waiting = new Map<Round, number>();

  constructor(private readonly now: () => number = lapsingClock()) {}

  /** The server has asked for more. */
  open(
    { requestState, keys }: InputRequired,
    call: Pick<Round, 'digest' | 'number' | 'approval' | 'standing' | 'calls'>,
  ): void {
    this.#forget();
    if (keys.size > MOST_KEYS) return;
    const digests = new Set([...keys].map((key) => digestOf(key)));
    const state = requestState === undefined ? undefined : digestOf(requestState);
    const round = { ...call, keys: digests, state };
    const [oldest] = this.#waiting.keys();
    if (oldest !== undefined && this.#waiting.size >= MOST_WAITING) this.#waiting.delete(oldest);
    this.#waiting.set(round, this.now() + LIFETIME);
  }

  /** The round that a request carries on, once; undefined where it is a call of its own. */
  resume(resumption: Resumption | undefined): Round | undefined {
    if (resumption === undefined) return undefined;
    this.#forget();
    for (const round of this.#waiting.keys()) {
      if (!answers(resumption, round)) continue;
      this.#waiting.delete(round);
      return round.number < MOST_ROUNDS ? { ...round, number: round.number + 1 } : undefined;
    }
    return undefined;
  }

  /** Rounds are kept in the order in which they end. */
  #forget(): void {
    for (const [round, end] of this.#waiting) {
      if (end > this.now()) return;
      this.#waiting.delete(round);
    }
  }
}

function answers({ digest, state, keys }: Resumption, round: Round): boolean {
  if (digest !== round.digest || state !== round.state) return false;
  return keys.every((key) => round.keys.has(key)) && (state !== undefined || keys.length > 0);
}

/** Of a call that was counted when it came first, only its place among the running ones is taken again. */
export function goingOn(ruling: Ruling): Ruling {
  return { ...ruling, charges: ruling.charges.filter(({ limit }) => limit.kind === 'concurrency') };
}
