import { createRequire } from 'node:module';

const { filler } = createRequire(import.meta.url)('./filler.cjs');

/** Ids have this many digits, so that all lines of one kind are equally long and only digits change. */
const ID_DIGITS = 7;
export const FIRST_ID = 4_111_111;

/** One request line whose id (and argument `n`, which differs per call) is written anew before each use. */
export class Request {
  /** `text`: one line without its line feed, with `4111111` wherever the id goes. */
  constructor(text) {
    this.bytes = Buffer.from(`${text}\n`);
    this.places = [...text.matchAll(new RegExp(String(FIRST_ID), 'g'))].map((match) => match.index);
  }

  /** The line as bytes, valid until the next call of this method. */
  withId(id) {
    for (const place of this.places) writeDigits(this.bytes, place, id);
    return this.bytes;
  }
}

/** A `tools/call` of `tool` whose line is `size` bytes long; `result`: how long the answer of read_large shall be. */
export function toolCall(tool, { size = 200, result } = {}) {
  const wanted = result === undefined ? '' : `"size":${result},`;
  const start = `{"jsonrpc":"2.0","id":${FIRST_ID},"method":"tools/call","params":{"name":"${tool}","arguments":{${wanted}"n":${FIRST_ID},"text":"`;
  const end = '"}}}';
  return new Request(start + filler(Math.max(0, size - start.length - end.length - 1)) + end);
}

export const listTools = () =>
  new Request(`{"jsonrpc":"2.0","id":${FIRST_ID},"method":"tools/list","params":{}}`);

export const INITIALIZE = Buffer.from(
  '{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"bench","version":"1"}}}\n',
);

/** Bytes that a proxy that decodes and encodes again does not give back: spacing, escapes, a long integer, raw UTF-8. */
export const ECHO =
  '{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"read_echo","arguments": {"n":12345678901234567890, "e":1.0e2, "u":"\\u00e9é😀\\/"}}}';

function writeDigits(bytes, place, id) {
  for (let at = place + ID_DIGITS - 1, rest = id; at >= place; at--) {
    bytes[at] = 48 + (rest % 10);
    rest = Math.trunc(rest / 10);
  }
}
