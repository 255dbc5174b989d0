import { describe, expect, it } from 'vitest';
import { inputRequired } from '../../../src/core/replies/input-required.js';

const read = (result: string) => inputRequired(`{"jsonrpc":"2.0","id":1,"result":${result}}`);
const ASK = '{"method":"sampling/createMessage","params":{"n":12345678901234567890}}';

describe('inputRequired', () => {
  it('reads what is asked, as it is written', () => {
    expect(read(`{"resultType":"input_required","inputRequests":{"a":${ASK}},"requestState":"s"}`)).toEqual({
      requestState: 's',
      keys: new Set(['a']),
      asks: [{ method: 'sampling/createMessage', paramsText: '{"n":12345678901234567890}' }],
    });
  });

  it.each([
    ['state alone', '{"resultType":"input_required","requestState":""}', []],
    ['requests in a result of another type', `{"resultType":"complete","inputRequests":{"a":${ASK}}}`, ['a']],
    ['requests of a task', `{"resultType":"complete","task":{"inputRequests":{"a":${ASK}}}}`, ['a']],
    ['keys in escapes', String.raw`{"inputRequest\u0073":{"\u0061":{"method":"x"}}}`, ['a']],
  ])('counts %s', (_, result, keys) => {
    const asked = read(result);
    expect(typeof asked === 'object' && [...asked.keys]).toEqual(keys);
  });

  it.each([
    ['a complete result', '{"resultType":"complete","content":[]}'],
    ['no requests', '{"inputRequests":{}}'],
    ['a text', '"input_required"'],
  ])('is nothing in %s', (_, result) => {
    expect(read(result)).toBeUndefined();
  });

  it.each([
    ['a key twice', `{"inputRequests":{},"inputRequests":{"a":${ASK}}}`],
    ['a lookalike of a key', `{"inputrequests":{"a":${ASK}}}`],
    ['a lookalike of a method', '{"inputRequests":{"a":{"method":"x","Method":"sampling/createMessage"}}}'],
    ['no JSON', '{"inputRequests":'],
    ['too many levels', `${'['.repeat(300)}${']'.repeat(300)}`],
  ])('is unreadable with %s', (_, result) => {
    expect(read(result)).toBe('unreadable');
  });
});
