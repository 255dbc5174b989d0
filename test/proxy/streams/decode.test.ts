import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askerOfUndecoded, decodeLine } from '../../../src/proxy/streams/decode.js';
import { runs } from '../../runs.js';

const fatal = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

describe('decodeLine', () => {
  it.each([
    ['nothing', ''],
    ['ASCII', '{"a":"\u007f\0"}'],
    ['two bytes', 'é'],
    ['three bytes', '日本語\u2028\uffff'],
    ['four bytes', '😀\u{10ffff}'],
    ['a byte order mark that is not the first', 'a\ufeff'],
    ['much ASCII', 'x'.repeat(2_000_000)],
    ['much of all', 'x é 日 😀 '.repeat(100_000)],
  ])('reads %s', (_, text) => {
    expect(decodeLine(Buffer.from(text))).toBe(text);
  });

  it.each([
    ['a byte order mark', [0xef, 0xbb, 0xbf, 0x7b, 0x7d], 'byte order mark'],
    ['only a byte order mark', [0xef, 0xbb, 0xbf], 'byte order mark'],
    ['a carriage return', [0x7b, 0x0d, 0x7d], 'carriage return inside the line'],
    ['a byte that never occurs', [0x7b, 0xff], 'not UTF-8'],
    ['an overlong form', [0xc0, 0xaf], 'not UTF-8'],
    ['a surrogate', [0xed, 0xa0, 0x80], 'not UTF-8'],
    ['beyond U+10FFFF', [0xf4, 0x90, 0x80, 0x80], 'not UTF-8'],
    ['a cut character', [0x61, 0xe2, 0x82], 'not UTF-8'],
  ])('refuses %s', (_, bytes, flaw) => {
    expect(decodeLine(Uint8Array.from(bytes))).toEqual({ flaw });
  });

  it('reads a part of a larger memory', () => {
    const memory = Uint8Array.from(Buffer.from('\r{"é":1}\r'));
    expect(decodeLine(memory.subarray(1, -1))).toBe('{"é":1}');
  });

  it('agrees with a fatal decoder on any bytes', () => {
    const bytes = fc.uint8Array({ maxLength: 6 });
    const mixed = fc
      .tuple(bytes, fc.string({ unit: 'binary' }))
      .map(([raw, text]) => Buffer.concat([raw, Buffer.from(text)]));
    fc.assert(
      fc.property(mixed, fc.constantFrom(0, 20_000), (content, padding) => {
        const padded = Buffer.concat([content, Buffer.alloc(padding, 'é')]);
        const decoded = decodeLine(padded);
        const expected = decodeFatally(padded);
        if (typeof decoded === 'string') expect(decoded).toBe(expected);
        else
          expect(expected === undefined || padded.includes(0x0d) || expected.startsWith('\ufeff')).toBe(true);
      }),
      runs(1000),
    );
  });
});

function decodeFatally(bytes: Uint8Array): string | undefined {
  try {
    return fatal.decode(bytes);
  } catch {
    return undefined;
  }
}

describe('the id of a line that is never forwarded', () => {
  const line = '{"jsonrpc":"2.0","id":"é","method":"ping"}';

  it.each([
    ['of any script', Buffer.from(line), 'é'],
    ['behind a byte order mark', Buffer.from(`\ufeff${line}`), 'é'],
    ['only in ASCII where the line is not UTF-8', Buffer.from(line, 'latin1'), undefined],
    [
      'in ASCII where the line is not UTF-8',
      Buffer.from('{"jsonrpc":"2.0","id":"a","method":"\xe9"}', 'latin1'),
      'a',
    ],
  ])('is read %s', (_case, bytes, id) => {
    expect(askerOfUndecoded(bytes).id).toBe(id);
  });
});
