import { describe, expect, it } from 'vitest';
import { exactText } from '../../../src/core/json/exact-spelling.js';
import { cpuTime } from '../../cpu-time.js';

describe('exactText', () => {
  it.each([
    [
      'sorts keys by code unit, at every level',
      '{"b":{"d":1,"c":2},"a":0,"B":3}',
      '{"B":3,"a":0,"b":{"c":2,"d":1}}',
    ],
    ['sorts keys by their value, not their spelling', String.raw`{"b":1,"\u0061":2}`, '{"a":2,"b":1}'],
    ['leaves out blanks', ' { "a" :\t[ 1 , 2 ] } ', '{"a":[1,2]}'],
    [
      'writes each string one way',
      String.raw`["\u0041\/\u00e9","A/é","\u000a\n"]`,
      String.raw`["A/é","A/é","\n\n"]`,
    ],
    ['keeps order in lists', '[2,1]', '[2,1]'],
    [
      'keeps numbers as they are written',
      '[1,1.0,1e0,10E-1,12345678901234567890,-0]',
      '[1,1.0,1e0,10E-1,12345678901234567890,-0]',
    ],
    ['knows the words', '[true ,false,null , {},[ ]]', '[true,false,null,{},[]]'],
    ['knows single values', ' "a" ', '"a"'],
    [
      'takes integer-like and special keys as they are',
      '{"10":1,"9":2,"__proto__":3}',
      '{"10":1,"9":2,"__proto__":3}',
    ],
  ])('%s', (_, text, expected) => {
    expect(exactText(text)).toBe(expected);
  });

  it.each(['', '{', '{"a":1,"a":1}', '[1,]', '"\\ud800"', '[\n1]', `${'['.repeat(257)}${']'.repeat(257)}`])(
    'throws for what has not one reading: %#',
    (text) => {
      expect(() => exactText(text)).toThrow(SyntaxError);
    },
  );

  it('goes as deep as a message may', () => {
    const text = `${'{"a":['.repeat(128)}${']}'.repeat(128)}`;
    expect(exactText(text)).toBe(text);
  });

  it('takes time in proportion to the text', () => {
    const deep = `${'['.repeat(255)}${'1,'.repeat(2_000_000)}1${']'.repeat(255)}`;
    const wide = `{${Array.from({ length: 200_000 }, (_, index) => `"k${index}":"\\u0061"`).join(',')}}`;
    const ms = cpuTime(() => {
      expect(exactText(deep).length).toBe(deep.length);
      expect(exactText(wide).length).toBe(wide.length - 5 * 200_000);
    });
    expect(ms).toBeLessThan(60_000);
  });
});
