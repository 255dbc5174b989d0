const shared = globalThis as { $hits?: Uint8Array };
shared.$hits ??= new Uint8Array(1 << 14);
/** What instrumented code counts in, one place for each branch. See `instrument.mjs`. */
const hits = shared.$hits;
const pages = new Uint32Array(hits.buffer, 0, hits.length / 4);

/** Knows which branches have been taken, and roughly how often by one input. */
export class Coverage {
  /** For each branch, the magnitudes seen, a bit each. */
  readonly #seen = new Uint8Array(hits.length);
  /** Branches taken so far. */
  branches = 0;

  begin(): void {
    hits.fill(0);
  }

  /** Whether a branch was taken that never was, or in a magnitude that is new. */
  learn(): boolean {
    let isNew = false;
    for (let page = 0; page < pages.length; page++) {
      if (pages[page] === 0) continue;
      for (let branch = page * 4; branch < page * 4 + 4; branch++) {
        const bit = magnitude(hits[branch] as number);
        const seen = this.#seen[branch] as number;
        if ((seen | bit) === seen) continue;
        if (seen === 0) this.branches++;
        this.#seen[branch] = seen | bit;
        isNew = true;
      }
    }
    return isNew;
  }
}

/** 1, 2, 3, 4-7, 8-15, 16-31, 32-127, more: a bit each. */
function magnitude(count: number): number {
  if (count < 4) return count === 0 ? 0 : 1 << (count - 1);
  if (count < 32) return count < 8 ? 8 : count < 16 ? 16 : 32;
  return count < 128 ? 64 : 128;
}
