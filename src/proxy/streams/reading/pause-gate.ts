import type { Readable } from 'node:stream';

/** Holds a stream back while there is at least one reason to. */
export class PauseGate {
  readonly #reasons = new Set<string>();

  constructor(private readonly stream: Readable) {}

  get open(): boolean {
    return this.#reasons.size === 0;
  }

  close(reason: string): void {
    this.#reasons.add(reason);
    this.stream.pause();
  }

  release(reason: string): void {
    if (this.#reasons.delete(reason) && this.open) this.stream.resume();
  }
}
