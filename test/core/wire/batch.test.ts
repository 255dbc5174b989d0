import { describe, expect, it } from 'vitest';
import { batchOf, looksLikeBatch } from '../../../src/core/wire/batch.js';

describe('batchOf', () => {
  it.each([
    ['[{"a":1}]', ['{"a":1}']],
    [' [ {"n":12345678901234567890} ,\t[1] , "x" ] ', ['{"n":12345678901234567890}', '[1]', '"x"']],
    [`[${'1,'.repeat(999)}1]`, new Array(1_000).fill('1')],
  ])('takes %j apart', (text, messages) => {
    expect(looksLikeBatch(text)).toBe(true);
    expect(batchOf(text)).toEqual(messages);
  });

  it.each([
    ['[]', 'an empty batch', false],
    [`[${'1,'.repeat(1_000)}1]`, 'a batch of more than 1000 messages', false],
    ['[{"a":1,"a":2}]', 'duplicate key "a"', false],
    ['[{"a":1}', 'unexpected end', true],
    ['[{"a":1}][]', 'unexpected character "["', true],
  ])('says why not: %s', (text, flaw, malformed) => {
    expect(batchOf(text)).toMatchObject({ flaw, malformed });
  });

  it('takes a doubtful one apart where that is asked for', () => {
    expect(batchOf('[{"a":1,"a":2},3]', { doubtful: true })).toEqual(['{"a":1,"a":2}', '3']);
  });
});
