import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonNode } from '../../../src/core/json/node.js';
import { withoutLineEnds } from '../../../src/core/json/value.js';
import { onOneLine, replaceArguments } from '../../../src/core/replies/replace-arguments.js';
import { readMessage } from '../../../src/core/wire/message.js';
import { runs } from '../../runs.js';
import { inAnyOrder, member, objectOf, otherMembers, writtenMembers } from '../../texts/objects.js';

const KNOWN = ['name', 'arguments', '_meta', 'task', 'inputResponses', 'requestState'];

function line(params: string): string {
  return `{"jsonrpc":"2.0", "id":1,"method":"tools/call","params":${params} }`;
}

function paramsOf(text: string): JsonNode {
  const message = readMessage(text);
  if (message.kind !== 'request' || message.params === undefined) throw new Error(text);
  return message.params;
}

function replaced(params: string, argumentsText: string): string | undefined {
  return replaceArguments(line(params), paramsOf(line(params)), argumentsText);
}

describe('replaceArguments', () => {
  it('puts other arguments in their place', () => {
    expect(replaced('{"arguments" : {"a":1} ,"name":"x"}', '{"a":2.0}')).toBe(
      line('{"arguments" : {"a":2.0} ,"name":"x"}'),
    );
  });

  it('adds them where there are none', () => {
    expect(replaced('{"name":"x"}', '{}')).toBe(line('{"name":"x","arguments":{}}'));
  });

  it('escapes line separators of Unicode in what a person wrote, and leaves what the client wrote', () => {
    expect(replaced('{"name":"\u2028"}', '{"a":"\u2028\u2029\u0085"}')).toBe(
      line(`{"name":"\u2028","arguments":${String.raw`{"a":"\u2028\u2029\u0085"}}`}`),
    );
  });

  it('stays one line', () => {
    expect(replaced('{"name":"x"}', '\r\n{\n  "a": "\\n",\r\n\r\n"b": 2\n}\n')).toBe(
      line('{"name":"x","arguments":{   "a": "\\n", "b": 2 }}'),
    );
  });

  it.each([
    ['no JSON', '{a:1}'],
    ['nothing', ''],
    ['a list', '[]'],
    ['null', 'null'],
    ['a key twice', '{"a":1,"\\u0061":2}'],
    ['a line end in a string', '{"a":"\n"}'],
    ['half a character', '{"a":"\\ud800"}'],
    ['too many levels', `{"a":${'['.repeat(256)}${']'.repeat(256)}}`],
    ['more than one value', '{},"name":"y"'],
    ['other blanks', '{"a":1}\u00a0'],
  ])('refuses %s', (_, argumentsText) => {
    expect(replaced('{"name":"x"}', argumentsText)).toBeUndefined();
    expect(onOneLine(argumentsText)).toBeUndefined();
  });

  it('leaves all else as it came', () => {
    const object = otherMembers([]).chain(objectOf);
    const params = fc
      .tuple(member('name', fc.constant('"x"')), fc.option(member('arguments', object)), otherMembers(KNOWN))
      .chain(([name, args, others]) => inAnyOrder(args ? [name, args, ...others] : [name, ...others]))
      .chain(objectOf)
      .filter((text) => readMessage(line(text)).kind === 'request');
    fc.assert(
      fc.property(params, object, (text, argumentsText) => {
        const before = writtenMembers(line(text), paramsOf(line(text)));
        const result = replaced(text, argumentsText) ?? '';
        const after = writtenMembers(result, paramsOf(result));
        expect([...after]).toEqual([...before.set('arguments', withoutLineEnds(argumentsText.trim()))]);
        expect(result.startsWith(line(text).slice(0, line('').indexOf('params') + 8))).toBe(true);
        expect(result.endsWith(' }')).toBe(true);
      }),
      runs(500),
    );
  });
});
