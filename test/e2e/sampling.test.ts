import { describe, expect, it } from 'vitest';
import { connectV1, connectV2 } from './clients.js';
import { fixture, npmServer, Place, PROGRAM } from './place.js';
import { Wrapped } from './program.js';

const MODERN = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': { sampling: {} },
};

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

  it.each([
    ['with a long s', 'sampling/createMeſſage'],
    ['in full width', 'ｓampling/createMessage'],
    ['with what cannot be seen', 'sampling/​createMessage'],
  ])('keeps a name back that a careless client may read as it: %s', async (_case, method) => {
    const line = JSON.stringify({ jsonrpc: '2.0', id: 's', method, params: {} });
    const { wrapped } = asking('sampling: deny\n', line);
    await wrapped.told('the server wrote JSON that is not a JSON-RPC message');
    expect(wrapped.lines).toEqual([]);
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

  it('is refused in the answer to a call of an earlier revision', async () => {
    const { wrapped } = answering('sampling: deny', RESULT);
    expect(await wrapped.request(1, 'tools/call', { name: 'x', arguments: {} })).toMatchObject({
      result: {
        isError: true,
        content: [{ text: expect.stringContaining('sampling/createMessage is denied') }],
      },
    });
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
