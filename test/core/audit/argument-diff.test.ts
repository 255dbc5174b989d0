import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { argumentDiff } from '../../../src/core/audit/argument-diff.js';
import { writeValue } from '../../../src/core/json/value.js';
import { runs } from '../../runs.js';
import { plainJson } from '../../texts/objects.js';

const diff = (before: string, after: string, detail: 'redacted' | 'full' = 'full') =>
  writeValue(argumentDiff(before, after, detail));

describe('argumentDiff', () => {
  it.each([
    ['a value', '{"a":1,"b":2}', '{"a":1,"b":3}', '[{"path":"/b","from":2,"to":3}]'],
    [
      'a value deep down',
      '{"a":{"b":[1,{"c":"x"}]}}',
      '{"a":{"b":[1,{"c":"y"}]}}',
      '[{"path":"/a/b/1/c","from":"x","to":"y"}]',
    ],
    ['what is new', '{}', '{"a":[1]}', '[{"path":"/a","to":[1]}]'],
    ['what is gone', '{"a":null}', '{}', '[{"path":"/a","from":null}]'],
    [
      'elements of a list',
      '{"a":[1,2]}',
      '{"a":[1,3,4]}',
      '[{"path":"/a/1","from":2,"to":3},{"path":"/a/2","to":4}]',
    ],
    ['a kind', '{"a":{"0":1}}', '{"a":[1]}', '[{"path":"/a","from":{"0":1},"to":[1]}]'],
    [
      'a number beyond doubles',
      '{"a":12345678901234567890}',
      '{"a":12345678901234567891}',
      '[{"path":"/a","from":12345678901234567890,"to":12345678901234567891}]',
    ],
    ['how a number is written', '{"a":1}', '{"a":1.5}', '[{"path":"/a","from":1,"to":1.5}]'],
    ['keys of a pointer', '{"a/b~c":1}', '{"a/b~c":2}', '[{"path":"/a~1b~0c","from":1,"to":2}]'],
    ['nothing but order and blanks', '{"a":1, "b":{"c":[]}}', '{"b":{"c":[ ]},"a":1}', '[]'],
  ])('tells %s', (_, before, after, expected) => {
    expect(diff(before, after)).toBe(expected);
  });

  it('keeps secrets, and tells that they have changed', () => {
    expect(diff('{"password":"old","a":1}', '{"password":"new","a":1}', 'redacted')).toBe(
      '[{"path":"/password","from":"[redacted]","to":"[redacted]"}]',
    );
    const nested = (value: string) =>
      `{"env":[{"name":"DB_PASSWORD","value":"${value}"}],"token":{"x":"${value}"}}`;
    const told = diff(nested('hunter22'), nested('hunter23'), 'redacted');
    expect(told).not.toContain('hunter');
    expect(told).toContain('/env/0/value');
    expect(told).toContain('/token');
    expect(diff('{"args":["--password","hunter22"]}', '{"args":["--password","hunter23"]}', 'redacted')).toBe(
      '[{"path":"/args/1","from":"[redacted]","to":"[redacted]"}]',
    );
  });

  it('keeps secrets in keys, also where they become one key', () => {
    const key = (end: string) => `ghp_${'a'.repeat(35)}${end}`;
    const before = `{"${key('1')}":1,"${key('2')}":2}`;
    const told = diff(before, `{"${key('1')}":1,"${key('2')}":3}`, 'redacted');
    expect(told).not.toContain('ghp_aaa');
    expect(JSON.parse(told)).toHaveLength(1);
    expect(diff(`{"${key('1')}":1}`, `{"${key('1')}":2}`, 'redacted')).not.toContain('ghp_aaa');
  });

  it('shortens long paths', () => {
    expect(diff('{}', `{"${'x '.repeat(50_000)}":1}`, 'redacted').length).toBeLessThan(1_300);
  });

  it('writes down a hundred changes and counts the rest', () => {
    const list = (value: number) => `[${Array(5_000).fill(value).join(',')}]`;
    const changes = argumentDiff(`{"a":${list(1)}}`, `{"a":${list(2)}}`, 'full');
    expect(changes).toHaveLength(101);
    expect(changes.at(-1)).toEqual(new Map([['more', 4_900n]]));
  });

  it('is empty for a value and itself, and for no others that are read differently', () => {
    fc.assert(
      fc.property(plainJson(), plainJson(), (one, other) => {
        expect(argumentDiff(one, one, 'redacted')).toEqual([]);
        if (argumentDiff(one, other, 'full').length > 0) return;
        // Written once more, since 0 and -0 are one number to us and two to `toEqual`.
        const read = (text: string): unknown => JSON.parse(JSON.stringify(JSON.parse(text)));
        expect(read(one)).toEqual(read(other));
      }),
      runs(500),
    );
  });
});
