import { describe, expect, it } from 'vitest';
import { readMessage } from '../../../src/core/wire/message.js';
import { ClientState, elicitsModern } from '../../../src/proxy/peers/client-info.js';

const CASES: [unknown, boolean][] = [
  [{}, true],
  [{ form: {} }, true],
  [{ form: {}, url: {} }, true],
  [{ url: {} }, false],
  [undefined, false],
  [null, false],
  [true, false],
  [[], false],
  ['form', false],
];

function modern(meta: unknown): boolean {
  const params = { name: 'a', _meta: meta };
  const text = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params });
  const message = readMessage(text);
  if (message.kind !== 'request') throw new Error(message.kind);
  return elicitsModern(text, message.params);
}

describe('whether the client has forms', () => {
  it.each(CASES)('is said by its capability %j with each modern request', (elicitation, expected) => {
    const capabilities = { 'io.modelcontextprotocol/clientCapabilities': { elicitation } };
    const version = { 'io.modelcontextprotocol/protocolVersion': '2026-07-28' };
    expect(modern({ ...version, ...capabilities })).toBe(expected);
    expect(modern(capabilities)).toBe(false);
  });

  it.each([{}, { 'io.modelcontextprotocol/clientCapabilities': 'elicitation' }])(
    'is not said by %j',
    (meta) => {
      expect(modern({ 'io.modelcontextprotocol/protocolVersion': '2026-07-28', ...meta })).toBe(false);
    },
  );

  it.each(CASES)('is said by its capability %j in initialize', (elicitation, expected) => {
    const clientState = new ClientState();
    clientState.initialize(JSON.stringify({ capabilities: { elicitation } }));
    clientState.initialized('{"result":{"protocolVersion":"2025-06-18"}}');
    expect(clientState.canElicit).toBe(expected);
  });
});
