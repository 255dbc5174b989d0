import { Outline } from './outline.js';
import { PartialLine } from './partial-line.js';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
/** U+FEFF in UTF-8, with which writers of .NET and PowerShell begin a stream. */
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const;
const NOTHING = new Uint8Array(0);

/** One line of a stream of bytes. */
export interface Line {
  /** As it came, with its line feed if it had one. Empty when the line is too long. */
  readonly bytes: Uint8Array;
  /** The part of `bytes` before the line end: without a line feed, and without one carriage return before it. */
  readonly content: Uint8Array;
  /** The line had more bytes than are kept; they are gone. */
  tooLong?: true;
  /** What such a line looks like without the contents of its members, where it was asked for. A byte string. */
  abridged?: string;
}

export interface LineSplitterOptions {
  /** A line that is too long is reported at its end, and abridged, instead of as soon as it is. */
  outlines?: boolean;
}

/**
 * Cuts a stream of bytes into lines, at line feeds only. What comes out does not depend on where the chunks end. A byte
 * order mark that begins the stream is part of no line.
 * A line that is inside one chunk shares its memory, which may change after `push`: such lines have to be used before. The parts
 * of any other are copied once.
 */
export class LineSplitter {
  readonly #partial = new PartialLine();
  readonly #outlines: boolean;
  /** No line has come yet. */
  #atStart = true;
  /** The rest of a line that is too long is being dropped. */
  #dropping = false;
  /** Of the line that is being dropped. */
  #outline: Outline | undefined;

  /** `maxBytes`: how many bytes a line may have before its line feed. */
  constructor(
    private readonly maxBytes: number,
    { outlines = false }: LineSplitterOptions = {},
  ) {
    this.#outlines = outlines;
  }

  /** The lines that this chunk completes. One that is too long is reported once. */
  push(chunk: Uint8Array): Line[] {
    const lines: Line[] = [];
    let start = 0;
    // On a Buffer, indexOf is memchr.
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      const line = this.#complete(chunk.subarray(start, end + 1));
      if (line) lines.push(line);
      start = end + 1;
    }
    const held = start < chunk.length ? this.#hold(chunk.subarray(start)) : undefined;
    if (held) lines.push(held);
    return lines;
  }

  /** The last line, when the stream has ended without a line feed. */
  end(): Line | undefined {
    if (this.#dropping) return this.#dropped(NOTHING);
    return this.#partial.length > 0 ? this.#line(this.#partial.take(NOTHING)) : undefined;
  }

  /** Whether the bytes of this line are in memory of their own, until it is given back, if it is. */
  isLent(bytes: Uint8Array): boolean {
    return this.#partial.isLent(bytes);
  }

  /** Whoever has used a line that was lent gives its memory back here, when nobody reads it any more. */
  giveBack(bytes: Uint8Array): void {
    this.#partial.giveBack(bytes);
  }

  /** To be called now and then: lets go of memory that was given back, and that no line has needed since the last time. */
  forget(): void {
    this.#partial.forget();
  }

  /** How many bytes have come of a line whose end has not. */
  get unfinishedBytes(): number {
    return this.#partial.length;
  }

  /** Takes out what has come of such a line. */
  takeUnfinished(): Uint8Array {
    return this.#partial.take(NOTHING);
  }

  /** A copy of what has come of such a line. */
  unfinished(): Uint8Array {
    return this.#partial.copy();
  }

  #complete(last: Uint8Array): Line | undefined {
    if (this.#dropping) return this.#dropped(last);
    if (this.#partial.length + last.length - 1 <= this.maxBytes) {
      return this.#line(this.#partial.length === 0 ? last : this.#partial.take(last));
    }
    this.#startDropping();
    return this.#dropped(last) ?? tooLong();
  }

  #line(bytes: Uint8Array): Line {
    const isMarked = this.#atStart && BYTE_ORDER_MARK.every((byte, index) => bytes[index] === byte);
    this.#atStart = false;
    return wholeLine(isMarked ? bytes.subarray(BYTE_ORDER_MARK.length) : bytes);
  }

  #hold(part: Uint8Array): Line | undefined {
    if (this.#dropping) {
      this.#outline?.push(part);
      return undefined;
    }
    if (this.#partial.length + part.length <= this.maxBytes) {
      this.#partial.add(part);
      return undefined;
    }
    this.#startDropping();
    this.#outline?.push(part);
    return this.#outlines ? undefined : tooLong();
  }

  #startDropping(): void {
    this.#dropping = true;
    this.#atStart = false;
    if (this.#outlines) {
      this.#outline = new Outline();
      this.#outline.push(this.#partial.take(NOTHING));
    }
    this.#partial.clear();
  }

  /** The end of a line that was dropped; undefined where it has been reported. */
  #dropped(last: Uint8Array): Line | undefined {
    this.#dropping = false;
    const outline = this.#outline;
    this.#outline = undefined;
    outline?.push(last);
    return outline && { ...tooLong(), abridged: outline.text.trimEnd() };
  }
}

/** A line of these bytes, with or without its line end. Its content is only cut out when it is asked for: most lines go as they are. */
export function wholeLine(bytes: Uint8Array): Line {
  return new WholeLine(bytes);
}

class WholeLine implements Line {
  constructor(readonly bytes: Uint8Array) {}

  get content(): Uint8Array {
    const { bytes } = this;
    let end = bytes.length;
    if (bytes[end - 1] === LINE_FEED) end--;
    if (bytes[end - 1] === CARRIAGE_RETURN) end--;
    return end === bytes.length ? bytes : bytes.subarray(0, end);
  }
}

function tooLong(): Line {
  return { bytes: NOTHING, content: NOTHING, tooLong: true };
}
