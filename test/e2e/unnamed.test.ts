import { describe, expect, it } from 'vitest';
import { Place } from './place.js';
import { Wrapped } from './program.js';

const MODERN = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
};

describe('a request that names nothing, where no rule is about what it could name', () => {
  // 2026-07-28 has no resources/subscribe: servers say so with -32601.
  it('is answered by the server', async () => {
    const place = new Place();
    place.policy('version: 1\ndefault: deny\n');
    const wrapped = Wrapped.recorder(place);
    await wrapped.request(7, 'resources/subscribe', { _meta: MODERN });
    await wrapped.request('after', 'ping');
    expect(place.recorded()).toContain('resources/subscribe');
  });

  it('is judged as one for an empty URI', async () => {
    const place = new Place();
    place.policy('version: 1\ndefault: deny\nresources: { "*": deny }\n');
    const wrapped = Wrapped.recorder(place);
    expect(await wrapped.request(7, 'resources/subscribe', {})).toMatchObject({ error: { code: -31403 } });
    expect(place.recorded()).toBeUndefined();
  });
});
