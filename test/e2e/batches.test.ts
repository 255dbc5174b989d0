import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Place } from './place.js';
import { Wrapped } from './program.js';

type Answer = {
  id?: string | number;
  result?: { isError?: boolean; content?: { text: string }[] };
  error?: object;
};

const POLICY = `version: 1
default: allow
tools:
  delete_note: deny
  write_note: { rate_limit: { max: 2, window: 60 } }
  run_job: require_approval
approvals: { via: [elicitation] }
`;

async function start(
  capabilities = {},
  protocolVersion = '2025-03-26',
): Promise<{ place: Place; wrapped: Wrapped }> {
  const place = new Place();
  place.policy(POLICY);
  const wrapped = Wrapped.recorder(place);
  await wrapped.request('start', 'initialize', { protocolVersion, capabilities });
  return { place, wrapped };
}

function call(id: string | number, name: string, args: object = {}): object {
  return { jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: args } };
}

/** The next line that is an array. */
async function nextArray(wrapped: Wrapped): Promise<Answer[]> {
  for (;;) {
    const line = wrapped.lines.find((text) => text.startsWith('['));
    if (line !== undefined) return JSON.parse(line) as Answer[];
    await sleep(5);
  }
}

describe('a batch, with 2025-03-26 negotiated', () => {
  it('is judged message by message and answered as one array', async () => {
    const { place, wrapped } = await start();
    const messages = [
      call(1, 'read_note', { n: 1 }),
      call(2, 'delete_note'),
      { jsonrpc: '2.0', method: 'notifications/roots/list_changed' },
      { jsonrpc: '2.0', id: 3, method: 'ping' },
      call(4, 'write_note'),
      call(5, 'write_note'),
      call(6, 'write_note'),
    ];
    wrapped.sendLine(JSON.stringify(messages));
    const answers = await nextArray(wrapped);
    expect(answers.map(({ id }) => id).sort()).toEqual([1, 2, 3, 4, 5, 6]);
    const refused = answers.filter(({ result }) => result?.isError).map(({ id }) => id);
    expect(refused.sort()).toEqual([2, 6]);
    expect(wrapped.lines.filter((line) => !line.startsWith('['))).toHaveLength(1);
    const reached = place.recorded()?.trimEnd().split('\n').slice(1);
    expect(reached).toEqual([0, 2, 3, 4, 5].map((at) => JSON.stringify(messages[at])));
  });

  it('reaches the server as it was written', async () => {
    const { place, wrapped } = await start();
    const one =
      '{"id":1,"jsonrpc":"2.0" ,"method":"tools/call","params":{"name":"read_note","arguments":{"n":12345678901234567890,"e":1e400,"\\u0061":"ä€😀"}}}';
    wrapped.sendLine(` [ ${one} ,\t{"jsonrpc":"2.0","id":2,"method":"ping"}]`);
    expect(await nextArray(wrapped)).toHaveLength(2);
    expect(place.recorded()).toContain(`\n${one}\n`);
  });

  it('leaves when its slowest message is answered, and holds nothing else up', async () => {
    const { wrapped } = await start({ elicitation: {} }, '2025-03-26');
    wrapped.sendLine(JSON.stringify([call(1, 'run_job'), call(2, 'get_slow')]));
    expect(await wrapped.call(3, 'read_note')).toHaveProperty('result');
    // The revision with batches has no elicitation, so nobody is asked.
    const answers = await nextArray(wrapped);
    expect(answers.find(({ id }) => id === 1)).toMatchObject({ result: { isError: true } });
    expect(answers.find(({ id }) => id === 2)).toMatchObject({ result: { content: [{ text: 'late' }] } });
  });

  it('of notifications alone is not answered', async () => {
    const { wrapped } = await start();
    wrapped.sendLine('[{"jsonrpc":"2.0","method":"notifications/initialized"}]');
    await wrapped.request(1, 'ping');
    expect(wrapped.lines).toHaveLength(2);
  });

  it('whose last open call is cancelled leaves without it', async () => {
    const { wrapped } = await start();
    wrapped.sendLine(JSON.stringify([call(1, 'read_note'), call(2, 'never_answers')]));
    await wrapped.request(3, 'ping');
    expect(wrapped.lines.some((line) => line.startsWith('['))).toBe(false);
    wrapped.send({ method: 'notifications/cancelled', params: { requestId: 2 } });
    expect((await nextArray(wrapped)).map(({ id }) => id)).toEqual([1]);
  });

  it('takes its ids until it has been answered', async () => {
    const { wrapped } = await start();
    wrapped.sendLine(JSON.stringify([call(1, 'delete_note'), call(2, 'get_slow')]));
    wrapped.send(call(1, 'read_note'));
    expect(await wrapped.until((message) => 'error' in message)).not.toHaveProperty('id');
    expect(await nextArray(wrapped)).toHaveLength(2);
    expect(await wrapped.call(1, 'read_note')).toHaveProperty('result');
  });

  it('is answered whole when the server ends', async () => {
    const { wrapped } = await start();
    wrapped.sendLine(JSON.stringify([call(1, 'never_answers'), call(2, 'delete_note'), call(3, 'get_exit')]));
    await wrapped.process;
    const answers = await nextArray(wrapped);
    expect(answers.map(({ id }) => id).sort()).toEqual([1, 2, 3]);
    expect(wrapped.lines).toHaveLength(2);
  });

  it('of the server comes to the client message by message', async () => {
    const place = new Place();
    place.policy(POLICY);
    const batch =
      '[{"jsonrpc":"2.0","method":"notifications/x"}, {"jsonrpc":"2.0","id":"ask","method":"roots/list"}]';
    const wrapped = Wrapped.script(
      place,
      `import { createInterface } from 'node:readline';
      createInterface({ input: process.stdin }).on('line', (line) => {
        const { id, result } = JSON.parse(line);
        if (result && 'roots' in result) return process.exit(0);
        console.log(JSON.stringify({ jsonrpc: '2.0', id, result: { protocolVersion: '2025-03-26' } }));
        console.log(${JSON.stringify(batch)});
      });`,
    );
    wrapped.send({ id: 1, method: 'initialize', params: {} });
    await wrapped.until(({ method }) => method === 'notifications/x');
    await wrapped.until(({ method }) => method === 'roots/list');
    wrapped.sendLine('[{"jsonrpc":"2.0","id":"ask","result":{"roots":[]}}]');
    expect((await wrapped.process).exitCode).toBe(0);
  });
});

