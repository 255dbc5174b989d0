import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Place } from './place.js';
import { Wrapped } from './program.js';

const POLICY = `version: 1
default: allow
tools:
  delete_note: { action: deny, reason: Notes are deleted by hand. }
  create_charge: [{ when: "!has(args.amount)", action: deny, reason: No amount. }, allow]
  write_note: { rate_limit: { max: 2, window: 60 } }
  "get_*": { action: allow, concurrency: 1 }
  same_note: { action: allow, repeat: { max: 2, window: 60 } }
  run_job: require_approval
resources: { "file:///srv/*": [{ when: has(args._meta), action: deny }, allow] }
approvals: { via: [elicitation], hold: 8 }
`;

function start(policy = POLICY): { place: Place; wrapped: Wrapped } {
  const place = new Place();
  place.policy(policy);
  return { place, wrapped: Wrapped.recorder(place) };
}

const call = (id: unknown, name: string, more = '"arguments":null') =>
  `{"jsonrpc":"2.0","id":${JSON.stringify(id)},"method":"tools/call","params":{"name":"${name}",${more}}}`;

/** A server that asks for the roots under each of these ids, and sends what it hears back as notifications. */
const ASKING = (ids: unknown[]) => `import { createInterface } from 'node:readline';
  for (const id of ${JSON.stringify(ids)}) console.log(JSON.stringify({ jsonrpc: '2.0', id, method: 'roots/list' }));
  createInterface({ input: process.stdin }).on('line', (line) =>
    console.log(JSON.stringify({ jsonrpc: '2.0', method: 'heard', params: { line } })));`;

async function asking(...ids: unknown[]): Promise<Wrapped> {
  const place = new Place();
  place.policy('version: 1\ndefault: allow\n');
  const wrapped = Wrapped.script(place, ASKING(ids));
  for (const id of ids) await wrapped.until((message) => message['id'] === id);
  return wrapped;
}

/** What the server has heard of these lines. */
async function heard(wrapped: Wrapped, ...lines: string[]): Promise<string[]> {
  for (const line of [...lines, '{"jsonrpc":"2.0","method":"notifications/last"}']) wrapped.sendLine(line);
  await wrapped.until(({ params }) => JSON.stringify(params ?? '').includes('notifications/last'));
  return wrapped.lines
    .map((line) => JSON.parse(line) as { method?: string; params: { line: string } })
    .filter(({ method }) => method === 'heard')
    .map(({ params: { line } }) => line)
    .slice(0, -1);
}

