const LINE_FEED = 0x0a;
/** Enough for the lines of most turns. Bytes. */
const SMALL = 64 * 1024;

/** Whole lines as bytes, one after the other: in memory that is used again, since a text of each would live until all are written. */
export class LineBuffer {
  /** Its first `length` bytes are lines. */
  bytes = Buffer.alloc(0);
  length = 0;

  /** All lines; as long as none is added or dropped. */
  get lines(): Buffer {
    return this.bytes.subarray(0, this.length);
  }

  /** Adds a line without its end. */
  add(line: string): void {
    this.reserve(line.length * 3 + 1);
    this.length += this.bytes.write(line, this.length);
    this.bytes[this.length++] = LINE_FEED;
  }

  /** Makes room for so many bytes behind the lines. */
  reserve(size: number): void {
    const needed = this.length + size;
    if (needed <= this.bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(SMALL, needed, this.bytes.length * 2));
    grown.set(this.lines);
    this.bytes = grown;
  }

  /** Forgets so many of the first bytes. */
  drop(size: number): void {
    this.bytes.copyWithin(0, size, this.length);
    this.length -= size;
    // A long line must not keep its memory.
    if (this.length === 0 && this.bytes.length > 4 * SMALL) this.bytes = Buffer.alloc(0);
  }
}
