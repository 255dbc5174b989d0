import { describe, expect, it } from 'vitest';
import { TextLines } from '../../src/platform/text-lines.js';

/** What comes out of chunks; what was too long is marked. */
function read(
  chunks: readonly (string | Buffer)[],
  { longest = 10, ends }: { longest?: number; ends?: RegExp } = {},
) {
  const heard: string[] = [];
  const lines = new TextLines({
    longest,
    ...(ends ? { ends } : {}),
    onLine: (line) => heard.push(line),
    onTooLong: (part) => heard.push(`${part} (too long)`),
  });
  for (const chunk of chunks) lines.add(Buffer.from(chunk));
  const before = [...heard];
  lines.end();
  return { before, after: heard.slice(before.length) };
}

/** A text as chunks of one byte, of two, and so on. */
function cuts(text: string): Buffer[][] {
  const bytes = Buffer.from(text);
  return Array.from({ length: bytes.length }, (_, size) =>
    Array.from({ length: Math.ceil(bytes.length / (size + 1)) }, (_each, index) =>
      bytes.subarray(index * (size + 1), (index + 1) * (size + 1)),
    ),
  );
}

describe('lines of text', () => {
  it('do not depend on where the chunks end', () => {
    for (const chunks of cuts('one\n\nzwölf 🧵\r\nlast'))
      expect(read(chunks)).toEqual({ before: ['one', '', 'zwölf 🧵\r'], after: ['last'] });
  });

  it('may have other ends', () => {
    for (const chunks of cuts('one\rtwo\nthree'))
      expect(read(chunks, { ends: /\r\n|[\r\n]/ })).toEqual({ before: ['one', 'two'], after: ['three'] });
    expect(read(['one\r\ntwo'], { ends: /\r\n|[\r\n]/ })).toEqual({ before: ['one'], after: ['two'] });
  });

  it('have as many characters as they may, and no more', () => {
    expect(read(['0123456789\n'])).toEqual({ before: ['0123456789'], after: [] });
    expect(read(['01234', '56789', '\n'])).toEqual({ before: ['0123456789'], after: [] });
    expect(read(['01234567890\nok\n'])).toEqual({ before: ['01234567890 (too long)', '', 'ok'], after: [] });
    expect(read(['ok\n01234', '567890'])).toEqual({ before: ['ok', '01234567890 (too long)'], after: [] });
  });

  it('end with the stream: an incomplete character is replaced, and nothing makes no line', () => {
    expect(read([Buffer.from([0x61, 0xf0, 0x9f])])).toEqual({ before: [], after: ['a\ufffd'] });
    expect(read(['a\n'])).toEqual({ before: ['a'], after: [] });
    expect(read([])).toEqual({ before: [], after: [] });
  });

  it('are kept no longer than the line', () => {
    const chunk = Buffer.alloc(1024, 'x');
    const parts: number[] = [];
    const lines = new TextLines({
      longest: 4096,
      onLine: () => expect.unreachable(),
      onTooLong: (part) => parts.push(part.length),
    });
    for (let count = 0; count < 100; count++) lines.add(chunk);
    expect(parts).toEqual(Array(20).fill(5120));
  });
});
