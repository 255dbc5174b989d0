import { describe, expect, it } from 'vitest';
import { markLookalikes } from '../../../src/core/shown/lookalike-letters.js';
import { unmistakable } from '../../../src/core/shown/unmistakable.js';
import { cpuTime } from '../../cpu-time.js';

const marked = (text: string) => markLookalikes(text, (character) => `<${character}>`);

describe('letters that pass for others', () => {
  it.each([
    ['delete_\u0430ccount', 'delete_<\u0430>ccount'],
    ['/etc/p\u0430sswd', '/etc/p<\u0430>sswd'],
    ['p\u0430yp\u0430l.com', 'p<\u0430>yp<\u0430>l.com'],
    ['g\u03bfogle', 'g<\u03bf>ogle'],
    ['\u0410dmin', '<\u0410>dmin'],
    ['\uff52m', '<\uff52>m'],
    ['\u{1d48e}ain', '<\u{1d48e}>ain'],
    ['main\u0578', 'main<\u0578>'],
    ['\u13a0ocker', '<\u13a0>ocker'],
    ['exec\u0251', 'exec<\u0251>'],
    ['\u0441\u043e\u0440\u0443', '<\u0441><\u043e><\u0440><\u0443>'],
    ['run \u0441\u043e\u0440\u0443 now', 'run <\u0441><\u043e><\u0440><\u0443> now'],
    ['"\\n\u0430\u0430\u0430b"', '"\\n<\u0430><\u0430><\u0430>b"'],
    ['C:\\\u0440asswd', 'C:\\<\u0440>asswd'],
    ['https://bank.example\u2044login', 'https://bank.example<\u2044>login'],
    ['evil.example\uff0fbank.example', 'evil.example<\uff0f>bank.example'],
    ['a\u037erm', 'a<\u037e>rm'],
  ])('are marked: %s', (text, expected) => {
    expect(marked(text)).toBe(expected);
  });

  it.each([
    'rm -rf /',
    'caf\u00e9 na\u00efve Stra\u00dfe \u0131s\u0131',
    '\u041f\u0440\u0438\u0432\u0435\u0442, \u043c\u0438\u0440! \u043e\u043d \u0430 \u0441\u043e\u0440',
    '\u0414\u043e\u043a\u0443\u043c\u0435\u043d\u0442 README.md \u043e\u0442 iPhone',
    '"\u0441\u0442\u0440\u043e\u043a\u0430\\n\u0430"',
    '\u0394t = \u03bbx, 5 \u03bcs',
    '\u0391\u03b8\u03ae\u03bd\u03b1 \u03ba\u03b1\u03b9',
    '\u6771\u4eac \uff21\uff22\uff23 1/2',
    '\u05e9\u05dc\u05d5\u05dd 12:30',
    'x \u2044 y',
    '\u0430',
    '',
  ])('are left alone in other languages: %s', (text) => {
    expect(marked(text)).toBe(text);
  });

  it('take no longer in long texts', () => {
    const text = `${'a\u0430 '.repeat(100_000)}`;
    expect(cpuTime(() => expect(marked(text).length).toBe(500_000))).toBeLessThan(5_000);
  });

  it('are escapes at a terminal, like what cannot be seen', () => {
    expect(unmistakable('p\u0430y\u202e')).toBe('p\\u{430}y\\u{202e}');
  });
});
