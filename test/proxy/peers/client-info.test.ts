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

  it.each(CASES)('is said by its capability %j in initialize', async (elicitation, expected) => {
    const clientState = new ClientState();
    clientState.initialize(JSON.stringify({ capabilities: { elicitation } }));
    expect(clientState.declaresForms).toBe(expected);
    clientState.initialized('{"result":{"protocolVersion":"2025-06-18"}}');
    expect(await clientState.canElicit()).toBe(expected);
  });

  it.each([
    ['{"result":{"protocolVersion":"2025-11-25"}}', true],
    ['{"result":{"protocolVersion":"2025-03-26"}}', false],
    ['{"result":{}}', false],
    ['{"error":{"code":1,"message":"no"}}', false],
    ['nonsense', false],
  ])('counts once the server has answered initialize: %s', async (answer, expected) => {
    const clientState = new ClientState();
    expect(await clientState.canElicit()).toBe(false);
    clientState.initialize('{"capabilities":{"elicitation":{}}}');
    let known: boolean | undefined;
    const asked = clientState.canElicit().then((can) => {
      known = can;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(known).toBeUndefined();
    clientState.initialized(answer);
    await asked;
    expect(known).toBe(expected);
  });

  it('does not wait for ever for an answer that a second initialize has made nobody’s', async () => {
    const clientState = new ClientState();
    clientState.initialize('{"capabilities":{"elicitation":{}}}');
    const asked = clientState.canElicit();
    clientState.initialize('{"capabilities":{}}');
    clientState.initialized('{"result":{"protocolVersion":"2025-11-25"}}');
    expect(await asked).toBe(false);
  });
});