describe('answers to a batch that cannot be read', () => {
  async function answering(body: string): Promise<Wrapped> {
    const wrapped = Wrapped.script(
      new Place(),
      `import { createInterface } from 'node:readline';
      createInterface({ input: process.stdin }).on('line', (line) => {
        const { id, method, params } = JSON.parse(line);
        if (method === 'initialize') console.log(JSON.stringify({ jsonrpc: '2.0', id, result: params }));
        ${body}
      });`,
    );
    await wrapped.request('start', 'initialize', { protocolVersion: '2025-03-26', capabilities: {} });
    return wrapped;
  }

  it('do not take the others with them', async () => {
    const wrapped = await answering(
      `else console.log('{"jsonrpc":"2.0","id":' + id + ',"result":{' + (id === 2 ? 'oops' : '') + '}}');`,
    );
    const ping = (id: number) => ({ jsonrpc: '2.0', id, method: 'ping' });
    wrapped.sendLine(JSON.stringify([ping(1), ping(2)]));
    expect(await nextArray(wrapped)).toMatchObject([
      { id: 1, result: {} },
      { id: 2, error: { code: -32603 } },
    ]);
  });

  it('pass where only parsers differ about one of them', async () => {
    const wrapped = await answering(
      `else if (id === 2) console.log('[{"jsonrpc":"2.0","id":1,"result":{"cut":"\\\\ud83d"}},{"jsonrpc":"2.0","id":2,"result":{}}]');`,
    );
    wrapped.send({ id: 1, method: 'ping' });
    expect(await wrapped.request(2, 'ping')).toHaveProperty('result', {});
    expect(await wrapped.answer(1)).toHaveProperty('result.cut');
  });
});
