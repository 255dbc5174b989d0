import { describe, expect, it } from 'vitest';
import { readMessage } from '../../../src/core/wire/message.js';

describe('a key of params that servers in C end early', () => {
  it.each([
    '{"name\\u0000x":"delete_broker","name":"list"}',
    '{"arguments\\u0000x":{"path":"/etc/passwd"},"name":"list","arguments":{}}',
    '{"name":"list","task\\u0000x":{"ttl":1}}',
  ])('is refused: %s', (params) => {
    const line = `{"jsonrpc":"2.0","id":7,"method":"tools/call","params":${params}}`;
    expect(readMessage(line)).toMatchObject({ kind: 'unreadable', code: -32602, id: 7 });
  });
});
