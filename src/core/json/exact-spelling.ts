import { isFlaw, scanJson } from './scan.js';

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const SPACE = 0x20;
const TAB = 0x09;

/**
 * The one spelling of a JSON text: keys sorted by code unit, no blanks, each string written one way. Numbers stay as they are
 * written, since servers may tell 1, 1.0 and 1e0 apart: what a person has allowed is none of the others.
 * Throws a `SyntaxError` for a text that `scanJson` does not prove.
 */
export function exactText(text: string): string {
  return speltText(text, (number) => number);
}

/** The same with numbers spelt by a function of ours. */
export function speltText(text: string, spellNumber: (number: string) => string): string {
  const scanned = scanJson(text);
  if (isFlaw(scanned)) throw new SyntaxError(scanned.flaw);
  return new Speller(text, spellNumber).value();
}

/** One pass over a text that has been proved, which also bounds how deep it goes. */
class Speller {
  #at = 0;

  constructor(
    private readonly text: string,
    private readonly spellNumber: (number: string) => string,
  ) {}

  /** Results are put together with `+`, which copies nothing until the whole is read. */
  value(): string {
    switch (this.#next()) {
      case OPEN_OBJECT:
        return this.#object();
      case OPEN_ARRAY:
        return this.#array();
      case QUOTE:
        return this.#string();
      default:
        return this.#word();
    }
  }

  #object(): string {
    const members: [string, string, string][] = [];
    this.#at++;
    while (this.#next() !== CLOSE_OBJECT) {
      const written = this.#string();
      const key = written.includes('\\') ? (JSON.parse(written) as string) : written.slice(1, -1);
      this.#step(COLON);
      members.push([key, written, this.value()]);
      this.#step(COMMA);
    }
    this.#at++;
    members.sort(([one], [other]) => (one < other ? -1 : 1));
    let result = '{';
    for (const [index, [, key, value]] of members.entries())
      result += `${index === 0 ? '' : ','}${key}:${value}`;
    return `${result}}`;
  }

  #array(): string {
    let result = '[';
    this.#at++;
    while (this.#next() !== CLOSE_ARRAY) {
      if (result !== '[') result += ',';
      result += this.value();
      this.#step(COMMA);
    }
    this.#at++;
    return `${result}]`;
  }

  #string(): string {
    const start = this.#at;
    let at = start + 1;
    let escaped = false;
    for (let code = this.text.charCodeAt(at); code !== QUOTE; code = this.text.charCodeAt(at)) {
      if (code === BACKSLASH) escaped = true;
      at += code === BACKSLASH ? 2 : 1;
    }
    this.#at = at + 1;
    const written = this.text.slice(start, at + 1);
    return escaped ? JSON.stringify(JSON.parse(written)) : written;
  }

  #word(): string {
    const start = this.#at;
    while (this.#at < this.text.length && !isEnd(this.text.charCodeAt(this.#at))) this.#at++;
    const word = this.text.slice(start, this.#at);
    return /^[tfn]/.test(word) ? word : this.spellNumber(word);
  }

  /** Steps to the next character that is not a blank. */
  #next(): number {
    let code = this.text.charCodeAt(this.#at);
    while (code === SPACE || code === TAB) code = this.text.charCodeAt(++this.#at);
    return code;
  }

  /** Steps over this character if it comes next: a comma does not after the last. */
  #step(expected: number): void {
    if (this.#next() === expected) this.#at++;
    this.#next();
  }
}

function isEnd(code: number): boolean {
  return code === COMMA || code === CLOSE_ARRAY || code === CLOSE_OBJECT || code === SPACE || code === TAB;
}