describe('a null where a member may be absent', () => {
  it.each([
    call(7, 'read_note'),
    call(7, 'read_note', '"arguments":null,"task":null,"_meta":null'),
    '{"jsonrpc":"2.0","id":7,"method":"prompts/get","params":{"name":"x","arguments":null}}',
    '{"jsonrpc":"2.0","id":7,"method":"resources/read","params":{"uri":"file:///srv/x","_meta":null}}',
    '{"jsonrpc":"2.0","id":7,"method":"tools/list","params":null,"result":null,"error":null}',
  ])('leaves the line as it is: %s', async (line) => {
    const { place, wrapped } = start();
    wrapped.sendLine(line);
    expect(await wrapped.answer(7)).toHaveProperty('result');
    expect(place.recorded()).toBe(`${line}\n`);
  });

  it('is judged as no arguments: by name, by conditions, by limits and by the guard against repetition', async () => {
    const { wrapped } = start();
    const text = async (id: number, name: string, more?: string) => {
      wrapped.sendLine(call(id, name, more));
      return JSON.stringify(await wrapped.answer(id));
    };
    expect(await text(1, 'delete_note')).toContain('Reason: Notes are deleted by hand.');
    expect(await text(2, 'create_charge')).toContain('Reason: No amount.');
    for (const id of [3, 4]) expect(await text(id, 'write_note')).not.toContain('is limited');
    expect(await text(5, 'write_note')).toContain('write_note is limited to 2 calls per 60 s');
    expect(await text(6, 'same_note')).not.toContain('limited');
    expect(await text(7, 'same_note', '"arguments":{}')).not.toContain('limited');
    expect(await text(8, 'same_note')).toContain('limited to 2');
  });

  it('is no task and no version of the protocol: a refusal is the result of a legacy call', async () => {
    const { wrapped } = start();
    wrapped.sendLine(
      call(1, 'delete_note', '"task":null,"_meta":{"io.modelcontextprotocol/protocolVersion":null}'),
    );
    const { result } = await wrapped.answer<{ result: Record<string, unknown> }>(1);
    expect(result).toHaveProperty('isError', true);
    expect(result).not.toHaveProperty('resultType');
  });

  it('is no id of a notification, which is never answered', async () => {
    const { place, wrapped } = start();
    const lines = [
      '{"jsonrpc":"2.0","id":null,"method":"notifications/initialized"}',
      '{"jsonrpc":"2.0","id":null,"method":"notifications/cancelled","params":{"requestId":"x"}}',
      '{"jsonrpc":"2.0","method":"notifications/roots/list_changed","params":null}',
    ];
    for (const line of lines) wrapped.sendLine(line);
    wrapped.sendLine('{"jsonrpc":"2.0","id":null,"method":"notifications/initialized","unknown":1}');
    wrapped.sendLine('{"jsonrpc":"2.0","method":"notifications/progress","params":{"progress":NaN}}');
    wrapped.sendLine('{"jsonrpc":"2.0","method":"notifications/progress","params":[]}');
    await wrapped.request(1, 'ping');
    expect(wrapped.lines).toHaveLength(1);
    expect(place.recorded()?.split('\n').slice(0, -2)).toEqual(lines);
    await wrapped.end();
    expect(place.audit().filter(({ outcome }) => outcome === 'refused')).toHaveLength(3);
  });

  it('beside a result or an error is no second answer', async () => {
    const wrapped = await asking(1, 2, 3, 4);
    const lines = [
      '{"jsonrpc":"2.0","id":1,"result":{"roots":[]},"error":null}',
      '{"jsonrpc":"2.0","id":2,"result":null,"error":{"code":-1,"message":"x"}}',
      '{"jsonrpc":"2.0","id":3,"result":{"roots":[]},"params":null}',
    ];
    const nothing = '{"jsonrpc":"2.0","id":4,"result":null,"error":null}';
    expect(await heard(wrapped, ...lines, nothing)).toEqual(lines);
  });

  it('in the answer to a question of ours does not lose the yes of a person', async () => {
    const { place, wrapped } = start();
    const capabilities = { elicitation: {} };
    await wrapped.request('start', 'initialize', { protocolVersion: '2025-11-25', capabilities });
    for (const [id, more] of [
      [1, { error: null }],
      [2, { error: null, params: null }],
    ] as const) {
      wrapped.send({ id, method: 'tools/call', params: { name: 'run_job', arguments: { id } } });
      const asked = await wrapped.until(
        ({ method, params }) =>
          method === 'elicitation/create' && JSON.stringify(params).includes(`\\"id\\":${id}`),
      );
      await sleep(400);
      const result = { action: 'accept', content: { decision: 'allow_once' } };
      wrapped.send({ id: asked['id'], result, ...more });
      expect(await wrapped.answer(id)).toHaveProperty('result.content');
    }
    expect(place.recorded()?.match(/run_job/g)).toHaveLength(2);
  });
});

describe('a refusal', () => {
  it.each(['9007199254740993', '1.0', '1e3', '1.5', '-0', '1e400', '12345678901234567890', '"\\u0061"'])(
    'carries the id as it is written: %s',
    async (id) => {
      const { place, wrapped } = start();
      wrapped.sendLine(`{"jsonrpc":"2.0","id":${id},"method":"tools/list","unknown":1}`);
      wrapped.sendLine(
        `{"jsonrpc":"2.0","method":"tools/call","id":${id},"params":{"name":"x","arguments":{"a":NaN}}}`,
      );
      await wrapped.request('last', 'ping');
      for (const line of wrapped.lines.slice(0, 2)) expect(line).toContain(`"id":${id},"error":{"code":-32`);
      expect(place.recorded()).toBe('{"jsonrpc":"2.0","id":"last","method":"ping"}\n');
    },
  );

  it('does not answer another request that is under way, however its id is written', async () => {
    const { wrapped } = start();
    const first = wrapped.call(1, 'slow');
    for (const id of ['1.0', '1e0', '10e-1'])
      wrapped.sendLine(`{"jsonrpc":"2.0","id":${id},"method":"ping"}`);
    expect(await first).toHaveProperty('result');
    expect(wrapped.lines.slice(0, 3).join()).not.toContain('"id"');
  });
});

