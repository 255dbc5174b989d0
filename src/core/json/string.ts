import { Unreadable, unexpected } from './unreadable.js';

const SPACE = 0x20;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LOWER_U = 0x75;

/** After so many plain characters in a row, a compiled expression runs through the rest faster than a loop. */
const LONG_RUN = 64;
const PLAIN_RUN = /[ !#-[\]-\ud7ff\ue000-\uffff]*/y;
/** 1 for each code unit that stands for itself in a string. */
const PLAIN = new Uint8Array(0x1_0000).fill(1).fill(0, 0, SPACE).fill(0, 0xd800, 0xe000);
PLAIN[QUOTE] = 0;
PLAIN[BACKSLASH] = 0;

/** Reads strings of a JSON text to their end (RFC 8259, section 7), without making their values. */
export class StringReader {
  /** Whether the string read last has escapes. */
  escaped = false;
  /** Where the first half of a surrogate pair without its other half is, in all strings read so far. */
  loneSurrogateAt: number | undefined;

  constructor(private readonly text: string) {}

  /** The end of the string whose opening quote is at `start`. Throws `Unreadable`. */
  end(start: number): number {
    const { text } = this;
    this.escaped = false;
    for (let at = endOfRun(text, start + 1); at < text.length; at = endOfRun(text, at)) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) return at + 1;
      if (code < SPACE) throw new Unreadable('control character in a string', at);
      at = code === BACKSLASH ? this.#endOfEscape(at) : this.#endOfSurrogates(at);
    }
    throw unexpected(text, text.length);
  }

  #endOfEscape(at: number): number {
    this.escaped = true;
    const code = this.text.charCodeAt(at + 1);
    if (code !== LOWER_U) {
      if (isShortEscape(code)) return at + 2;
      throw at + 1 < this.text.length
        ? new Unreadable('unknown escape in a string', at)
        : unexpected(this.text, at + 1);
    }
    const unit = this.#escapedUnit(at);
    if (unit < 0xd800 || unit > 0xdfff) return at + 6;
    // Only an escape completes an escape: a pair that is half raw is one character to some parsers, none to others.
    if (unit < 0xdc00 && this.text.startsWith('\\u', at + 6) && isLow(this.#escapedUnit(at + 6)))
      return at + 12;
    this.loneSurrogateAt ??= at;
    return at + 6;
  }

  /** The code unit of `\uXXXX`. */
  #escapedUnit(at: number): number {
    let unit = 0;
    for (let index = at + 2; index < at + 6; index++) {
      const digit = hexDigit(this.text.charCodeAt(index));
      if (digit < 0) throw new Unreadable('unknown escape in a string', at);
      unit = unit * 16 + digit;
    }
    return unit;
  }

  #endOfSurrogates(at: number): number {
    if (this.text.charCodeAt(at) < 0xdc00 && isLow(this.text.charCodeAt(at + 1))) return at + 2;
    this.loneSurrogateAt ??= at;
    return at + 1;
  }
}

/** The end of the characters from here on that stand for themselves. */
function endOfRun(text: string, start: number): number {
  const limit = Math.min(start + LONG_RUN, text.length);
  let at = start;
  while (at < limit && PLAIN[text.charCodeAt(at)] === 1) at++;
  if (at < start + LONG_RUN) return at;
  PLAIN_RUN.lastIndex = at;
  PLAIN_RUN.test(text);
  return PLAIN_RUN.lastIndex;
}

/** Whether `\` and this character are one of `\" \\ \/ \b \f \n \r \t`. */
function isShortEscape(code: number): boolean {
  switch (code) {
    case QUOTE:
    case BACKSLASH:
    case 0x2f:
    case 0x62:
    case 0x66:
    case 0x6e:
    case 0x72:
    case 0x74:
      return true;
    default:
      return false;
  }
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/** -1 where it is none. */
function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
