import { describe, expect, it } from 'vitest';
import { abridgedLike, isShown } from './placeholders.js';

const PRINTED = 'one\ntwo\nthree\nfour\nfive\n';

describe('what a page shows', () => {
  it.each([
    'one\ntwo\nthree\nfour\nfive',
    'one\n…',
    '…\nfive',
    'one\n…\nthree\n…',
    '…\ntwo\nthree\n…\nfive',
    'one\n…\ntwo\nthree\nfour\nfive',
  ])('is printed: %j', (shown) => expect(isShown(shown, PRINTED)).toBe(true));

  it.each([
    '',
    '…',
    'one',
    'two\n…',
    '…\nfour',
    'one\n…\nsix\n…',
    '…\nthree\n…\ntwo\n…',
    'one\ntwo\n…\ntwo\nthree\nfour\nfive',
    '…\nfive\n…\nfive',
  ])('is not printed: %j', (shown) => expect(isShown(shown, PRINTED)).toBe(false));

  it('may have another version, path or time, and nothing else', () => {
    expect(isShown('✓ Node.js: 20.1.0', '✓ Node.js: 22.12.3')).toBe(true);
    expect(isShown('Try again in 42 s.', 'Try again in 60 s.')).toBe(true);
    expect(isShown('command: node is /usr/bin/node', 'command: node is C:\\Program Files\\node.exe')).toBe(
      true,
    );
    expect(isShown('limited to 10 calls per 60 s', 'limited to 11 calls per 60 s')).toBe(false);
    expect(isShown('server 1.0.0', 'server 1.0.1')).toBe(false);
  });

  it('leaves out the same lines when it is written again', () => {
    expect(abridgedLike('a\n…\nb\nc', PRINTED)).toBe('one\n…\nfour\nfive');
    expect(abridgedLike('', PRINTED)).toBe(PRINTED.trimEnd());
    expect(() => abridgedLike('…\na\n…', PRINTED)).toThrow('by hand');
  });
});