describe('an id as a number and as a text', () => {
  it.each([
    [7, '"7"'],
    ['7', '7'],
    ['7', '7.0'],
  ])('%j is cancelled by %s', async (id, requestId) => {
    const { place, wrapped } = start('version: 1\ndefault: { action: allow, concurrency: 1 }\n');
    wrapped.send({ id, method: 'tools/call', params: { name: 'never_answers' } });
    const cancel = `{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":${requestId}}}`;
    wrapped.sendLine(cancel);
    expect(await wrapped.call('next', 'read_note')).toHaveProperty('result.content.0.text');
    expect(JSON.stringify(wrapped.lines)).not.toContain('limited');
    expect(place.recorded()).toContain(`${cancel}\n`);
  });

  it('means only the exact one where both are open', async () => {
    const { wrapped } = start('version: 1\ndefault: { action: allow, concurrency: 2 }\n');
    wrapped.send({ id: '7', method: 'tools/call', params: { name: 'never_answers' } });
    wrapped.send({ id: 7, method: 'tools/call', params: { name: 'slow' } });
    wrapped.send({ method: 'notifications/cancelled', params: { requestId: '7' } });
    expect(await wrapped.answer(7)).toHaveProperty('result.content.0.text', 'late');
    wrapped.send({ id: 8, method: 'tools/call', params: { name: 'never_answers' } });
    wrapped.send({ method: 'notifications/cancelled', params: { requestId: 9 } });
    expect(JSON.stringify(await wrapped.call(10, 'read_note'))).not.toContain('limited');
  });

  it('withdraws a call that waits for a person, which the server never hears of', async () => {
    const { place, wrapped } = start();
    await wrapped.request('start', 'initialize', {
      protocolVersion: '2025-11-25',
      capabilities: { elicitation: {} },
    });
    wrapped.send({ id: 7, method: 'tools/call', params: { name: 'run_job' } });
    const asked = await wrapped.until(({ method }) => method === 'elicitation/create');
    wrapped.send({ method: 'notifications/cancelled', params: { requestId: '7' } });
    await wrapped.until(({ params }) => (params as { requestId?: unknown })?.requestId === asked['id']);
    wrapped.send({ id: asked['id'], result: { action: 'accept', content: { decision: 'allow_once' } } });
    await wrapped.request('last', 'ping');
    expect(place.recorded()).not.toMatch(/run_job|cancelled/);
  });

  it('answers the request of the server that it can mean, once, and is forwarded as it came', async () => {
    const wrapped = await asking(1, '2', 3, '3');
    const answer = (id: string) => `{"jsonrpc":"2.0","id":${id},"result":{"roots":[]}}`;
    const lines = [answer('"1"'), answer('2'), answer('"3"'), answer('3')];
    expect(
      await heard(wrapped, lines[0] ?? '', answer('1'), answer('"01"'), ...lines.slice(1), answer('3')),
    ).toEqual(lines);
  });

  it.each([
    [1, '"1"'],
    ['1', '1'],
  ])('answers the request of the client with the id %j, as %s', async (id, written) => {
    const place = new Place();
    place.policy('version: 1\ndefault: { action: allow, concurrency: 1 }\n');
    const wrapped = Wrapped.script(
      place,
      `import { createInterface } from 'node:readline';
      createInterface({ input: process.stdin }).on('line', (line) => {
        const { id } = JSON.parse(line);
        console.log('{"jsonrpc":"2.0","id":' + (id === 'last' ? '"last"' : '${written.replaceAll("'", '')}') + ',"result":{}}');
      });`,
    );
    wrapped.send({ id, method: 'tools/call', params: { name: 'read_note' } });
    await wrapped.until((message) => 'result' in message);
    expect(await wrapped.call('last', 'read_note')).toEqual({ jsonrpc: '2.0', id: 'last', result: {} });
    expect(wrapped.lines[0]).toContain(`"id":${written}`);
    expect(wrapped.stderr).not.toContain('was not sent');
  });
});

describe('a byte order mark', () => {
  const mark = Buffer.from([0xef, 0xbb, 0xbf]);

  it('at the start of what the client writes is taken off, whatever the chunks', async () => {
    const { place, wrapped } = start();
    const line = '{"jsonrpc":"2.0","id":1,"method":"ping"}';
    for (const byte of mark) {
      wrapped.process.stdin.write(Buffer.from([byte]));
      await sleep(20);
    }
    wrapped.sendLine(line);
    await wrapped.answer(1);
    wrapped.sendLine(Buffer.concat([mark, Buffer.from(line)]));
    expect(await wrapped.until((message) => 'error' in message)).toMatchObject({
      error: { code: -32700, message: expect.stringContaining('byte order mark') },
    });
    expect(place.recorded()).toBe(`${line}\n`);
  });

  it('hides no call: what stands behind it is judged', async () => {
    const { place, wrapped } = start();
    wrapped.sendLine(Buffer.concat([mark, Buffer.from(call(1, 'delete_note'))]));
    expect(JSON.stringify(await wrapped.answer(1))).toContain('Notes are deleted by hand.');
    expect(place.recorded()).toBeUndefined();
  });

  it('at the start of what the server writes is taken off as well', async () => {
    const place = new Place();
    place.policy('version: 1\ndefault: allow\ntools: { b: hide }\n');
    const wrapped = Wrapped.script(
      place,
      `process.stdin.once('data', () => process.stdout.write(
        '\\ufeff{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"a"},{"name":"b"}]}}\\n'));`,
    );
    wrapped.send({ id: 1, method: 'tools/list' });
    await wrapped.answer(1);
    expect(wrapped.lines).toEqual(['{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"a"}]}}']);
  });
});
