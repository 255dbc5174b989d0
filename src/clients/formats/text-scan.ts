import { errorAt } from './config-text.js';

/** Reads a text from its start to its end, piece by piece. */
export abstract class TextScan {
  at = 0;
  protected abstract readonly language: string;

  constructor(readonly text: string) {}

  fail(message: string, offset = this.at): never {
    throw errorAt(`it is not ${this.language}: ${message}`, this.text, offset);
  }

  /** Moves on after what fits here, and says what it was. */
  take(form: RegExp): string | undefined {
    form.lastIndex = this.at;
    const found = form.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  /** Whether that is what comes next. */
  protected sees(form: RegExp): boolean {
    form.lastIndex = this.at;
    return form.test(this.text);
  }

  /** Reads what may be nested. */
  deep<Result>(read: () => Result): Result {
    try {
      return read();
    } catch (error) {
      if (error instanceof RangeError) throw errorAt('it is nested too deeply', this.text, 0);
      throw error;
    }
  }
}
