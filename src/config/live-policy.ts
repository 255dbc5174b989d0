import type { Policy } from '../core/policy/compile/policy.js';
import { isHandshake } from './known/handshake.js';
import type { LoadedPolicy } from './load.js';
import { PolicyError } from './policy-error.js';
import { FileWatch } from './watch.js';

/**
 * The policy in force. A change of its files swaps the whole policy or nothing: one that cannot be used leaves the old one
 * in force.
 */
export class LivePolicy {
  #loaded: LoadedPolicy;
  #reloading: Promise<void> | undefined;
  readonly #watch: FileWatch;

  /**
   * @param load reads the policy again
   * @param onSwap called after a new policy has come into force
   * @param onInvalid called with what is wrong with a policy that has not
   */
  constructor(
    loaded: LoadedPolicy,
    private readonly load: () => Promise<LoadedPolicy>,
    private readonly onSwap: (before: Policy, after: Policy) => void,
    private readonly onInvalid: (error: Error) => void,
  ) {
    this.#loaded = loaded;
    this.#watch = new FileWatch(() => void this.#reload());
    this.#watch.watch(loaded.files);
  }

  /** The same for policies that say the same. */
  get digest(): string {
    return this.#loaded.digest();
  }

  get policy(): Policy {
    return this.#loaded.policy;
  }

  /** A promise when a changed policy has to be read first: nothing may be judged before it resolves. */
  refresh(): Promise<void> | undefined {
    if (this.#reloading) return this.#reloading;
    return this.#watch.changed() ? this.#reload() : undefined;
  }

  /** The same before a line of the client: conditions are not loaded for the greetings of a session. */
  refreshFor(line: Uint8Array): Promise<void> | undefined {
    return this.refresh() ?? (this.#loaded.late && !isHandshake(line) ? this.prepare() : undefined);
  }

  /** Has loaded what only calls need. To be called when nobody waits; a call that comes sooner waits for it. */
  prepare(): Promise<void> | undefined {
    const { late } = this.#loaded;
    const loading = late?.load();
    if (loading === undefined) this.#loaded = { ...this.#loaded, late: undefined };
    return loading;
  }

  close(): void {
    this.#watch.close();
  }

  #reload(): Promise<void> {
    this.#reloading ??= this.#load().finally(() => {
      this.#reloading = undefined;
    });
    return this.#reloading;
  }

  async #load(): Promise<void> {
    try {
      await this.#watch.settled();
      const before = this.#loaded.policy;
      const loaded = await this.load();
      await loaded.late?.load();
      this.#loaded = loaded;
      this.#watch.watch(this.#loaded.files);
      this.onSwap(before, this.#loaded.policy);
    } catch (error) {
      // Fixing what was wrong may mean fixing a file that only the new version names.
      if (error instanceof PolicyError && error.files.length > 0) this.#watch.watch(error.files);
      this.onInvalid(error as Error);
    }
  }
}
