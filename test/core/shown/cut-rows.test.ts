import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutOf } from '../../../src/core/shown/cut-rows.js';
import { cpuTime } from '../../cpu-time.js';
import { runs } from '../../runs.js';

describe('a long text', () => {
  it.each([
    ['', undefined],
    ['one line', undefined],
    ['line\n'.repeat(24), undefined],
    ['x'.repeat(24 * 80), undefined],
    [String.raw`line\n`.repeat(24), undefined],
    [String.raw`C:\\new`.repeat(40), undefined],
  ])('is shown whole where it is short', (text, cut) => {
    expect(cutOf(text)).toEqual(cut);
  });

  it.each([
    ['line\n'.repeat(100)],
    ['x'.repeat(10_000)],
    [String.raw`line\n`.repeat(100)],
    [`${'x'.repeat(3_000)}\n}`],
    ['😀'.repeat(2_000)],
    [String.raw`\u202e`.repeat(1_000)],
    [String.raw`\u{202e}`.repeat(1_000)],
    [`x${String.raw`\\`.repeat(1_000)}`],
    ['x'.repeat(10_000_000)],
    [String.raw`\\`.repeat(5_000_000)],
  ])('is cut between its rows', (text) => {
    const { start, end } = cutOf(text) ?? { start: 0, end: 0 };
    expect(start).toBeGreaterThan(0);
    expect(end).toBeGreaterThan(start);
    expect(end).toBeLessThan(text.length);
    for (const at of [start, end]) {
      expect(text.slice(0, at)).not.toMatch(/[\ud800-\udbff]$/);
      let backslashes = 0;
      while (text.charAt(at - 1 - backslashes) === '\\') backslashes++;
      expect(backslashes % 2).toBe(0);
      expect(text.slice(Math.max(0, at - 100), at)).not.toMatch(/\\u(?:[0-9a-f]{0,3}|\{[0-9a-f]*)$/);
    }
  });

  it.each([
    ['lines', 'a line\n'.repeat(30), 14 * 7, 24 * 7],
    ['escaped line ends', String.raw`a line\n`.repeat(30), 14 * 8, 24 * 8],
    ['rows of one line', 'x'.repeat(30 * 80), 14 * 80, 24 * 80],
    ['an escaped backslash before an n', String.raw`C:\\n`.repeat(480), 14 * 80, 24 * 80],
  ])('has its first 14 and its last 6 rows left: %s', (_, text, start, end) => {
    expect(cutOf(text)).toEqual({ start, end });
  });

  it('is cut in good order, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('\n', '\\n', '\\\\', '\\u0430', 'word ', '"', '😀'), { maxLength: 800 }),
        (parts) => {
          const text = parts.join('');
          const cut = cutOf(text);
          if (cut === undefined) expect(text.length).toBeLessThanOrEqual(24 * 81);
          else expect(0 < cut.start && cut.start <= cut.end && cut.end < text.length).toBe(true);
        },
      ),
      runs(300),
    );
  });

  it('takes little time', () => {
    const texts = ['x'.repeat(30_000_000), '\\'.repeat(1_000_000), '\n'.repeat(1_000_000)];
    expect(cpuTime(() => texts.map((text) => cutOf(text)))).toBeLessThan(10_000);
  });
});
