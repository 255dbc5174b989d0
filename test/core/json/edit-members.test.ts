import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withMembers } from '../../../src/core/json/edit-members.js';
import type { JsonNode } from '../../../src/core/json/node.js';
import { isFlaw, scanJson } from '../../../src/core/json/scan.js';
import { runs } from '../../runs.js';
import { inAnyOrder, objectOf, otherMembers, plainJson, writtenMembers } from '../../texts/objects.js';

const changed = (text: string, changes: Record<string, string | undefined>) =>
  withMembers(text, scan(text), new Map(Object.entries(changes)));

function scan(text: string): JsonNode {
  const node = scanJson(text, { keep: 1 });
  if (isFlaw(node)) throw new Error(node.flaw);
  return node;
}

describe('withMembers', () => {
  it.each([
    ['the only one', '{ "a" : 1 }', '{  }'],
    ['the first', '{ "a" : 1 , "b":2 }', '{ "b":2 }'],
    ['one in the middle', '{"b": 1 ,\t"a":[1,2] , "c":3}', '{"b": 1 , "c":3}'],
    ['the last', '{"b": 1 , "a":{"b":2}\t}', '{"b": 1\t}'],
    ['one with an escaped key', String.raw`{"\u0061":1,"b":2}`, '{"b":2}'],
    ['none', '{ "b" : 1 }', '{ "b" : 1 }'],
  ])('takes out %s', (_, before, after) => {
    expect(changed(before, { a: undefined })).toBe(after);
  });

  it.each([
    ['in its place', String.raw`{"b":1, "\u0061" : 2 ,"c":3}`, String.raw`{"b":1, "\u0061" : [] ,"c":3}`],
    ['at the end', '{"b":1 }', '{"b":1,"a":[] }'],
    ['into an empty object', '{ }', '{ "a":[]}'],
  ])('puts a value %s', (_, before, after) => {
    expect(changed(before, { a: '[]' })).toBe(after);
  });

  it('changes several at once', () => {
    const changes = { a: undefined, b: undefined, x: '1', c: undefined };
    expect(changed('{"a":1, "b":2, "c":3}', changes)).toBe('{"x":1}');
    expect(changed('{"a":1, "d":4, "c":3}', changes)).toBe('{"d":4,"x":1}');
  });

  it('leaves every other member as it is written', () => {
    const keys = ['a', 'b', '\n', '"', 'é'];
    const changes = fc.dictionary(fc.constantFrom(...keys), fc.option(plainJson(), { nil: undefined }));
    const object = otherMembers([]).chain(inAnyOrder).chain(objectOf);
    fc.assert(
      fc.property(object, changes, (text, wanted) => {
        const expected = writtenMembers(text, scan(text));
        for (const [key, value] of Object.entries(wanted)) {
          if (value === undefined) expected.delete(key);
          else expected.set(key, value);
        }
        const result = changed(text, wanted);
        expect([...writtenMembers(result, scan(result))]).toEqual([...expected]);
      }),
      runs(1_000),
    );
  });
});
