import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { lapsingClock } from '../../platform/clocks.js';
import type { CallKey } from '../queue/grants.js';

/** What a state turns out to be when it comes back. Only `valid` lets an answer count. */
export type RedeemedState<T> =
  | { verdict: 'valid'; kept: T }
  /** `used` also when it has been forgotten, `foreign` when it was not made here, or by an earlier run of the program. */
  | { verdict: 'foreign' | 'expired' | 'used' | 'other call' };

interface Payload {
  version: number;
  nonce: string;
  /** By the clock of this process. Milliseconds. */
  ends: number;
  /** Keyed digest of all that makes the call this very call. */
  call: string;
}

interface Open<T> {
  kept: T;
  ends: number;
  size: number;
}

const PREFIX = 'pw1.';
const VERSION = 1;
const WRITTEN = /^pw1\.([\w-]{1,512})\.([\w-]{43})$/;
/** Questions that wait for their retry. The oldest is forgotten: then the user is asked again. */
const MOST_OPEN = 1_000;
/** All that is kept with them. Characters. */
const MOST_KEPT = 32 * 1024 * 1024;

/**
 * Makes and checks the state that a question of ours carries through the client (MCP 2026-07-28, patterns/mrtr, "Server
 * Requirements"). A state counts once, until it expires, for one call under one policy, and only in the process that made it:
 * the key is never written down.
 */
export class RequestStates<T> {
  readonly #key = randomBytes(32);
  /** By nonce, the oldest first. */
  readonly #open = new Map<string, Open<T>>();
  #size = 0;

  /** @param now goes on while the machine sleeps, and cannot be set */
  constructor(private readonly now: () => number = lapsingClock()) {}

  /**
   * A state for a question about this call.
   * @param lifetime milliseconds
   * @param kept what is given back when the state is redeemed
   * @param size how much memory that takes, in characters
   */
  issue(call: CallKey, lifetime: number, kept: T, size = 0): string {
    this.#forget(size);
    const nonce = randomBytes(16).toString('base64url');
    const ends = this.now() + lifetime;
    this.#open.set(nonce, { kept, ends, size });
    this.#size += size;
    const payload: Payload = { version: VERSION, nonce, ends, call: this.#digest(call) };
    const written = Buffer.from(JSON.stringify(payload)).toString('base64url');
    return `${PREFIX}${written}.${this.#sign(written)}`;
  }

  /** How many questions wait for their retry. */
  get waiting(): number {
    this.#forget(0);
    return this.#open.size;
  }

  /** What is kept for a state that was made here and still counts, as it goes on to do. */
  keptFor(state: string): T | undefined {
    const found = this.#find(state);
    return 'open' in found ? found.open.kept : undefined;
  }

  /** Whether a state was made here for this call and still counts; it does not count again. */
  redeem(state: string, call: CallKey): RedeemedState<T> {
    const found = this.#find(state);
    if ('verdict' in found) return found;
    const { payload, open } = found;
    // It stays open for the call it was made for: another one must not spoil its answer.
    if (!isEqual(payload.call, this.#digest(call))) return { verdict: 'other call' };
    this.#close(payload.nonce, open);
    return { verdict: 'valid', kept: open.kept };
  }

  #find(state: string): { payload: Payload; open: Open<T> } | { verdict: 'foreign' | 'expired' | 'used' } {
    const [, written = '', signature = ''] = WRITTEN.exec(state) ?? [];
    if (written === '' || !isEqual(signature, this.#sign(written))) return { verdict: 'foreign' };
    // What is signed was made here, so it can be read.
    const payload = JSON.parse(Buffer.from(written, 'base64url').toString()) as Payload;
    if (payload.version !== VERSION) return { verdict: 'foreign' };
    if (payload.ends <= this.now()) return { verdict: 'expired' };
    const open = this.#open.get(payload.nonce);
    return open === undefined ? { verdict: 'used' } : { payload, open };
  }

  /** Makes room, and forgets what nobody can redeem any more. */
  #forget(size: number): void {
    const now = this.now();
    for (const [nonce, open] of this.#open) if (open.ends <= now) this.#close(nonce, open);
    for (const [nonce, open] of this.#open) {
      if (this.#open.size < MOST_OPEN && this.#size + size <= MOST_KEPT) return;
      this.#close(nonce, open);
    }
  }

  #close(nonce: string, { size }: Open<T>): void {
    this.#open.delete(nonce);
    this.#size -= size;
  }

  #sign(written: string): string {
    return createHmac('sha256', this.#key).update(PREFIX).update(written).digest('base64url');
  }

  /** Keyed, so that whoever sees the state cannot try out arguments. */
  #digest({ server, kind, name, digest, policy, definition }: CallKey): string {
    const parts = JSON.stringify([server, kind, name, digest, policy, definition ?? null]);
    return createHmac('sha256', this.#key).update('call.').update(parts).digest('base64url');
  }
}

/** Whether a state looks like one of ours. Those of a policy-wrap that runs behind this one do too. */
export function isOurs(state: string): boolean {
  return state.startsWith(PREFIX);
}

/** Takes as long for any two texts of the same length. */
function isEqual(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)];
  return first.length === second.length && timingSafeEqual(first, second);
}
