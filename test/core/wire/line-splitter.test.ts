import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Line, LineSplitter } from '../../../src/core/wire/line-splitter.js';
import { runs } from '../../runs.js';

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
const text = (part: Uint8Array) => Buffer.from(part).toString('latin1');
const show = ({ bytes, content, tooLong }: Line) => (tooLong ? 'too long' : [text(bytes), text(content)]);

function split(chunks: readonly Uint8Array[], maxBytes: number) {
  const splitter = new LineSplitter(maxBytes);
  const lines = chunks.flatMap((chunk) => {
    const memory = Uint8Array.from(chunk);
    const shown = splitter.push(memory).map(show);
    memory.fill(0x2a);
    return shown;
  });
  const last = splitter.end();
  return last ? [...lines, show(last)] : lines;
}

describe('LineSplitter', () => {
  it.each([
    ['', []],
    ['a', [['a', 'a']]],
    ['a\n', [['a\n', 'a']]],
    ['\n', [['\n', '']]],
    ['\r\n', [['\r\n', '']]],
    [
      '\n\na',
      [
        ['\n', ''],
        ['\n', ''],
        ['a', 'a'],
      ],
    ],
    [
      'a\r\nb\n',
      [
        ['a\r\n', 'a'],
        ['b\n', 'b'],
      ],
    ],
    ['a\r\r\n', [['a\r\r\n', 'a\r']]],
    ['a\rb\n', [['a\rb\n', 'a\rb']]],
    ['a\r', [['a\r', 'a']]],
    [
      '\xef\xbb\xbfa\n\xef\xbb\xbfb\n',
      [
        ['a\n', 'a'],
        ['\xef\xbb\xbfb\n', '\xef\xbb\xbfb'],
      ],
    ],
    ['\xef\xbb\xbf\xef\xbb\xbfa\n', [['\xef\xbb\xbfa\n', '\xef\xbb\xbfa']]],
    [
      '\xef\xbb\xbf\r\na',
      [
        ['\r\n', ''],
        ['a', 'a'],
      ],
    ],
    ['\xef\xbb\xbf', [['', '']]],
    ['\xef\xbba\n', [['\xef\xbba\n', '\xef\xbba']]],
    [
      '\n\xef\xbb\xbfa\n',
      [
        ['\n', ''],
        ['\xef\xbb\xbfa\n', '\xef\xbb\xbfa'],
      ],
    ],
    ['\r', [['\r', '']]],
    ['a\x0bb\x0cc\x85d\x1ee\0\n', [['a\x0bb\x0cc\x85d\x1ee\0\n', 'a\x0bb\x0cc\x85d\x1ee\0']]],
  ])('%j', (stream, lines) => {
    expect(split([bytes(stream)], 100)).toEqual(lines);
  });

  it.each([
    ['12345\n', [['12345\n', '12345']]],
    ['12345\r\n', ['too long']],
    ['123456\n', ['too long']],
    ['123456', ['too long']],
    ['123456\na\n', ['too long', ['a\n', 'a']]],
    ['1234567890123\n\na', ['too long', ['\n', ''], ['a', 'a']]],
    ['123456\n123456\n', ['too long', 'too long']],
  ])('no more than 5 bytes: %j', (stream, lines) => {
    expect(split([bytes(stream)], 5)).toEqual(lines);
    expect(split([...stream].map(bytes), 5)).toEqual(lines);
  });

  it('gives the same lines for any chunks', () => {
    const part = fc.constantFrom('a', 'bc', '\n', '\r', '\r\n', '{"a":"é"}'.repeat(3), 'x'.repeat(40));
    const stream = fc.array(part, { maxLength: 30, size: 'max' }).map((parts) => bytes(parts.join('')));
    const cuts = fc.array(fc.nat(200), { maxLength: 12 });
    fc.assert(
      fc.property(stream, cuts, (all, places) => {
        expect(split(cutAt(all, places), 50)).toEqual(split([all], 50));
      }),
      runs(3000),
    );
  });

  it.each([
    ['large', 65_536],
    ['small', 1000],
    ['mixed', 0],
  ])('puts a line of %s parts together', (_, size) => {
    const line = bytes(`${Array.from({ length: 100_000 }, (_, index) => index).join()}\n`);
    const places = size ? steps(line.length, size) : [3, 40_000, 40_010, 80_000, 200_000, 200_001];
    expect(split(cutAt(line, places), 1_000_000)).toEqual([[text(line), text(line.subarray(0, -1))]]);
  });

  it('shares the memory of a chunk that holds a whole line', () => {
    const chunk = Buffer.from('a\nbc\n');
    const [, line] = new LineSplitter(10).push(chunk);
    expect(line?.bytes.buffer).toBe(chunk.buffer);
  });

  describe('lends the memory of a long line', () => {
    const long = (letter: string, length = 200_000) => bytes(`${letter.repeat(length)}\n`);
    const take = (splitter: LineSplitter, line: Uint8Array) => {
      const [first] = cutAt(line, steps(line.length, 60_000)).flatMap((chunk) => splitter.push(chunk));
      return first as Line;
    };

    it('and uses it for the next one when it was given back', () => {
      const splitter = new LineSplitter(1_000_000);
      const first = take(splitter, long('a'));
      expect(splitter.isLent(first.bytes)).toBe(true);
      splitter.giveBack(first.bytes);
      const second = take(splitter, long('b'));
      expect(second.bytes.buffer).toBe(first.bytes.buffer);
      expect(text(second.bytes)).toBe(text(long('b')));
    });

    it('and never uses what was not given back, or is used again', () => {
      const splitter = new LineSplitter(1_000_000);
      const lines = ['a', 'b', 'c'].map((letter) => take(splitter, long(letter)));
      for (const { bytes } of lines.slice(1)) splitter.giveBack(bytes);
      for (const { bytes } of lines.slice(1)) splitter.giveBack(bytes);
      const later = ['d', 'e', 'f'].map((letter) => take(splitter, long(letter)));
      const kept = [lines[0] as Line, ...later];
      expect(new Set(kept.map(({ bytes }) => bytes.buffer)).size).toBe(4);
      expect(kept.map(show)).toEqual(
        ['a', 'd', 'e', 'f'].map((letter) => [text(long(letter)), letter.repeat(200_000)]),
      );
    });

    it('but takes no memory that it has not lent', () => {
      const splitter = new LineSplitter(1_000_000);
      const chunk = bytes('a\n');
      const [short] = splitter.push(chunk);
      expect(short && splitter.isLent(short.bytes)).toBe(false);
      splitter.giveBack(chunk);
      splitter.giveBack(long('x', 500_000));
      expect(take(splitter, long('a')).bytes.buffer.byteLength).toBeLessThan(500_000);
    });

    it('and lets go of it when it is not used for a while', () => {
      const splitter = new LineSplitter(1_000_000);
      const { bytes: first } = take(splitter, long('a'));
      splitter.giveBack(first);
      splitter.forget();
      const { bytes: second } = take(splitter, long('b'));
      expect(second.buffer).toBe(first.buffer);
      splitter.giveBack(second);
      splitter.forget();
      splitter.forget();
      expect(take(splitter, long('c')).bytes.buffer).not.toBe(first.buffer);
    });

    it('also of one that has a mark before it', () => {
      const splitter = new LineSplitter(1_000_000);
      const line = take(splitter, bytes(`\xef\xbb\xbf${'a'.repeat(200_000)}\n`));
      expect(line.bytes.length).toBe(200_001);
      splitter.giveBack(line.bytes);
      expect(text(take(splitter, long('b', 200_003)).bytes)).toBe(text(long('b', 200_003)));
    });
  });

  it('does not grow while it drops a line', () => {
    const splitter = new LineSplitter(100_000);
    const chunk = new Uint8Array(64 * 1024).fill(0x61);
    const before = process.memoryUsage().arrayBuffers;
    const lines = Array.from({ length: 500 }, () => splitter.push(chunk).length);
    expect(lines.reduce((sum, count) => sum + count)).toBe(1);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 * 1024 * 1024);
    expect(splitter.end()).toBeUndefined();
  });

  it.each([
    [
      '{"method":"tools/call","params":{"name":"x","a":["}",{"b":"\\\\"}]},"jsonrpc":"2.0","id":"a\\"{"}\r\n',
      '{"method":"tools/call","params":{},"jsonrpc":"2.0","id":"a\\"{"}',
    ],
    ['[{"id":1},[2]]\n', '[{},[]]'],
    [`{"id":7,"text":"${'x'.repeat(5_000)}"}\n`, ''],
    ['{"id":7,"params":{"never":"closed', '{"id":7,"params":{'],
    ['{"id":1}}]}}]]{"id":2}\n', '{"id":1}}]}}]]{"id":2}'],
  ])('outlines a line that is too long: %j', (line, abridged) => {
    for (const chunks of [[bytes(line)], [...line].map(bytes), cutAt(bytes(line), steps(line.length, 7))]) {
      const splitter = new LineSplitter(5, { outlines: true });
      const lines = chunks.flatMap((chunk) => splitter.push(chunk));
      const all = [...lines, ...[splitter.end() ?? []].flat()];
      expect(all).toEqual([{ bytes: bytes(''), content: bytes(''), tooLong: true, abridged }]);
      expect(splitter.push(bytes('a\n')).map(show)).toEqual([['a\n', 'a']]);
    }
  });

  it('takes a long line byte by byte', () => {
    const splitter = new LineSplitter(10_000_000);
    for (let sent = 0; sent < 300_000; sent++) splitter.push(Uint8Array.of(0x61));
    expect(splitter.push(Uint8Array.of(0x0a))[0]?.content.length).toBe(300_000);
  });
});

function cutAt(all: Uint8Array, places: readonly number[]): Uint8Array[] {
  const ends = [...places.filter((place) => place < all.length), all.length].sort(
    (one, other) => one - other,
  );
  return ends.map((end, index) => all.subarray(ends[index - 1] ?? 0, end));
}

function steps(length: number, size: number): number[] {
  return Array.from({ length: Math.floor(length / size) }, (_, index) => (index + 1) * size);
}
