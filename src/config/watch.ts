import { type BigIntStats, statSync } from 'node:fs';

/** How often files are looked at while nothing is called. Milliseconds. */
const IDLE_INTERVAL = 500;
/** Within this time after a look no other one is taken, so that a flood of calls does not become a flood of looks. Milliseconds. */
const SHORTEST_INTERVAL = 10;

/** A file that has not changed for so long is written. Milliseconds. */
const QUIET = 50;
/** A file that changes for so long is read anyway. Milliseconds. */
const LONGEST_WRITING = 1_000;

/** A file as it was at one time. */
export interface SeenFile {
  file: string;
  /** Differs for any two states of the file. */
  signature: string;
}

/** Looks at a file. To be done before it is read: an edit in between is then noticed later. */
export function seenFile(file: string): SeenFile {
  return { file, signature: signatureOf(file) };
}

/**
 * Notices that one of some files has changed: edited in place, replaced, removed, restored, or reached through a
 * link that was set again. Looks at the files themselves rather than waiting for events, since events are lost on
 * links, network drives and replaced folders, and come late.
 */
export class FileWatch {
  #files: readonly string[] = [];
  #seen = '';
  #lookedAt = Number.NEGATIVE_INFINITY;
  readonly #timer: NodeJS.Timeout;

  /** @param onChange called from the idle timer; calls in between find out through `changed` */
  constructor(onChange: () => void) {
    this.#timer = setInterval(() => {
      if (this.#files.length > 0 && this.changed()) onChange();
    }, IDLE_INTERVAL).unref();
  }

  /** Starts over with these files as they were when they were seen. */
  watch(files: readonly SeenFile[]): void {
    this.#files = files.map(({ file }) => file);
    this.#seen = files.map(({ signature }) => signature).join('|');
  }

  /** Whether a file differs from what it was when it was last found changed. */
  changed(): boolean {
    if (this.#files.length === 0) return false;
    const now = performance.now();
    if (now - this.#lookedAt < SHORTEST_INTERVAL) return false;
    this.#lookedAt = now;
    const signature = this.#signature();
    if (signature === this.#seen) return false;
    this.#seen = signature;
    return true;
  }

  /** Resolves when nobody is writing any more: half a file may be a whole policy with half of its rules. */
  async settled(): Promise<void> {
    const end = performance.now() + LONGEST_WRITING;
    for (let before = ''; performance.now() < end; ) {
      const now = this.#signature();
      if (now === before) break;
      before = now;
      await new Promise((resolve) => setTimeout(resolve, QUIET));
    }
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #signature(): string {
    return this.#files.map((file) => signatureOf(file)).join('|');
  }
}

function signatureOf(file: string): string {
  let stats: BigIntStats | undefined;
  try {
    stats = statSync(file, { bigint: true, throwIfNoEntry: false });
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code);
  }
  return stats === undefined
    ? 'absent'
    : `${stats.dev}.${stats.ino}.${stats.size}.${stats.mtimeNs}.${stats.ctimeNs}`;
}
