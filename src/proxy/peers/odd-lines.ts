import { lineExcerpt } from '../../core/shown/line-excerpt.js';
import { counted } from '../../core/text/plural.js';
import { type Framing, framingOf } from '../../core/wire/framing/framing.js';
import type { LineSplitter } from '../../core/wire/line-splitter.js';
import { bufferOf, decoded, shown } from '../streams/bytes.js';

/** After so many, and so much of them, lines are counted and not looked at: a flood must cost little. Bytes. */
const MOST_LOOKED_AT = 1_000;
const MOST_BYTES = 4 * 1024 * 1024;
/** Answers to nothing that was asked are told so often. */
const MOST_ANSWERS = 10;
/** What has come of a line that has not ended is looked at up to here. Bytes. */
const LONGEST_UNFINISHED = 1024 * 1024;
/** More of a line is not shown. Bytes. */
const LONGEST_READ = 16 * 1024;

/** Shows a person what a peer writes that is not messages: the first line of each kind, and how many others there were. */
export class OddLines {
  readonly #shown = new Set<string>();
  #lookedAt = 0;
  #bytes = 0;
  #notShown = 0;
  #answers = 0;
  /** How many bytes of an unfinished line there were at the last look, and at the last that was long enough after it. */
  #bytesBefore = 0;
  #bytesSeen = 0;

  constructor(
    private readonly writer: 'server' | 'client',
    private readonly splitter: Pick<LineSplitter, 'unfinishedBytes' | 'unfinished'>,
    private readonly tell: (note: string) => void,
  ) {}

  /** A line that is not passed on. @param line without its line end */
  add(line: Uint8Array): void {
    if (++this.#lookedAt > MOST_LOOKED_AT || this.#bytes > MOST_BYTES) {
      this.#notShown++;
      return;
    }
    this.#bytes += line.length;
    this.#show(framingOf(bufferOf(line).toString('latin1')), line);
  }

  /** An answer that is dropped, since nothing was asked with its id. @param id as it is written */
  addAnswer(id: Uint8Array): void {
    if (++this.#answers > MOST_ANSWERS) this.#notShown++;
    else
      this.tell(
        `the ${this.writer} answered a request that it was not sent (id ${shown(id)}); the answer was dropped`,
      );
  }

  /** To be called every second or so: a line that does not go on and does not end is never read. */
  look(): void {
    const bytes = this.splitter.unfinishedBytes;
    const isStuck = bytes > 0 && bytes === this.#bytesBefore;
    this.#bytesBefore = bytes;
    if (!isStuck) this.#bytesSeen = 0;
    else if (this.#bytesSeen !== bytes && bytes <= LONGEST_UNFINISHED) {
      this.#bytesSeen = bytes;
      const part = this.splitter.unfinished();
      this.#show(framingOf(bufferOf(part).toString('latin1'), { ended: false }), part);
    }
  }

  /** Nothing more will come. */
  end(): void {
    const more = this.#notShown;
    if (more > 0)
      this.tell(
        `${counted(more, 'more line')} of the ${this.writer} ${more === 1 ? 'was' : 'were'} not passed on`,
      );
    this.#notShown = 0;
  }

  #show(framing: Framing | undefined, line: Uint8Array): void {
    if (framing === undefined) return;
    const text = decoded(line.subarray(0, LONGEST_READ));
    // The first line of a banner may be of strokes.
    const isEmpty = framing.kind === 'text' && !/[\p{L}\p{N}]/u.test(text);
    if (isEmpty || this.#shown.has(framing.kind)) {
      this.#notShown++;
      return;
    }
    this.#shown.add(framing.kind);
    this.tell(`the ${this.writer} wrote ${framing.what}: ${lineExcerpt(text)}\n  help: ${framing.help}`);
  }
}
