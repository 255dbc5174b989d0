import { describe, expect, it } from 'vitest';
import { connectV1, connectV2 } from './clients.js';
import { fixture, npmServer, Place, PROGRAM } from './place.js';
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

/** A server that asks the client for something, and reports the answer. */
function asking(policy: string, ask: string): { place: Place; wrapped: Wrapped } {
  const place = new Place();
  place.policy(`version: 1\ndefault: allow\n${policy}`);
  const wrapped = Wrapped.script(
    place,
    `import { createInterface } from 'node:readline';
    createInterface({ input: process.stdin }).on('line', (line) => {
      const { id, method, result, error } = JSON.parse(line);
      if (method) console.log(${JSON.stringify(ask)});
      else console.log(JSON.stringify({ jsonrpc: '2.0', method: 'heard', params: { id, result, error } }));
    });`,
  );
  wrapped.send({ method: 'notifications/initialized' });
  return { place, wrapped };
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
        message:
          'Policy violation: completion/complete is denied by policy-wrap.\nReason: Names are secret.\nRule: /methods/completion/* (policy-wrap.yaml:3)\nDo not retry; ask the user if it is needed.',
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

describe('sampling: deny', () => {
  it.each([
    ['as it is', '{"jsonrpc":"2.0","id":"s","method":"sampling/createMessage","params":{}}'],
    [
      'in escapes',
      String.raw`{"jsonrpc":"2.0","id":"s","method":"sampling\/create\u004dessage","params":{}}`,
    ],
    ['without params', '{"method":"sampling/createMessage","id":"s","jsonrpc":"2.0"}'],
    [
      'that two parsers may read differently',
      '{"jsonrpc":"2.0","id":"s","method":"sampling/createMessage","params":{"a":1,"a":2}}',
    ],
  ])('answers the server in the place of the client: %s', async (_case, ask) => {
    const { place, wrapped } = asking('sampling: { action: deny, reason: No. }\n', ask);
    const { params } = await wrapped.until<{ params: { error: { message: string } } }>(
      ({ method }) => method === 'heard',
    );
    expect(params).toMatchObject({ id: 's', error: { code: expect.any(Number) } });
    expect(params.error.message).toContain(
      'Policy violation: sampling/createMessage is denied by policy-wrap.',
    );
    expect(wrapped.lines).toHaveLength(1);
    await wrapped.end();
    expect(place.audit()).toMatchObject([{ kind: 'method', tool: 'sampling/createMessage', action: 'deny' }]);
  });

  it('lets everything else that the server asks pass', async () => {
    const ask = '{"jsonrpc":"2.0","id":"s","method":"roots/list"}';
    const { wrapped } = asking('sampling: deny\n', ask);
    await wrapped.until(({ method }) => method === 'roots/list');
    wrapped.sendLine('{"jsonrpc":"2.0","id":"s","result":{"roots":[]}}');
    expect(await wrapped.until(({ method }) => method === 'heard')).toMatchObject({ params: { id: 's' } });
  });

  it('keeps a result that asks for it from a client of 2026-07-28', async () => {
    const place = new Place();
    place.policy('version: 1\ndefault: allow\nsampling: deny\n');
    const wrapped = new Wrapped(place, ['--', process.execPath, fixture('rounds.mjs'), place.record]);
    const ask = (id: number, args: object) =>
      wrapped.request(id, 'tools/call', { name: 'read_note', arguments: args, _meta: MODERN });
    expect(await ask(1, { ask: 'sampling/createMessage' })).toMatchObject({
      result: {
        resultType: 'complete',
        isError: true,
        content: [{ text: expect.stringContaining('sampling/createMessage is denied by policy-wrap.') }],
      },
    });
    expect(await ask(2, { ask: 'elicitation/create' })).toMatchObject({
      result: { resultType: 'input_required' },
    });
    await wrapped.end();
    expect(place.audit()).toMatchObject([
      { tool: 'sampling/createMessage', action: 'deny', outcome: 'refused' },
      { tool: 'read_note', outcome: 'refused' },
      { tool: 'read_note', outcome: 'input_required' },
    ]);
  });

  it('reaches a real server as an error of its own request', async () => {
    const place = new Place();
    const policy = place.write('no-sampling.yaml', 'version: 1\ndefault: allow\nsampling: deny\n');
    const args = [PROGRAM, '--config', policy, '--', process.execPath, npmServer('everything')];
    const client = await connectV1({ args, cwd: place.work, env: place.env });
    const { tools } = await client.listTools();
    const name = tools
      .map((tool) => tool.name)
      .find((tool) => /^(?:sample-llm|trigger-sampling-request)$/i.test(tool));
    const result = await client.callTool({ name: name ?? '', arguments: { prompt: 'hello', maxTokens: 5 } });
    expect(JSON.stringify(result)).toContain('sampling/createMessage is denied by policy-wrap');
  });
});

describe('what a server asks where it is not looked for', () => {
  const SAMPLING = { ask: { method: 'sampling/createMessage', params: { messages: [], maxTokens: 5 } } };
  const RESULT = { resultType: 'input_required', inputRequests: SAMPLING };

  /** A server that answers every request with this, and says this before. */
  function answering(policy: string, result: object, before: object[] = []) {
    const place = new Place();
    place.policy(`version: 1\ndefault: allow\n${policy}`);
    const wrapped = Wrapped.script(
      place,
      `import { createInterface } from 'node:readline';
      createInterface({ input: process.stdin }).on('line', (line) => {
        for (const message of ${JSON.stringify(before)}) console.log(JSON.stringify({ jsonrpc: '2.0', ...message }));
        console.log(JSON.stringify({ jsonrpc: '2.0', id: JSON.parse(line).id, result: ${JSON.stringify(result)} }));
      });`,
    );
    return { place, wrapped };
  }

  it('is refused in the answer to tools/list, which clients answer like any other', async () => {
    const { place, wrapped } = answering('sampling: deny', RESULT);
    expect(await wrapped.request(1, 'tools/list', { _meta: MODERN })).toMatchObject({
      error: { code: -31403, message: expect.stringContaining('sampling/createMessage is denied') },
    });
    await wrapped.end();
    expect(place.audit()[0]).toMatchObject({ tool: 'sampling/createMessage', outcome: 'refused' });
  });

  it('does not reach the model of a real client by way of tools/list', async () => {
    const discovered = {
      resultType: 'complete',
      supportedVersions: ['2026-07-28'],
      capabilities: { tools: {} },
      serverInfo: { name: 'asking', version: '1' },
      ttlMs: 0,
      cacheScope: 'private',
    };
    const place = new Place();
    place.policy('version: 1\ndefault: allow\nsampling: deny\n');
    const server = place.write(
      'server.mjs',
      `import { appendFileSync } from 'node:fs';
      import { createInterface } from 'node:readline';
      createInterface({ input: process.stdin }).on('line', (line) => {
        appendFileSync(${JSON.stringify(place.record)}, line);
        const { id, method } = JSON.parse(line);
        const result = method === 'server/discover' ? ${JSON.stringify(discovered)} : ${JSON.stringify(RESULT)};
        console.log(JSON.stringify({ jsonrpc: '2.0', id, result }));
      });`,
    );
    const args = [PROGRAM, '--', process.execPath, server];
    const client = await connectV2('v2 pinned', { args, cwd: place.work, env: place.env });
    await expect(client.listTools()).rejects.toThrow('sampling/createMessage is denied by policy-wrap');
    expect(place.recorded()).not.toContain('inputResponses');
  });

  it('is refused under keys that careless clients read', async () => {
    const result = { resultType: 'input_required', InputRequests: SAMPLING };
    const { wrapped } = answering('sampling: deny', result);
    expect(await wrapped.request(1, 'prompts/list', { _meta: MODERN })).toHaveProperty('error');
  });

  it('is kept back in notifications: of tasks, and those that are called like a request', async () => {
    const { place, wrapped } = answering('sampling: deny', {}, [
      {
        method: 'notifications/tasks',
        params: { taskId: '1', status: 'input_required', inputRequests: SAMPLING },
      },
      { method: 'sampling/createMessage', params: { messages: [], maxTokens: 5 } },
      { method: 'notifications/tasks', params: { taskId: '1', status: 'working' } },
    ]);
    await wrapped.request(1, 'ping');
    const methods = wrapped.lines.map(
      (line) => (JSON.parse(line) as { params?: { status?: string } }).params,
    );
    expect(methods).toEqual([{ taskId: '1', status: 'working' }, undefined]);
    await wrapped.end();
    expect(place.audit()).toMatchObject([
      { tool: 'sampling/createMessage', outcome: 'refused' },
      { tool: 'sampling/createMessage', outcome: 'refused' },
      {},
    ]);
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
});
