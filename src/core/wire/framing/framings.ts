/** How something was written that is not one message on one line of UTF-8. */
export interface Framing {
  kind: FramingKind;
  /** Follows "the server wrote". Safe to print. */
  what: string;
  help: string;
}

const PLAIN = 'over stdio, MCP wants each message on a line of its own, as UTF-8 and with nothing around it';
const TO_STDERR = 'stdin and stdout are for messages only; what is meant for people belongs on stderr';
const OVER_STDIO = 'is it a server for HTTP? Start it with its option for stdio';
const ON_ONE_LINE = 'write each message on one line, without indentation';
const LINE_FEED = 'end each message with a line feed, and flush it';
const SERIALISE = 'write messages with a JSON serialiser, such as JSON.stringify or json.dumps';

const FRAMINGS = {
  headers: ['Content-Length headers, with which language servers frame messages', PLAIN],
  utf16: ['text in UTF-16 or UTF-32', 'write UTF-8 without a byte order mark'],
  length: ['a length in bytes before a message', PLAIN],
  nul: ['a message that ends with U+0000', LINE_FEED],
  separator: ['a record separator (U+001E) before a message', PLAIN],
  mark: ['a byte order mark before a message', 'write UTF-8 without a byte order mark'],
  compressed: ['compressed data', PLAIN],
  binary: ['bytes that are not text', PLAIN],
  http: ['a message of HTTP', OVER_STDIO],
  html: ['HTML', OVER_STDIO],
  events: ['server-sent events (`data: …`)', OVER_STDIO],
  colours: ['a message with colour codes around it', 'turn colours off, such as with NO_COLOR=1'],
  carriageReturn: ['a message that ends with a carriage return and no line feed', LINE_FEED],
  carriageReturnInside: [
    'a message with a carriage return inside, where some readers end the line',
    ON_ONE_LINE,
  ],
  several: ['several messages on one line', LINE_FEED],
  list: ['several messages in an array, which only MCP 2025-03-26 has', PLAIN],
  comma: ['a message with a comma after it', PLAIN],
  before: ['a message with other text before it on its line', TO_STDERR],
  after: ['a message with other text after it on its line', TO_STDERR],
  string: ['a message inside a JSON string', 'serialise each message once, not twice'],
  printed: ['an object as a programming language prints it, which is not JSON', SERIALISE],
  part: ['a part of a message, which is spread over several lines or cut off', ON_ONE_LINE],
  invalid: ['a message that is not valid JSON', SERIALISE],
  envelope: ['JSON that is not a JSON-RPC message', TO_STDERR],
  text: ['a line that is not a JSON-RPC message', TO_STDERR],
  unendedMessage: ['a message without a line feed after it', LINE_FEED],
  unendedText: ['text without a line feed after it, which runs into the next message', TO_STDERR],
} as const satisfies Record<string, readonly [what: string, help: string]>;

export type FramingKind = keyof typeof FRAMINGS;

/** @param why one phrase, where more can be said */
export function framing(kind: FramingKind, why?: string): Framing {
  const [what, help] = FRAMINGS[kind];
  return { kind, what: why === undefined ? what : `${what} (${why})`, help };
}
