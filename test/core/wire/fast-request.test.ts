import { describe, expect, it } from 'vitest';
import { readFastRequest } from '../../../src/core/wire/fast/fast-request.js';
import { attackLines } from '../../fuzz/attacks.js';
import { fast } from '../../fuzz/targets/fast.js';

const read = (line: string) => readFastRequest(Buffer.from(line));
const call = (params: string) => `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":${params}}`;

describe('plain calls', () => {
  it.each([
    ['as the SDKs write them', call('{"name":"x","arguments":{"a":"b"}}')],
    ['with blanks, as Python writes them', call('{"name": "x", "arguments": {"a": [1, 2.5]}}')],
    ['without arguments', call('{"name":"x"}')],
    ['with a progress token', call('{"name":"x","arguments":{},"_meta":{"progressToken":1}}')],
    ['with text of any script', call('{"name":"x","arguments":{"é":"日本語 😀"}}')],
    ['with escapes in values', call('{"name":"x","arguments":{"a":"\\"\\\\\\n\\u00e9"}}')],
    ['with an id that is a string', call('{"name":"x"}').replace('"id":1', '"id":"b6c1-4"')],
    [
      'in another order',
      '{"params":{"arguments":{},"name":"x"},"method":"tools/call","id":0,"jsonrpc":"2.0"}',
    ],
    ['with a long string', call(`{"name":"x","arguments":{"a":"${'long \\n'.repeat(30_000)}"}}`)],
  ])('are read: %s', (_, line) => {
    const { nameStart = 0, nameEnd = 0 } = read(line) ?? {};
    expect(Buffer.from(line).toString('utf8', nameStart, nameEnd)).toBe('x');
    expect(() => fast.run(Buffer.from(line))).not.toThrow();
  });
});

describe('left to the reader of texts', () => {
  it.each([
    ['another method', call('{"name":"x"}').replace('tools/call', 'tools/list')],
    ['a key twice', call('{"name":"x","arguments":{"a":1,"b":2,"a":3}}')],
    ['a key twice by an escape', call('{"name":"x","arguments":{"a":1,"\\u0061":3}}')],
    ['a name twice', call('{"name":"x","name":"y"}')],
    ['no name', call('{"arguments":{}}')],
    ['an unknown member', call('{"name":"x","Name":"y"}')],
    ['a task', call('{"name":"x","task":{}}')],
    ['an id that is no integer', call('{"name":"x"}').replace('"id":1', '"id":1.0')],
    ['an id with leading zeros', call('{"name":"x"}').replace('"id":1', '"id":01')],
    ['an id that is too long to be safe', call('{"name":"x"}').replace('"id":1', '"id":9007199254740993')],
    ['an escaped name', call('{"name":"\\u0078"}')],
    ['a name beyond ASCII', call('{"name":"é"}')],
    ['a surrogate', call('{"name":"x","arguments":{"a":"\\ud83d"}}')],
    ['a surrogate far in', call(`{"name":"x","arguments":{"a":"${'.'.repeat(100)}\\udc00"}}`)],
    ['a control character far in', call(`{"name":"x","arguments":{"a":"${'.'.repeat(100)}\t"}}`)],
    ['an unknown escape far in', call(`{"name":"x","arguments":{"a":"${'.'.repeat(100)}\\x41"}}`)],
    ['a string without an end', call(`{"name":"x","arguments":{"a":"${'.'.repeat(100)}}}`)],
    ['more after it', `${call('{"name":"x"}')}}`],
    ['deep nesting', call(`{"name":"x","arguments":{"a":${'['.repeat(70)}${']'.repeat(70)}}}`)],
    ['nothing', ''],
  ])('%s', (_, line) => {
    expect(read(line)).toBeUndefined();
  });
});

it('says nothing else of any known attack than the reader of texts', () => {
  for (const line of attackLines()) expect(() => fast.run(line)).not.toThrow();
});
