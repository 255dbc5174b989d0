import { describe, expect, it } from 'vitest';
import { stringValue } from '../../../src/core/json/scan.js';
import { readMessage } from '../../../src/core/wire/message.js';

describe('requests', () => {
  it.each([
    ['{"jsonrpc":"2.0","id":0,"method":"initialize","params":{}}', 0, '0', 'initialize'],
    ['{"jsonrpc":"2.0","id":-3,"method":"ping"}', -3, '-3', 'ping'],
    ['{"jsonrpc":"2.0","id":"0","method":"ping"}', '0', '"0"', 'ping'],
    ['{"jsonrpc":"2.0","id":"a\\u0022\\u00e9","method":"ping"}', 'a"é', '"a\\"é"', 'ping'],
    [
      '{"method":"server/discover","id":"","jsonrpc":"2.0","params":{"_meta":{}}}',
      '',
      '""',
      'server/discover',
    ],
    [' {"jsonrpc":"2.0" ,\t"id":1,"method":"tools\\/list"} ', 1, '1', 'tools/list'],
    ['{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"x"}}', 1, '1', 'tools/call'],
    ['{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"x"}}', 1, '1', 'resources/read'],
    [
      '{"jsonrpc":"2.0","id":1,"method":"prompts/get","params":{"name":"x","arguments":{}}}',
      1,
      '1',
      'prompts/get',
    ],
    ['{"jsonrpc":"2.0","id":1,"method":"not/yet-invented","params":{"Name":1}}', 1, '1', 'not/yet-invented'],
    ['{"jsonrpc":"2.0","id":1,"method":"notifications/cancelled"}', 1, '1', 'notifications/cancelled'],
  ])('%s', (text, id, idText, method) => {
    expect(readMessage(text)).toMatchObject({ kind: 'request', id, idText, method });
  });

  it('are described down to the members of _meta and arguments', () => {
    const text =
      '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"x","other":[1],"arguments":{"a":{"b":1}},"_meta":{"v":"2026-07-28"}}}';
    const message = readMessage(text);
    const params = message.kind === 'request' ? message.params?.members : undefined;
    const version = params?.get('_meta')?.members?.get('v');
    expect([...(params?.keys() ?? [])]).toEqual(['name', 'other', 'arguments', '_meta']);
    expect(version && stringValue(text, version)).toBe('2026-07-28');
    expect(params?.get('arguments')?.members?.get('a')?.members).toBeUndefined();
    expect(params?.get('other')?.elements).toBeUndefined();
  });

  it.each([
    ['{"name":"x","task":{"ttl":1}}'],
    ['{"name":"x","arguments":{"Name":1,"name":2,"naMe":3}}'],
    ['{"name":"x","_meta":{"Name":1},"extension":null,"names":[],"meta":1}'],
    ['{"name":"x","inputResponses":{},"requestState":""}'],
    ['{"name":"x","arguments":{"n":12345678901234567890,"__proto__":1}}'],
  ])('tools/call with %s', (params) => {
    expect(readMessage(call(params)).kind).toBe('request');
  });
});

describe('subscriptions/listen', () => {
  const listen = (count: number) => {
    const resourceSubscriptions = Array.from({ length: count }, (_, index) => `x:${index}`);
    const params = { notifications: { resourceSubscriptions } };
    return readMessage(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'subscriptions/listen', params }));
  };

  it('asks for as many resources as can be judged at once, and for no more', () => {
    expect(listen(1_000).kind).toBe('request');
    expect(listen(1_001)).toMatchObject({
      kind: 'unreadable',
      why: expect.stringContaining('more than 1000 URIs'),
    });
  });
});

describe('notifications and responses', () => {
  it.each([
    ['{"jsonrpc":"2.0","method":"notifications/initialized"}', { kind: 'notification', params: undefined }],
    ['{"jsonrpc":"2.0","method":"notifications/not-yet-invented","params":{}}', { kind: 'notification' }],
    ['{"jsonrpc":"2.0","method":"custom"}', { kind: 'notification', method: 'custom' }],
    ['{"jsonrpc":"2.0","id":0,"result":{}}', { kind: 'response', id: 0, idText: '0', ok: true }],
    ['{"jsonrpc":"2.0","id":"a","error":{"code":1,"message":"x"}}', { kind: 'response', id: 'a', ok: false }],
  ])('%s', (text, message) => {
    expect(readMessage(text)).toMatchObject(message);
  });

  it.each(['', ' ', '\t '])('blank: %j', (text) => {
    expect(readMessage(text)).toEqual({ kind: 'blank' });
  });
});

describe('what is refused says why', () => {
  it.each([
    ['{"jsonrpc":"2.0"', -32700, 'unexpected end'],
    [call('{"name":"x","name":"y"}'), -32600, 'duplicate key "name"'],
    ['{"jsonrpc":"2.0","id":1,"Method":"ping"}', -32600, 'unknown top-level key "Method"'],
    [
      '{"jsonrpc":"2.0","id":1.5,"method":"ping"}',
      -32600,
      'an id that is neither a string nor a safe integer',
    ],
    ['{"jsonrpc":"2.0","method":"tools/call","params":{}}', -32600, 'tools/call without an id'],
    ['[]', -32600, 'a batch, which only the protocol of 2025-03-26 has'],
    [
      '{"jsonrpc":"2.0","id":1,"method":"Tools/Call"}',
      -32601,
      'unknown method "Tools/Call": too close to "tools/call"',
    ],
    ['{"jsonrpc":"2.0","id":1,"method":"tools/run"}', -32601, 'unknown method "tools/run"'],
    [
      '{"jsonrpc":"2.0","id":1,"method":"a\\u0000"}',
      -32601,
      'unknown method "a\\u0000": a method is visible ASCII',
    ],
    [call('{}'), -32602, 'params without "name"'],
    [call('{"name":1}'), -32602, '"name" in params is not of type string'],
    [call('{"name":"x","Name":"y"}'), -32602, '"Name" in params, which some servers read as "name"'],
  ])('%s', (text, code, why) => {
    expect(readMessage(text)).toMatchObject({ kind: 'unreadable', code, why });
  });

  it('in few words, whatever the line says', () => {
    const long = 'x'.repeat(100_000);
    const message = readMessage(`{"jsonrpc":"2.0","id":1,"method":"tools/${long}"}`);
    expect(message.kind === 'unreadable' && message.why.length).toBeLessThan(200);
  });
});

function call(params: string): string {
  return `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":${params}}`;
}
