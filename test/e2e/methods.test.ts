import { describe, expect, it } from 'vitest';
import { Place, POLICY_PLACE } from './place.js';
import { Wrapped } from './program.js';

const MODERN = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': { sampling: {} },
};

function start(policy: string): { place: Place; wrapped: Wrapped } {
  const place = new Place();
  place.policy(`version: 1\ndefault: allow\n${policy}`);
  return { place, wrapped: Wrapped.recorder(place) };
}

describe('rules for other methods', () => {
  it('refuse what they name, in words, and let everything else pass', async () => {
    const { place, wrapped } = start(
      'methods: { "completion/*": { action: deny, reason: Names are secret. }, logging/setLevel: deny }',
    );
    expect(await wrapped.request(1, 'completion/complete', { ref: {} })).toEqual({
      jsonrpc: '2.0',
      id: 1,
      error: {
        code: -31403,
        message: `Policy violation: completion/complete is denied by policy-wrap.\nReason: Names are secret.\nRule: /methods/completion/* (${POLICY_PLACE}:3)\nDo not retry; ask the user if it is needed.`,
        data: {
          'policy-wrap/decision': {
            action: 'deny',
            rule: '/methods/completion/*',
            reason: 'Names are secret.',
          },
        },
      },
    });
    expect(await wrapped.request(2, 'logging/setLevel', { level: 'info' })).toHaveProperty('error');
    expect(await wrapped.request(3, 'prompts/list')).toHaveProperty('result');
    expect(await wrapped.request(4, 'not/yet-invented')).toHaveProperty('result');
    expect(await wrapped.call(5, 'read_note')).toHaveProperty('result');
    await wrapped.end();
    const methods = place.recorded()?.trimEnd().split('\n');
    expect(methods?.map((line) => (JSON.parse(line) as { method: string }).method)).toEqual([
      'prompts/list',
      'not/yet-invented',
      'tools/call',
    ]);
    expect(place.audit()[0]).toMatchObject({ kind: 'method', tool: 'completion/complete', action: 'deny' });
  });

  it('see the params in their conditions, and can limit', async () => {
    const { wrapped } = start(
      `methods:
  completion/complete: { when: 'args.ref.name != "code"', action: deny }
  prompts/list: { rate_limit: { max: 1, window: 60 } }
`,
    );
    expect(await wrapped.request(1, 'completion/complete', { ref: { name: 'code' } })).toHaveProperty(
      'result',
    );
    expect(await wrapped.request(2, 'completion/complete', { ref: { name: 'x' } })).toHaveProperty('error');
    expect(await wrapped.request(3, 'completion/complete', {})).toHaveProperty('error');
    expect(await wrapped.request(4, 'prompts/list')).toHaveProperty('result');
    expect(await wrapped.request(5, 'prompts/list')).toMatchObject({ error: { code: -31403 } });
  });

  it('never end the session by a glob: initialize, ping and server/discover are meant by name only', async () => {
    const { wrapped } = start('methods: { "*": deny, server/discover: deny, tools/list: allow }');
    for (const method of ['initialize', 'ping'])
      expect(await wrapped.request(method, method, {}), method).toHaveProperty('result');
    expect(await wrapped.request(1, 'server/discover')).toHaveProperty('error');
    expect(await wrapped.request(2, 'prompts/list')).toHaveProperty('error');
    expect(await wrapped.request(3, 'tools/list')).toHaveProperty('result.tools');
    expect(await wrapped.call(4, 'read_note')).toHaveProperty('result');
  });

  it('do not keep hidden tools in a list', async () => {
    const { wrapped } = start('tools: { secret_tool: hide }\nmethods: { tools/list: allow }');
    const { result } = await wrapped.request<{ result: { tools: { name: string }[] } }>(1, 'tools/list');
    expect(result.tools.map(({ name }) => name)).not.toContain('secret_tool');
  });
});

describe('a request that the policy judges, sent without an id', () => {
  it('is refused where it would be, or would have been counted', async () => {
    const { place, wrapped } = start(
      'methods: { "admin/*": deny, jobs/run: { rate_limit: { max: 1, window: 60 } }, jobs/list: allow }',
    );
    for (const method of ['admin/wipe', 'jobs/run', 'jobs/list', 'other/thing', 'notifications/other'])
      wrapped.send({ method });
    await wrapped.request(1, 'ping');
    const methods = place.recorded()?.trimEnd().split('\n');
    expect(methods?.map((line) => (JSON.parse(line) as { method: string }).method)).toEqual([
      'jobs/list',
      'other/thing',
      'notifications/other',
      'ping',
    ]);
    await wrapped.end();
    expect(place.audit().filter(({ outcome }) => outcome === 'refused')).toMatchObject([
      { reason: '"admin/wipe" without an id, which the policy judges' },
      { reason: '"jobs/run" without an id, which the policy judges' },
    ]);
  });
});

describe('a subscription of 2026-07-28', () => {
  it('to resources that the policy allows passes, and its end is told', async () => {
    const { place, wrapped } = start('resources: { "file:///etc/*": deny }');
    const listen = (id: number, uris: string[]) =>
      wrapped.request(id, 'subscriptions/listen', {
        notifications: { toolsListChanged: true, resourceSubscriptions: uris },
        _meta: MODERN,
      });
    expect(await listen(1, ['file:///home/a'])).toHaveProperty('result');
    expect(await listen(2, ['file:///home/a', 'file:///etc/passwd'])).toMatchObject({
      error: { code: -31403, message: expect.stringContaining('/resources/file:///etc/*') },
    });
    expect(place.recorded()?.trimEnd().split('\n')).toHaveLength(1);
  });

  it('is counted once for each resource', async () => {
    const { wrapped } = start('resources: { "x:*": { action: allow, rate_limit: { max: 2, window: 1h } } }');
    const listen = (id: number, resourceSubscriptions: string[]) => {
      const params = { notifications: { resourceSubscriptions }, _meta: MODERN };
      return wrapped.request(id, 'subscriptions/listen', params);
    };
    expect(await listen(1, ['x:1', 'x:1', 'x:1', 'x:2'])).toHaveProperty('result');
    expect(await listen(2, ['x:1'])).toHaveProperty('error.data.policy-wrap/decision.action', 'limited');
  });
});
