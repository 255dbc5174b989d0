import { describe, expect, it } from 'vitest';
import { readFastAnswer } from '../../../src/core/wire/fast/fast-answer.js';
import { answer } from '../../fuzz/targets/answer.js';

const read = (line: string) => readFastAnswer(Buffer.from(line));
const LONG = 'const a = \\"b\\";\\n'.repeat(9_000);

describe('plain answers', () => {
  it.each([
    ['as Python writes them', '{"jsonrpc":"2.0","id":1,"result":{"a":[1,{"b":"}"}]}}', 1],
    ['as the SDK for TypeScript writes them', '{"result":{"a":"\\"]"},"jsonrpc":"2.0","id":12}', 12],
    ['with blanks', ' {"jsonrpc": "2.0",\t"id": 0, "result": {}} ', 0],
    ['with an id that is a string', '{"jsonrpc":"2.0","id":"1","result":{}}', '1'],
    ['of code', `{"jsonrpc":"2.0","id":1,"result":{"text":"${LONG}"}}`, 1],
    ['of code with a surrogate', `{"jsonrpc":"2.0","id":1,"result":{"text":"${LONG}\\ud83d\\ude00"}}`, 1],
    ['of long text', `{"jsonrpc":"2.0","id":1,"result":{"text":"${'é'.repeat(50_000)}\\\\"}}`, 1],
  ])('are read: %s', (_, line, id) => {
    expect(read(line)?.id).toBe(id);
    expect(() => answer.run(Buffer.from(line))).not.toThrow();
  });
});

describe('left to the reader of texts', () => {
  it.each([
    ['an error', '{"jsonrpc":"2.0","id":1,"error":{}}'],
    ['a request', '{"jsonrpc":"2.0","id":1,"method":"ping"}'],
    ['two results', '{"jsonrpc":"2.0","id":1,"result":{},"result":{}}'],
    ['two ids', '{"jsonrpc":"2.0","id":1,"result":{},"id":2}'],
    ['two versions', '{"jsonrpc":"2.0","id":1,"result":{},"jsonrpc":"2.0"}'],
    ['an id that is escaped', '{"jsonrpc":"2.0","id":1,"result":{},"\\u0069d":2}'],
    ['another member', '{"jsonrpc":"2.0","id":1,"result":{},"ID":2}'],
    ['no id', '{"jsonrpc":"2.0","result":{}}'],
    ['an id that is null', '{"jsonrpc":"2.0","id":null,"result":{}}'],
    ['an id that is no integer', '{"jsonrpc":"2.0","id":1.0,"result":{}}'],
    ['a result that is no object', '{"jsonrpc":"2.0","id":1,"result":[]}'],
    ['a result that is left open', '{"jsonrpc":"2.0","id":1,"result":{"a":"}}'],
    ['a result that ends in an escape', '{"jsonrpc":"2.0","id":1,"result":{"a":"\\"}}'],
    ['half of a line', '{"jsonrpc":"2.0","id":1,"result":{}'],
    ['more after it', '{"jsonrpc":"2.0","id":1,"result":{}}}'],
    ['another version', '{"jsonrpc":"1.0","id":1,"result":{}}'],
    ['a batch', '[{"jsonrpc":"2.0","id":1,"result":{}}]'],
    ['nothing', ''],
  ])('%s', (_, line) => {
    expect(read(line)).toBeUndefined();
  });
});
