import { describe, expect, it } from 'vitest';
import { callOf } from '../../../src/proxy/calls/call-bindings.js';

const context = { server: 's', client: undefined, calls: 0, classify: () => expect.unreachable() };
const identity = (argumentsText: string, name = 'get_x') =>
  callOf('tool', name, { argumentsText }, context).identity();

describe('the identity of a call', () => {
  it.each([0, 1, 60, 100, 120, 130, 140, 145, 150, 155, 160, 200, 5_000])(
    'is the same for every spelling of arguments with a text of %i letters',
    (length) => {
      const text = 'x'.repeat(length);
      const spellings = [
        `{"a":1,"b":"${text}"}`,
        `{"b":"${text}","a":1}`,
        `{"a": 1, "b": "${text}"}`,
        `{"a":1.0,"b":"${text}"}`,
        `{"a":1e0,"b":"${text}"}`,
        `{"\\u0061":1,"b":"${text}"}`,
        ...(length > 0 ? [`{"a":1,"b":"\\u0078${text.slice(1)}"}`] : []),
      ];
      expect(new Set(spellings.map((each) => identity(each))).size).toBe(1);
    },
  );

  it('is the same for no arguments, however that is written', () => {
    expect(identity('{ }')).toBe(identity('{}'));
  });

  it('is another for other arguments, and for another tool', () => {
    const others = [identity('{"a":1}'), identity('{"a":2}'), identity('{"a":"1"}'), identity('{"b":1}')];
    others.push(identity('{"a":1}', 'get_y'), identity('{"a":{"a":1}}'), identity('{"a":[1]}'));
    expect(new Set(others).size).toBe(others.length);
  });
});
