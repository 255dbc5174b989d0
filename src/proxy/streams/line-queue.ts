import type { Line } from '../../core/wire/line-splitter.js';
import { resolves } from '../../platform/timers.js';

/** What lines of the client wait for, and where they go. */
export interface LineQueueDeps {
  /** A promise when a changed policy has to be read before the line may be judged. */
  refresh(line: Line): Promise<void> | undefined;
  /** Whether the client has to be held back. */
  hold(held: boolean): void;
  judge(line: Line): void;
  /** All lines so far have been judged. */
  judged(): void;
}

const NONE: readonly Line[] = [];

/** How long the end waits for a policy that is being read. Milliseconds. */
const LONGEST_READING = 5_000;

/** Judges line after line. When the policy has changed, the lines wait until the new one is read. */
export class LineQueue {
  #lines: readonly Line[] = [];
  /** Resolves when the lines that wait have been judged, or wait again. */
  #judging: Promise<void> | undefined;

  constructor(private readonly deps: LineQueueDeps) {}

  push(lines: readonly Line[]): void {
    if (this.#lines.length > 0) {
      this.#lines = [...this.#lines, ...lines.map(kept)];
      return;
    }
    this.#lines = lines;
    this.#judge();
  }

  /** Resolves when none waits any more, or after a while. */
  async settled(): Promise<void> {
    while (this.#lines.length > 0 && this.#judging && (await resolves(LONGEST_READING, this.#judging)));
  }

  #judge(): void {
    // More may come meanwhile.
    for (let index = 0; index < this.#lines.length; index++) {
      const line = this.#lines[index] as Line;
      const refreshing = this.deps.refresh(line);
      if (refreshing) {
        this.#lines = this.#lines.slice(index).map(kept);
        this.deps.hold(true);
        this.#judging = refreshing.then(() => {
          this.deps.hold(false);
          this.#judge();
        });
        return;
      }
      this.deps.judge(line);
    }
    this.#lines = NONE;
    this.deps.judged();
  }
}

/** The bytes of a line live only as long as its chunk; lines that wait need their own. */
function kept(line: Line): Line {
  return { ...line, bytes: new Uint8Array(line.bytes), content: new Uint8Array(line.content) };
}
