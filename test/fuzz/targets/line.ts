import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Line, LineSplitter, type LineSplitterOptions } from '../../../src/core/wire/line-splitter.js';
import { attackLines } from '../attacks.js';
import { bytesOf, type Target } from '../target.js';

const LONGEST_LINES = [0, 1, 5, 64, 1_000, 16_384, 20_000, 70_000];
const LONGEST_STREAM = 150_000;
/** Bytes from here on stand for long runs, so that short inputs reach what long parts reach. */
const RUN = 0xf0;

/** What comes out of the splitter is what a naive one makes of the whole stream, whatever the chunks. */
function run(input: Uint8Array): void {
  const [limit = 0, seed = 0, ...rest] = input;
  const stream = Uint8Array.from(Buffer.concat(rest.map(expanded)).subarray(0, LONGEST_STREAM));
  const maxBytes = LONGEST_LINES[limit % LONGEST_LINES.length] ?? 0;
  const expected = splitPlainly(stream, maxBytes);
  const chunks = chunksOf(stream, seed);
  assert.deepEqual(split([stream], maxBytes), expected);
  for (const givesBack of [false, true]) assert.deepEqual(split(chunks, maxBytes, {}, givesBack), expected);
  const abridged = split([stream], maxBytes, { outlines: true });
  assert.deepEqual(split(chunks, maxBytes, { outlines: true }), abridged);
  assert.deepEqual(
    abridged.map((shown) => (shown.startsWith('too long') ? 'too long' : shown)),
    expected,
  );
}

function expanded(byte: number): Uint8Array {
  return byte < RUN ? Uint8Array.of(byte) : new Uint8Array(1 + (byte - RUN) * 3_000).fill(0x78);
}

function split(
  chunks: readonly Uint8Array[],
  maxBytes: number,
  options: LineSplitterOptions = {},
  givesBack = false,
): string[] {
  const splitter = new LineSplitter(maxBytes, options);
  const lent: Uint8Array[] = [];
  const lines = chunks.flatMap((chunk) => {
    const memory = Uint8Array.from(chunk);
    const lines = splitter.push(memory);
    const shown = lines.map(show);
    // A line that was kept by reference would change now.
    memory.fill(0x2a);
    for (const line of lines) if (splitter.isLent(line.bytes)) lent.push(line.bytes);
    if (givesBack) for (const bytes of lent.splice(0).reverse()) splitter.giveBack(bytes.fill(0x2a));
    return shown;
  });
  const last = splitter.end();
  return last ? [...lines, show(last)] : lines;
}

function splitPlainly(stream: Uint8Array, maxBytes: number): string[] {
  const text = Buffer.from(stream).toString('latin1');
  return (text.match(/[^\n]*\n|[^\n]+$/g) ?? []).map((line, index) => {
    const body = line.replace(/\n$/, '');
    const mark = index === 0 ? /^\xef\xbb\xbf/ : /(?!)/;
    if (body.length > maxBytes) return 'too long';
    return `${line.replace(mark, '')}|${body.replace(/\r$/, '').replace(mark, '')}`;
  });
}

function show({ bytes, content, tooLong, abridged = '' }: Line): string {
  const text = (part: Uint8Array) => Buffer.from(part).toString('latin1');
  return tooLong ? `too long${abridged}` : `${text(bytes)}|${text(content)}`;
}

/** Cut at places that follow from the number alone: often single bytes, sometimes long parts. */
function chunksOf(stream: Uint8Array, seed: number): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  let state = seed;
  for (let at = 0; at < stream.length; ) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    const size = state % 5 === 0 ? state % 40_000 : state % 5 === 1 ? state % 200 : state % 4;
    chunks.push(stream.subarray(at, at + size));
    at += size;
  }
  return chunks;
}

const part = fc.constantFrom('a', '\ufeff', 'bc', '\n', '\r', '\r\n', '{}', 'x'.repeat(60), 'x'.repeat(64));
const long = fc.integer({ min: RUN, max: 0xff }).map((byte) => Uint8Array.of(byte));

export const line: Target = {
  run,
  seeds: () => attackLines().map((each) => Uint8Array.from([3, 1, ...each, 0x0a, ...each])),
  generated: fc
    .tuple(
      fc.uint8Array({ minLength: 2, maxLength: 2 }),
      fc.array(fc.oneof({ weight: 20, arbitrary: part.map(bytesOf) }, long)),
    )
    .map(([head, parts]) => Uint8Array.from(Buffer.concat([head, ...parts]))),
  words: ['\n', '\xef\xbb\xbf', '\r', '\r\n', '\n\n', '\xff', '\xf5\xf5', '\xf6\n'],
  longest: 64,
};
