import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { excerptOf } from '../../../src/core/audit/excerpt.js';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const of = (...parts: string[]) => parts.join('');
const AWS = of('AK', 'IAIOSFODNN7EXAMPLE');
const pem = (lines: number) =>
  of(
    '-----BEGIN RSA PRIVATE',
    ` KEY-----\n${'MIIEowIBAAKC\n'.repeat(lines)}-----END RSA PRIVATE`,
    ' KEY-----',
  );

describe('an excerpt', () => {
  it('of a short text is the text without secrets', () => {
    expect(excerptOf('x'.repeat(1_000), 1_000, sha256)).toBe('x'.repeat(1_000));
    expect(excerptOf(`key ${AWS}`, 1_000, sha256)).toBe('key [redacted]');
  });

  it('of a long text is its start and its end, with what the whole was', () => {
    const text = `${'a'.repeat(5_000)}${'z'.repeat(5_000)}`;
    expect(excerptOf(text, 1_000, sha256)).toBe(
      `${'a'.repeat(500)}… (10000 characters, sha256 ${sha256(text)}) …${'z'.repeat(500)}`,
    );
    expect(excerptOf(text, 10)).toBe('aaaaa… (10000 characters) …zzzzz');
  });

  it.each([1_001, 1_100, 3_000, 5_096, 5_097, 100_000])(
    'of %i characters has what stands at either end',
    (length) => {
      const padding = '# '.padEnd(length, 'x');
      expect(excerptOf(`${padding}\nrm -rf /home/victim`, 1_000, sha256)).toContain('rm -rf /home/victim');
      expect(excerptOf(`rm -rf /home/victim ${padding}`, 1_000, sha256)).toContain('rm -rf /home/victim');
    },
  );

  it('is cut between words, and never within a character', () => {
    const words = excerptOf('four '.repeat(1_000), 100, sha256);
    expect(words).toMatch(/^(?:four )+… \(5000 characters, sha256 [0-9a-f]{64}\) … ?(?:four )+$/);
    for (const longest of [100, 102, 103, 105])
      expect(excerptOf('😀'.repeat(2_000), longest)).not.toMatch(/\p{Cs}/u);
  });

  it('is never cut within a character where a secret makes it shorter', () => {
    for (let before = 470; before < 520; before++) {
      const padding = 'a'.repeat(before - AWS.length);
      for (const text of [`${AWS} ${padding}${'😀'.repeat(3_000)}`, `${'😀'.repeat(3_000)}${padding} ${AWS}`])
        expect(excerptOf(text, 1_000, sha256)).not.toMatch(/\p{Cs}/u);
    }
  });

  it.each([490, 495, 500, 1_520, 5_000])('has no part of a secret that is cut (%i)', (before) => {
    for (const secret of [
      AWS,
      `password=${'hunter22'.repeat(20)}`,
      of('gh', 'p_', 'aB3'.repeat(40)),
      pem(40),
    ]) {
      for (const [start, end] of [
        [before, 10_000],
        [10_000, before],
      ] as const) {
        const text = `${'x '.repeat(start / 2)}${secret} ${'y '.repeat(end / 2)}`;
        const shown = excerptOf(text, 1_000, sha256);
        expect(shown).not.toMatch(/IOSFODNN|hunter|aB3aB3|MIIE/);
      }
    }
  });

  it('has no part of a secret at the end of what is looked at, where others before it are long', () => {
    const long = `password=${'hunter22'.repeat(150)}`;
    const token = of('gh', 'p_', 'aB3'.repeat(40));
    for (let before = 100; before < 360; before += 7) {
      const start = `${long} ${'x '.repeat(before / 2)}${token} ${'y '.repeat(5_000)}`;
      expect(excerptOf(start, 1_000)).not.toMatch(/hunter|aB3/);
      const end = `${'y '.repeat(5_000)}${token} ${'x '.repeat(before / 2)} ${long} rm -rf /`;
      expect(excerptOf(end, 1_000)).not.toMatch(/hunter|aB3/);
      expect(excerptOf(end, 1_000)).toContain('rm -rf /');
    }
  });

  it('has no end of a key whose beginning is far back', () => {
    expect(excerptOf(pem(2_000), 1_000, sha256)).not.toContain('MIIE');
    expect(excerptOf(`${pem(2_000)}\nrm -rf /`, 1_000, sha256)).toMatch(/\nrm -rf \/$/);
  });
});
