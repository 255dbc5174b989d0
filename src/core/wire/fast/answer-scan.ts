import { skipBlanks } from '../../json/bytes/plain-value.js';
import { endOfId, ID_KEY, JSONRPC_KEY, JSONRPC_VERSION, RESULT_KEY, startsWith } from './fast-answer.js';
import type { ObjectSkipper } from './skip-object.js';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const QUOTE = 0x22;
const COMMA = 0x2c;
const ZERO = 0x30;
const COLON = 0x3a;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** What is read here is no plain answer, or not all of one. */
export const OTHER = -1;
/** What is read here is a plain answer so far, and the chunk ends within its result. */
export const OPEN = -2;

/**
 * Reads plain answers in chunks of the server, as `readFastAnswer` reads lines: in one pass, which also finds the end of the line,
 * and for results that go on in the next chunk.
 */
export class AnswerScan {
  /** Undefined as long as it has not come. */
  id: string | number | undefined;
  /** How many bytes of the line are before its result. */
  headBytes = 0;
  #start = 0;
  #hasVersion = false;
  #hasResult = false;

  constructor(private readonly skipper: ObjectSkipper) {}

  /** The result has, somewhere, an `isError` that is true. */
  get isError(): boolean {
    return this.skipper.isError;
  }

  /** The result has, somewhere, a string that is `task`. */
  get mayBeTask(): boolean {
    return this.skipper.hasTask;
  }

  /** The chunks so far end within the result. */
  get isOpen(): boolean {
    return !this.skipper.ended;
  }

  /**
   * Reads the line that begins here.
   * @param bytes to the end of the chunk
   * @returns the place after its line feed, or `OTHER`, or `OPEN`
   */
  read(bytes: Uint8Array, start: number): number {
    this.id = undefined;
    this.#start = start;
    this.#hasVersion = false;
    this.#hasResult = false;
    const at = skipBlanks(bytes, start);
    return bytes[at] === OPEN_OBJECT ? this.#members(bytes, at) : OTHER;
  }

  /**
   * Reads on in the result, from the begin of another chunk.
   * @returns the place after the result if it is no longer open, or that of a line feed or carriage return, or the end of the chunk
   */
  goOn(bytes: Uint8Array): number {
    return this.skipper.skip(bytes, 0);
  }

  /**
   * Reads what comes after the result, to the end of the line.
   * @returns as `read`
   */
  readTail(bytes: Uint8Array, start: number): number {
    const at = skipBlanks(bytes, start);
    return bytes[at] === COMMA ? this.#members(bytes, at) : this.#end(bytes, at);
  }

  /** @param before the place of what is before a member: a brace or a comma */
  #members(bytes: Uint8Array, before: number): number {
    let at = before;
    do {
      at = skipBlanks(bytes, at + 1);
      if (startsWith(bytes, at, RESULT_KEY)) {
        at = valueAfter(bytes, at + RESULT_KEY.length);
        if (this.#hasResult || bytes[at] !== OPEN_OBJECT) return OTHER;
        this.#hasResult = true;
        this.headBytes = at - this.#start;
        this.skipper.begin();
        at = this.skipper.skip(bytes, at + 1);
        if (this.isOpen) return at === bytes.length ? OPEN : OTHER;
      } else if (startsWith(bytes, at, ID_KEY))
        at = this.#readId(bytes, valueAfter(bytes, at + ID_KEY.length));
      else if (startsWith(bytes, at, JSONRPC_KEY))
        at = this.#readVersion(bytes, valueAfter(bytes, at + JSONRPC_KEY.length));
      else return OTHER;
      if (at < 0) return OTHER;
      at = skipBlanks(bytes, at);
    } while (bytes[at] === COMMA);
    return this.#end(bytes, at);
  }

  #readVersion(bytes: Uint8Array, value: number): number {
    if (value < 0 || this.#hasVersion || !startsWith(bytes, value, JSONRPC_VERSION)) return OTHER;
    this.#hasVersion = true;
    return value + JSONRPC_VERSION.length;
  }

  #readId(bytes: Uint8Array, value: number): number {
    const end = value < 0 || this.id !== undefined ? OTHER : endOfId(bytes, value);
    if (end < 0) return OTHER;
    this.id =
      bytes[value] === QUOTE
        ? String.fromCharCode(...bytes.subarray(value + 1, end - 1))
        : numberAt(bytes, value, end);
    return end;
  }

  /** @param brace the place of the brace that closes the message */
  #end(bytes: Uint8Array, brace: number): number {
    if (bytes[brace] !== CLOSE_OBJECT) return OTHER;
    let at = skipBlanks(bytes, brace + 1);
    if (bytes[at] === CARRIAGE_RETURN) at++;
    const isWhole = this.#hasVersion && this.#hasResult && this.id !== undefined;
    return bytes[at] === LINE_FEED && isWhole ? at + 1 : OTHER;
  }
}

/** The place of the value whose key ends here, or -1. */
function valueAfter(bytes: Uint8Array, keyEnd: number): number {
  const colon = skipBlanks(bytes, keyEnd);
  return bytes[colon] === COLON ? skipBlanks(bytes, colon + 1) : -1;
}

/** The value of digits, of which there are few. */
function numberAt(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) value = value * 10 + (bytes[at] as number) - ZERO;
  return value;
}
