import { describe, expect, it } from 'vitest';
import { type ServerLine, skimEnvelope } from '../../../src/core/wire/server-envelope.js';

describe('peek', () => {
  it.each<[string, ServerLine]>([
    ['{"jsonrpc":"2.0","id":1,"result":{}}', { kind: 'response', idText: '1', failed: false }],
    ['{"jsonrpc":"2.0","id":"a","result":{}}', { kind: 'response', idText: '"a"', failed: false }],
    [
      '{"result":{"id":9,"method":"x"},"id":1,"jsonrpc":"2.0"}',
      { kind: 'response', idText: '1', failed: false },
    ],
    ['{"jsonrpc":"2.0","id":0,"error":{"code":1}}', { kind: 'response', idText: '0', failed: true }],
    ['{"jsonrpc":"2.0","id":null,"error":{}}', { kind: 'response', idText: 'null', failed: true }],
    ['{"jsonrpc":"2.0","error":{}}', { kind: 'response', idText: 'null', failed: true }],
    [' { "jsonrpc" : "2.0" , "id" : 1 , "result" : {} } ', { kind: 'response', idText: '1', failed: false }],
    ['{"jsonrpc":"2.0","id":1,"result":{}}\r', { kind: 'response', idText: '1', failed: false }],
    ['{"jsonrpc":"2.0","id":1,"result":{"a":"}]\\"\\\\"}}', { kind: 'response', idText: '1', failed: false }],
    ['{"jsonrpc":"2.0","id":1,"result":"\\\\"}', { kind: 'response', idText: '1', failed: false }],
    ['{"jsonrpc":"2.0","id":1,"result":[[{"a":[]}],1]}', { kind: 'response', idText: '1', failed: false }],
    ['{"jsonrpc":"2.0","id":1,"result":true,"extra":[1]}', { kind: 'response', idText: '1', failed: false }],
    ['{"jsonrpc":"2.0","id":1,"method":"ping"}', { kind: 'request', idText: '1', method: 'ping' }],
    ['{"jsonrpc":"2.0","method":"a/b","params":{"id":1}}', { kind: 'notification', method: 'a/b' }],
  ])('%s', (line, expected) => {
    expect(skimEnvelope(line)).toEqual(expected);
  });

  it.each([
    '',
    ' ',
    'Server started on port 3000',
    '[1,2]',
    '"text"',
    '{}',
    '{"level":"info","msg":"started"}',
    '{"jsonrpc":"2.0"}',
    '{"jsonrpc":"2.0","id":1}',
    '{"jsonrpc":"1.0","id":1,"result":{}}',
    '{"jsonrpc":2.0,"id":1,"result":{}}',
    '{"id":1,"result":{}}',
    '{"jsonrpc":"2.0","id":1,"result":{}',
    '{"jsonrpc":"2.0","id":1,"result":{"a":"b}}',
    '{"jsonrpc":"2.0","id":1,"result":{}} trailing',
    '{"jsonrpc":"2.0","id":1,"result":{}}{}',
    '{"jsonrpc":"2.0","id":1,"result":{},}',
    '{"jsonrpc":"2.0","id":1,"id":2,"result":{}}',
    '{"jsonrpc":"2.0","id":1,"result":}',
    '{"jsonrpc":"2.0","id":1,"result"',
    '{"jsonrpc":"2.0","id":1,"resul',
    '{"jsonrpc":"2.0","id":1,"result":{} "x":1}',
    '{jsonrpc:"2.0","id":1,"result":{}}',
    '{"jsonrpc":"2.0","id":1,"method":"x","result":{}}',
    '{"jsonrpc":"2.0","id":1,"method":5}',
    '{"jsonrpc":"2.0","id":1,"method":""}',
    '{"jsonrpc":"2.0","id":1,"method":"sampling/createMeſſage"}',
    '{"jsonrpc":"2.0","id":1,"method":"sampling/createMe\\u017f\\u017fage"}',
    '{"jsonrpc":"2.0","id":1,"method":"ｓampling/createMessage"}',
    '{"jsonrpc":"2.0","method":"sampling/​createMessage"}',
    '{"jsonrpc":"2.0","id":1,"method":"sampling/createMessage "}',
    `{"jsonrpc":"2.0","id":"${'x'.repeat(1_023)}","method":"ping"}`,
  ])('noise: %s', (line) => {
    expect(skimEnvelope(line)).toEqual({ kind: 'noise' });
  });

  it('reads a byte string as it reads the text', () => {
    const line = '{"jsonrpc":"2.0","id":1,"method":"sampling/createMeſſage"}';
    expect(skimEnvelope(Buffer.from(line).toString('latin1'))).toEqual({ kind: 'noise' });
  });

  it('reads names that objects have by themselves', () => {
    const line = '{"constructor":1,"__proto__":2,"toString":3,"jsonrpc":"2.0","id":1,"result":{}}';
    expect(skimEnvelope(line)).toEqual({ kind: 'response', idText: '1', failed: false });
  });

  it.each([
    '{"jsonrpc":"2.0","id":1,"result":{},"error":null}',
    '{"error":{"code":1,"message":""},"jsonrpc":"2.0","id":1,"result":{}}',
  ])('takes an answer with a result for one, whatever stands beside it: %s', (line) => {
    expect(skimEnvelope(line)).toEqual({ kind: 'response', idText: '1', failed: false });
  });

  it('takes an error beside a result that is null for an error', () => {
    const line = '{"jsonrpc":"2.0","id":1,"result":null,"error":{"code":1,"message":""}}';
    expect(skimEnvelope(line)).toEqual({ kind: 'response', idText: '1', failed: true });
  });

  it('is not slowed down by a text full of escapes', () => {
    const line = `{"jsonrpc":"2.0","id":1,"result":"${'\\\\\\"'.repeat(200_000)}"}`;
    expect(skimEnvelope(line)).toEqual({ kind: 'response', idText: '1', failed: false });
  });
});
