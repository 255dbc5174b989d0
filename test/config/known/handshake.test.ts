import { describe, expect, it } from 'vitest';
import { isHandshake } from '../../../src/config/known/handshake.js';

const line = (text: string) => Buffer.from(text);

describe('isHandshake', () => {
  it.each(['initialize', 'notifications/initialized', 'server/discover', 'tools/list', 'ping'])(
    'knows %s',
    (method) => expect(isHandshake(line(JSON.stringify({ jsonrpc: '2.0', id: 1, method })))).toBe(true),
  );

  it.each([
    '{"method":"tools/call","params":{"name":"initialize"}}',
    '{"method":"initialize","method":"tools/call"}',
    '{"method":"tools\\u002fcall"}',
    '[{"method":"initialize"}]',
    '{"method":["initialize"]}',
    '{}',
    'null',
    '"initialize"',
    '{"method":"initialize"',
    '',
    `{"method":"initialize","x":"${'x'.repeat(64 * 1024)}"}`,
  ])('takes %.60s for none', (text) => expect(isHandshake(line(text))).toBe(false));
});
