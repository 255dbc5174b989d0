import { createHash } from 'node:crypto';

/** Splits a stream of bytes at line feeds. Lines come without their end, and are copies. */
export class LineReader {
  #parts = [];

  /** The lines that a chunk completes. */
  push(chunk) {
    const lines = [];
    let start = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      lines.push(Buffer.concat([...this.#parts, chunk.subarray(start, end)]));
      this.#parts = [];
      start = end + 1;
    }
    if (start < chunk.length) this.#parts.push(Buffer.from(chunk.subarray(start)));
    return lines;
  }

  /** What has come behind the last line end. */
  get rest() {
    return Buffer.concat(this.#parts).toString('utf8');
  }
}

/** What a line is recognised by in the records of both sides. 126 bits of SHA-256. */
export function digestOf(line) {
  return createHash('sha256').update(line).digest('base64url').slice(0, 21);
}
