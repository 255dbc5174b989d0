import { describe, expect, it } from 'vitest';
import { Place } from './place.js';
import { Wrapped } from './program.js';

const MODERN = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
};

describe('a request that names nothing, where no rule is about what it could name', () => {
  // 2026-07-28 has no resources/subscribe. What a server says to it is -32601, and we say -32602 in its place.
  it.fails('is answered by the server', async () => {
    const place = new Place();
    place.policy('version: 1\ndefault: deny\n');
    const wrapped = Wrapped.recorder(place);
    await wrapped.request(7, 'resources/subscribe', { _meta: MODERN });
    await wrapped.request('after', 'ping');
    expect(place.recorded()).toContain('resources/subscribe');
  });
});
