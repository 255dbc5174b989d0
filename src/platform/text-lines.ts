import { StringDecoder } from 'node:string_decoder';

export interface TextLinesOptions {
  /** Of one line, without its end. Characters. */
  longest: number;
  /** What ends a line, where it is more than a line feed. Not global. */
  ends?: RegExp;
  /** Gets each line without its end, the empty ones too. */
  onLine(line: string): void;
  /** Gets what has come of a line that is too long. What is still to come of it is taken for another line. */
  onTooLong(part: string): void;
}

/**
 * Cuts what another process writes into lines of text. What comes out does not depend on where the chunks end, except
 * where a line is too long, and where an end of two characters is cut in two: then there is an empty line more. Lines of messages that are judged are lines of bytes, and are cut by `LineSplitter`.
 */
export class TextLines {
  readonly #decoder = new StringDecoder('utf8');
  readonly #options: TextLinesOptions;
  #pieces: string[] = [];
  #length = 0;

  constructor(options: TextLinesOptions) {
    this.#options = options;
  }

  /** What has come of a line whose end has not. */
  get rest(): string {
    return this.#pieces.join('');
  }

  /** @throws what the callbacks throw; then nothing more is to be added */
  add(chunk: Buffer): void {
    this.#addText(this.#decoder.write(chunk));
  }

  /**
   * The stream has ended: a last line that nothing ends is a line.
   * @throws what the callbacks throw
   */
  end(): void {
    this.#addText(this.#decoder.end());
    if (this.#length > 0) this.#options.onLine(this.#take());
  }

  #addText(text: string): void {
    const [first = '', ...more] = text.split(this.#options.ends ?? '\n');
    this.#hold(first);
    for (const next of more) {
      this.#options.onLine(this.#take());
      this.#hold(next);
    }
  }

  #hold(piece: string): void {
    this.#pieces.push(piece);
    this.#length += piece.length;
    if (this.#length > this.#options.longest) this.#options.onTooLong(this.#take());
  }

  #take(): string {
    const line = this.#pieces.join('');
    this.#pieces = [];
    this.#length = 0;
    return line;
  }
}
