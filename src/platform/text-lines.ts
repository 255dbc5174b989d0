import { StringDecoder } from 'node:string_decoder';

/** A list of ten thousand tools with long descriptions fits. Characters of one line. */
const LONGEST_LINE = 64 * 1024 * 1024;

/** Makes lines of what a server writes. A line may come in many pieces. */
export class TextLines {
  readonly #decoder = new StringDecoder('utf8');
  #pieces: string[] = [];
  #length = 0;

  constructor(
    private readonly onLine: (line: string) => void,
    private readonly onTooLong: () => void,
  ) {}

  add(chunk: Buffer): void {
    const [first = '', ...more] = this.#decoder.write(chunk).split('\n');
    this.#pieces.push(first);
    this.#length += first.length;
    if (this.#length > LONGEST_LINE) {
      this.#pieces = [];
      this.#length = 0;
      return this.onTooLong();
    }
    for (const next of more) {
      const line = this.#pieces.join('');
      this.#pieces = [next];
      this.#length = next.length;
      if (line.trim() !== '') this.onLine(line);
    }
  }
}
