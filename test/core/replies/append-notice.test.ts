import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendNotice } from '../../../src/core/replies/append-notice.js';
import { runs } from '../../runs.js';
import { inAnyOrder, member, objectOf, otherMembers, plainJson } from '../../texts/objects.js';

const TOLD = 'Changed "a"\n';
const BLOCK = String.raw`{"type":"text","text":"Changed \"a\"\n"}`;
const line = (result: string) => `{"jsonrpc":"2.0", "id":12345678901234567890,"result" : ${result} }`;

describe('tellResult', () => {
  it.each([
    [
      'before what the server says',
      '{"content" : [ {"type":"text"}],"isError":false}',
      `{"content" : [${BLOCK}, {"type":"text"}],"isError":false}`,
    ],
    ['into an empty list', '{"x":1.0, "content":[ ]}', `{"x":1.0, "content":[${BLOCK} ]}`],
    [
      'where there is no list',
      '{"structuredContent":{"content":[]}}',
      `{"structuredContent":{"content":[]},"content":[${BLOCK}]}`,
    ],
    ['into an empty result', '{}', `{"content":[${BLOCK}]}`],
    ['into a list whose key has escapes', String.raw`{"c\u006fntent":[1]}`, `{"c\\u006fntent":[${BLOCK},1]}`],
  ])('puts a text %s', (_, before, after) => {
    expect(appendNotice(line(before), TOLD)).toBe(line(after));
  });

  it('escapes line separators of Unicode in what is ours, and leaves what the server wrote', () => {
    const told = 'a\u2028\u2029\u0085';
    expect(appendNotice(line('{"content":["\u2028"]}'), told)).toBe(
      line(`${String.raw`{"content":[{"type":"text","text":"a\u2028\u2029\u0085"},`}"\u2028"]}`),
    );
    expect(appendNotice('{"id":1,"error":{"message":"m\u2028"}}', told)).toBe(
      String.raw`{"id":1,"error":{"message":"a\u2028\u2029\u0085\nm\u2028"}}`,
    );
  });

  it('puts a text before the message of an error', () => {
    expect(
      appendNotice('{"id":1,"error":{"code":-1, "message" : "no \\u0061" ,"data":1.0}}', 'Changed'),
    ).toBe('{"id":1,"error":{"code":-1, "message" : "Changed\\nno a" ,"data":1.0}}');
    expect(appendNotice('{"result":null,"error":{"message":"m"}}', 'T')).toBe(
      '{"result":null,"error":{"message":"T\\nm"}}',
    );
  });

  it.each(['input_required', 'task'])('leaves a result of type %s as it came', (type) => {
    const result = line(`{"resultType":"${type}","inputRequests":{}}`);
    expect(appendNotice(result, TOLD)).toBe(result);
  });

  it('tells in a complete result of 2026-07-28', () => {
    expect(appendNotice(line('{"resultType":"complete","content":[]}'), TOLD)).toBe(
      line(`{"resultType":"complete","content":[${BLOCK}]}`),
    );
  });

  it.each([
    ['no JSON', '{"result":'],
    ['a key twice', '{"result":{"content":[],"content":[]}}'],
    ['a result that is no object', '{"result":[]}'],
    ['content that is no list', '{"result":{"content":"x"}}'],
    ['an error without a message', '{"error":{"code":1}}'],
    ['an error that is no object', '{"error":"x"}'],
    ['neither', '{"id":1}'],
    ['a batch', '[{"result":{}}]'],
  ])('cannot read %s', (_, text) => {
    expect(appendNotice(text, TOLD)).toBeUndefined();
  });

  it('leaves all else as it came', () => {
    const content = fc.array(plainJson(), { maxLength: 3 }).map((elements) => `[${elements.join(' ,')}]`);
    const result = fc
      .tuple(fc.option(member('content', content)), otherMembers(['content', 'resultType']))
      .chain(([own, others]) => inAnyOrder(own ? [own, ...others] : others))
      .chain(objectOf);
    fc.assert(
      fc.property(result, (text) => {
        const told = appendNotice(line(text), TOLD) ?? '';
        const parsed = JSON.parse(text) as { content?: unknown[] };
        const expected = { ...parsed, content: [{ type: 'text', text: TOLD }, ...(parsed.content ?? [])] };
        expect(JSON.parse(told).result).toEqual(expected);
        const withoutIt = [`${BLOCK},`, `,"content":[${BLOCK}]`, `"content":[${BLOCK}]`, BLOCK].map((added) =>
          told.replace(added, () => ''),
        );
        expect(withoutIt).toContain(line(text));
      }),
      runs(500),
    );
  });
});
