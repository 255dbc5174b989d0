import { randomUUID } from 'node:crypto';
import type { Approval, Remember } from '../../core/policy/decide/approval.js';
import type { CallKind } from '../../core/policy/decide/call.js';
import { lapsingClock } from '../../platform/clocks.js';
import type { RememberedCall } from './remembered-call.js';

/** What makes a call this very call. A change of any of it makes it another one, which nobody has approved. */
export interface CallKey {
  server: string;
  kind: CallKind;
  name: string;
  /** Digest of all that the request asks with. */
  digest: string;
  /** Digest of the policy that asked. */
  policy: string;
  /**
   * Digest of the tool's definition as the client was last told it; undefined when it never was. Of what is not a tool, the
   * method: whoever lets a resource be read has not let anybody subscribe to it.
   */
  definition: string | undefined;
}

/** An answer that came when nobody waited for it any more. */
interface Grant {
  key: CallKey;
  approval: Approval;
  /** By the clock of approvals. */
  until: number;
}

interface Remembered extends Grant {
  id: string;
  scope: Remember['scope'];
  argumentsText: string | undefined;
  /** Characters of JSON that the arguments take. */
  size: number;
}

/** Kept for `policy-wrap approvals` and the page; more are not remembered. */
const MOST_REMEMBERED = 1_000;
/** What lasts longer is noticed to have ended with the next change. Timers of Node wait no longer. Milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;
const MOST_GRANTS = 1_000;
/** Longer arguments are not kept to be shown, and none when those that are kept take so much as JSON. Characters. */
const LONGEST_KEPT = 16_384;
const MOST_KEPT = 4 * 1024 * 1024;
/** Of a name. Characters. */
const LONGEST_NAME = 1_000;

/**
 * What people have said that applies to calls to come: answers that came late (for one call, once), and approvals
 * that are remembered. Kept in this process only: what is written to a file could be written by others.
 */
export class Grants {
  readonly #grants = new Set<Grant>();
  readonly #remembered = new Map<string, Remembered>();
  readonly #listeners = new Set<() => void>();
  #revocations = 0;

  /** @param now goes on while the machine sleeps, and cannot be set: nothing that was allowed lasts longer by that */
  constructor(private readonly now: () => number = lapsingClock()) {}

  /**
   * A late answer. It applies to one identical call.
   * @param lifetime milliseconds
   */
  grant(key: CallKey, approval: Approval, lifetime: number): void {
    const [oldest] = this.#grants;
    if (oldest !== undefined && this.#grants.size >= MOST_GRANTS) this.#grants.delete(oldest);
    this.#grants.add({ key, approval, until: this.now() + lifetime });
  }

  /** Takes out the late answer for a call; the caller gives it back where the call does not go for another reason. */
  takeGrant(key: CallKey): { approval: Approval; giveBack: () => void } | undefined {
    this.#forget();
    for (const grant of this.#grants) {
      if (!isSameCall(grant.key, key)) continue;
      this.#grants.delete(grant);
      return { approval: { ...grant.approval, from: 'grant' }, giveBack: () => void this.#grants.add(grant) };
    }
    return undefined;
  }

  /** Keeps an approval for later calls. */
  remember(
    key: CallKey,
    approval: Approval,
    { scope, for: lifetime }: Remember,
    argumentsText: string | undefined,
  ): void {
    if (this.#remembered.size >= MOST_REMEMBERED) return;
    const until = lifetime === 'session' ? Number.POSITIVE_INFINITY : this.now() + lifetime;
    const id = randomUUID();
    const { remember: _, argumentsText: __, ...plain } = approval;
    const size = scope === 'call' ? this.#roomFor(argumentsText) : undefined;
    const shown = size === undefined ? undefined : argumentsText;
    this.#remembered.set(id, {
      id,
      key,
      approval: plain,
      until,
      scope,
      argumentsText: shown,
      size: size ?? 0,
    });
    if (lifetime !== 'session' && lifetime <= LONGEST_TIMER)
      setTimeout(() => this.#changed(), lifetime).unref();
    this.#changed();
  }

  /** The approval of an earlier call that applies to this one too. */
  recall(key: CallKey): Approval | undefined {
    this.#forget();
    const known = [...this.#remembered.values()].find((each) => covers(each, key));
    return known && { ...known.approval, from: 'remembered' };
  }

  /** Forgets an approval, also as the late answer that it may have been: what is taken back lets no call go. */
  revoke(id: string): boolean {
    const known = this.#remembered.get(id);
    if (known === undefined) return false;
    this.#remembered.delete(id);
    this.#revocations++;
    for (const grant of this.#grants)
      if (grant.approval.approved && covers(known, grant.key)) this.#grants.delete(grant);
    this.#changed();
    return true;
  }

  /** How often an approval was taken back. */
  get revocations(): number {
    return this.#revocations;
  }

  /** Drops what the world has changed under: another policy, another definition of the tool. */
  drop(changed: (key: CallKey) => boolean): void {
    for (const grant of this.#grants) if (changed(grant.key)) this.#grants.delete(grant);
    const dropped = [...this.#remembered.values()].filter(({ key }) => changed(key));
    for (const { id } of dropped) this.#remembered.delete(id);
    if (dropped.length > 0) this.#changed();
  }

  remembered(): RememberedCall[] {
    this.#forget();
    return [...this.#remembered.values()].map(({ id, key, scope, argumentsText, until, approval }) => ({
      id,
      server: key.server,
      kind: key.kind,
      name: key.name.slice(0, LONGEST_NAME),
      scope,
      argumentsText,
      until: Number.isFinite(until) ? Date.now() + Math.round(until - this.now()) : undefined,
      via: approval.via,
      by: approval.by,
    }));
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** All inboxes are told all of it after each change, so it has to stay short. */
  #roomFor(argumentsText = ''): number | undefined {
    if (argumentsText.length > LONGEST_KEPT) return undefined;
    const size = JSON.stringify(argumentsText).length;
    const kept = [...this.#remembered.values()].reduce((sum, each) => sum + each.size, 0);
    return kept + size <= MOST_KEPT ? size : undefined;
  }

  #forget(): void {
    const now = this.now();
    for (const grant of this.#grants) if (grant.until <= now) this.#grants.delete(grant);
    for (const [id, { until }] of this.#remembered) if (until <= now) this.#remembered.delete(id);
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

function covers({ key: known, scope }: Remembered, key: CallKey): boolean {
  return isSameCall(scope === 'tool' ? { ...known, digest: key.digest } : known, key);
}

/** Whether what a person says of one call is said of the other. */
export function isSameCall(one: CallKey, other: CallKey): boolean {
  return (
    one.digest === other.digest &&
    one.name === other.name &&
    one.kind === other.kind &&
    one.server === other.server &&
    one.policy === other.policy &&
    one.definition === other.definition
  );
}
