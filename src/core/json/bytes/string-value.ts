import { compileCode } from './compiled-code.js';
import { STRING_VALUE_CODE } from './string-value-code.js';

/** What the compiled code looks at in one go. Bytes. */
const WINDOW = 0xfe00;
/** A short string must not cost the copy of so much: what is looked at grows. Bytes. */
const FIRST_WINDOW = 2_048;
/** Where the value of a window begins in its memory. */
const VALUE = 0x1_0000;
const NO_STRING = -0x8000_0000;

interface Code {
  value(at: number, end: number): number;
  written: { readonly value: number };
  extra: { readonly value: number };
}

interface Compiled extends Code {
  bytes: Uint8Array;
}

/** Made with the first string; false where there is no WebAssembly. */
let compiled: Compiled | false | undefined;

/**
 * Reads a JSON string of UTF-8 to its end, and gives its value as UTF-8, part by part: a digest of 10 MB needs no text of 10 MB.
 * Undefined where it is no string, has escaped surrogates, or there is no WebAssembly; some parts may have been given then.
 * @param start the place behind its opening quote
 * @param take gets parts that live until it returns
 * @returns the place behind its closing quote, and the length of the value in UTF-16 code units
 */
export function readStringValue(
  bytes: Uint8Array,
  start: number,
  end: number,
  take: (part: Uint8Array) => void,
): { end: number; length: number } | undefined {
  compiled ??= compileValue();
  if (compiled === false) return undefined;
  let length = 0;
  let window = FIRST_WINDOW;
  for (let at = start; at < end; ) {
    const size = Math.min(window, end - at);
    window = Math.min(window * 4, WINDOW);
    compiled.bytes.set(bytes.subarray(at, at + size));
    const found = compiled.value(0, size);
    if (found === NO_STRING) return undefined;
    const written = compiled.written.value;
    length += written - compiled.extra.value;
    take(compiled.bytes.subarray(VALUE, VALUE + written));
    if (found >= 0) return { end: at + found + 1, length };
    if (found === -1) return undefined;
    at += -1 - found;
  }
  return undefined;
}

function compileValue(): Compiled | false {
  const code = compileCode<Code>(STRING_VALUE_CODE);
  return code && { ...code, bytes: new Uint8Array(code.memory.buffer) };
}
