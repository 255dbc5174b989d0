import { describe, expect, it } from 'vitest';
import { readMessage } from '../../../src/core/wire/message.js';
import { otherParams } from '../../../src/core/wire/other-params.js';

function others(params: string, callIds = false): string | undefined {
  const text = `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":${params}}`;
  const message = readMessage(text);
  if (message.kind !== 'request') throw new Error(`not a request: ${text}`);
  return otherParams(text, message.params, { callIds });
}

const TRACE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

describe('what a request sends besides name and arguments', () => {
  it.each<[string, string | undefined]>([
    ['{"name":"charge"}', undefined],
    ['{"name":"charge","arguments":{"amount":1}}', undefined],
    ['{"arguments":{},"name":"charge","_meta":{}}', undefined],
    ['{"name":"charge","_meta":{"progressToken":7}}', undefined],
    [
      '{"name":"charge","_meta":{"io.modelcontextprotocol/clientInfo":{"name":"x","version":"1"}}}',
      undefined,
    ],
    ['{"name":"charge","options":{"force":true},"arguments":{}}', '{"options":{"force":true}}'],
    ['{"name":"charge","arguments":{},"task":{"ttl":60000}}', '{"task":{"ttl":60000}}'],
    ['{"name":"charge","_meta":{"progressToken":7,"tenant":"victim"}}', '{"_meta":{"tenant":"victim"}}'],
    ['{"name":"c", "n": 12345678901234567890, "x":null}', '{"n": 12345678901234567890, "x":null}'],
    ['{"name":"c","_meta":{"baggage":"tenant=victim"}}', '{"_meta":{"baggage":"tenant=victim"}}'],
    ['{"name":"c","_meta":{"progress_token":1}}', '{"_meta":{"progress_token":1}}'],
    [
      '{"name":"c","_meta":{"io.modelcontextprotocol":{"a":1}}}',
      '{"_meta":{"io.modelcontextprotocol":{"a":1}}}',
    ],
    ['{"name":"c","_meta":{"a":{"progressToken":1}}}', '{"_meta":{"a":{"progressToken":1}}}'],
    [
      '{"name":"c","_meta":{"example/io.modelcontextprotocol/x":1}}',
      '{"_meta":{"example/io.modelcontextprotocol/x":1}}',
    ],
    [
      '{"name":"c","requestState":"s","inputResponses":{"k":{}}}',
      '{"requestState":"s","inputResponses":{"k":{}}}',
    ],
  ])('%s: %s', (params, expected) => {
    expect(others(params)).toBe(expected);
  });

  it.each([
    ['claudecode/toolUseId', 'toolu_01A09q90qw90lq917835lq9'],
    ['vscode.requestId', 'c6e2b1f4-4c5d-4a53-9d8d-2f4c9e4b6c1a'],
    ['callId', 'call_9xQ2'],
    ['traceparent', TRACE],
  ])('the number that a client gives each call is none of it: %s', (key, id) => {
    expect(others(`{"name":"c","_meta":{"${key}":"${id}"}}`)).toBeUndefined();
    expect(others(`{"name":"c","_meta":{"${key}":"${id}"}}`, true)).toBe(`{"_meta":{"${key}":"${id}"}}`);
  });

  it.each(['"drop the table 1"', '"victim"', '{"id":"1"}', '1', '"a.b@c.d1"', `"${'1'.repeat(129)}"`])(
    'what only has the place of such a number is shown: %s',
    (value) => {
      expect(others(`{"name":"c","_meta":{"callId":${value}}}`)).toBe(`{"_meta":{"callId":${value}}}`);
    },
  );
});
