import type { Readable, Writable } from 'node:stream';
import { counted } from '../../core/text/plural.js';
import { visible } from '../../core/text/visible.js';
import { resolves } from '../../platform/timers.js';

/** When this much waits for whoever reads stderr, further notes are counted instead of kept. Bytes. */
const MOST_WAITING = 64 * 1024;
/** How long the last notes, and the last words of the server, are waited for at the end. Milliseconds. */
const LAST_NOTES = 300;

/** A line for people, as it is written. Names of files, servers and rules are in it, so a terminal must obey nothing of it. */
export function noteLine(note: string): string {
  return `policy-wrap: ${note.split('\n').map(visible).join('\n')}\n`;
}

/**
 * What people read: our stderr, with our notes and with what the server writes to its own. Nobody has to read it, so
 * it holds nothing up and costs no more memory than a bounded part.
 */
export class StderrNotes {
  readonly #sources: Promise<void>[] = [];
  #lost = 0;

  constructor(private readonly stream: Writable) {
    stream.on('error', () => {});
    stream.on('drain', () => this.#reportLoss());
  }

  tell(note: string): void {
    if (this.stream.writableLength > MOST_WAITING) this.#lost++;
    else this.stream.write(noteLine(note));
  }

  /** Passes on what the server writes, as fast as it is read. When nobody can read it any more, it is dropped. */
  pass(source: Readable): void {
    source.on('data', (chunk: Uint8Array) => void (this.stream.write(chunk) || source.pause()));
    for (const event of ['drain', 'error']) this.stream.on(event, () => source.resume());
    this.#sources.push(new Promise((resolve) => source.once('close', resolve)));
  }

  /** Resolves when all is written, or after a while. */
  async flush(): Promise<void> {
    const passed = Promise.all(this.#sources);
    await resolves(LAST_NOTES, passed);
    await resolves(LAST_NOTES, new Promise<void>((resolve) => this.stream.write('', () => resolve())));
  }

  #reportLoss(): void {
    const lost = this.#lost;
    this.#lost = 0;
    if (lost > 0) this.tell(`${counted(lost, 'message')} dropped: stderr is not being read`);
  }
}
