import { describe, expect, it } from 'vitest';
import { Place } from './place.js';
import { Wrapped } from './program.js';

function start(policy = ''): { place: Place; wrapped: Wrapped } {
  const place = new Place();
  place.policy(`version: 1\ndefault: allow\n${policy}`);
  return { place, wrapped: Wrapped.recorder(place) };
}

const LARGE = 'x'.repeat(300_000);

describe('from the client to the server', () => {
  it.each([
    ['integers of 64 bits', '{"id":12345678901234567890,"n":-9223372036854775808}'],
    ['numbers that no double holds', '{"a":1e400,"b":-0.0,"c":1E+2,"d":0.10000000000000000000001}'],
    ['escapes as they are written', String.raw`{"a":"\u0041\/\u00e9\ud83d\ude00\n\u2028","\u0062":"\\\""}`],
    ['text beyond ASCII', '{"ä€😀":"\u2028\u0085\ufeff\u202e"}'],
    ['the order of keys', '{"z":1,"10":2,"9":3,"a":4,"__proto__":{"x":1}}'],
    ['keys that differ by case only', '{"Name":1,"name":2,"naMe":3,"\u017fize":4,"size":5}'],
    ['white space', ' { "a" :\t[ 1 , 2 ] } '],
    ['a large value', `{"text":"${LARGE}"}`],
  ])('passes %s', async (_case, args) => {
    const { place, wrapped } = start();
    const line = `{"method":"tools/call" , "params":{"arguments":${args},"name":"read_note"},"id":7,"jsonrpc":"2.0"}`;
    wrapped.sendLine(line);
    expect(await wrapped.answer(7)).toHaveProperty('result');
    expect(place.recorded()).toBe(`${line}\n`);
  });

  it('passes a line end of CR and LF, and keeps blank lines to itself', async () => {
    const { place, wrapped } = start();
    wrapped.sendLine('\r');
    wrapped.sendLine(' \t ');
    wrapped.sendLine('');
    wrapped.sendLine('{"jsonrpc":"2.0","id":1,"method":"ping"}\r');
    await wrapped.answer(1);
    expect(place.recorded()).toBe('{"jsonrpc":"2.0","id":1,"method":"ping"}\r\n');
  });

  it('passes a line that comes byte by byte, split within characters', async () => {
    const { place, wrapped } = start();
    const line = '{"jsonrpc":"2.0","id":1,"method":"ping","params":{"text":"ä€😀"}}\n';
    for (const byte of Buffer.from(line)) {
      wrapped.process.stdin.write(Uint8Array.of(byte));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await wrapped.answer(1);
    expect(place.recorded()).toBe(line);
  });

  it('keeps the order, whatever is refused in between', async () => {
    const { place, wrapped } = start('tools: { "delete_*": deny }');
    for (let id = 0; id < 200; id++)
      wrapped.send({ id, method: 'tools/call', params: { name: id % 2 ? 'delete_note' : 'read_note' } });
    await wrapped.answer(198);
    const ids = place
      .recorded()
      ?.trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { id: number }).id);
    expect(ids).toEqual(Array.from({ length: 100 }, (_, index) => index * 2));
  });

  it('drops answers to requests that the server never made, and passes one answer to each that it made', async () => {
    const place = new Place();
    place.policy('version: 1\ndefault: allow\n');
    const wrapped = Wrapped.script(
      place,
      `import { createInterface } from 'node:readline';
      console.log('{"jsonrpc":"2.0","id":"ask","method":"roots/list"}');
      createInterface({ input: process.stdin }).on('line', (line) =>
        console.log(JSON.stringify({ jsonrpc: '2.0', method: 'heard', params: { line } })));`,
    );
    await wrapped.until(({ method }) => method === 'roots/list');
    for (const id of [1, 'other', 'ask', 'ask', 'pw:0:0'])
      wrapped.sendLine(JSON.stringify({ jsonrpc: '2.0', id, result: { roots: [] } }));
    wrapped.send({ method: 'notifications/initialized' });
    const last = await wrapped.until(({ params }) => JSON.stringify(params ?? '').includes('initialized'));
    const heard = wrapped.lines.slice(1, wrapped.lines.indexOf(JSON.stringify(last)) + 1);
    expect(heard).toHaveLength(2);
    expect(heard[0]).toContain(String.raw`\"id\":\"ask\"`);
  });

  it('answers a line that is longer than it keeps by its id, and goes on', async () => {
    const { place, wrapped } = start();
    const piece = Buffer.alloc(1024 * 1024, 'x');
    wrapped.process.stdin.write('{"method":"tools/call","params":{"name":"read_note","arguments":{"a":"');
    for (let sent = 0; sent < 65; sent++) wrapped.process.stdin.write(piece);
    wrapped.process.stdin.write('"}},"jsonrpc":"2.0","id":7}\n');
    expect(await wrapped.answer(7)).toMatchObject({
      error: { code: -32700, message: 'Refused by policy-wrap: the line is too long' },
    });
    await wrapped.request(8, 'ping');
    expect(place.recorded()).toBe('{"jsonrpc":"2.0","id":8,"method":"ping"}\n');
  });

  it('refuses an id that is still being answered, without a word to the first', async () => {
    const { place, wrapped } = start();
    const first = wrapped.call(1, 'get_slow', { n: 1 });
    wrapped.send({ id: 1, method: 'tools/call', params: { name: 'read_note', arguments: { n: 2 } } });
    const refused = await wrapped.until((message) => 'error' in message);
    expect(refused).toEqual({
      jsonrpc: '2.0',
      error: { code: -32600, message: expect.stringContaining('id 1 is still being answered') },
    });
    expect(await first).toMatchObject({ result: { content: [{ text: 'late' }] } });
    expect(await wrapped.call('1', 'read_note')).toHaveProperty('result');
    expect(place.recorded()).not.toContain('"n":2');
  });
});

describe('from the server to the client', () => {
  it('passes bytes as they came, and JSON-RPC that nobody has invented yet', async () => {
    const place = new Place();
    place.policy('version: 1\ndefault: allow\n');
    const lines = [
      '{"jsonrpc":"2.0","method":"notifications/x","params":{"big":12345678901234567890,"f":1e400,"n":-0.0}}',
      String.raw`{"params":{"é":"\u00e9\/ä€😀"},"method":"notifications/not/yet/invented","jsonrpc":"2.0"}`,
      ' { "jsonrpc" : "2.0" , "id" : 12345678901234567890 , "method" : "some/request" } ',
      `{"jsonrpc":"2.0","method":"notifications/x","params":{"text":"${LARGE}"}}`,
    ];
    const wrapped = Wrapped.script(
      place,
      `const text = ${JSON.stringify(`${lines.join('\r\n')}\r\n`)};
      const bytes = Buffer.from(text);
      process.stdout.write(bytes.subarray(0, ${Buffer.byteLength(lines[0] ?? '') + 35}));
      setTimeout(() => process.stdout.write(bytes.subarray(${Buffer.byteLength(lines[0] ?? '') + 35})), 100);`,
    );
    await wrapped.process;
    expect(wrapped.lines).toEqual(lines.map((line) => `${line}\r`));
  });

  it('shows what is no message to people instead', async () => {
    const { wrapped } = start();
    expect(await wrapped.call(1, 'get_noise')).toMatchObject({
      result: { content: [{ text: 'after noise' }] },
    });
    expect(wrapped.lines).toHaveLength(1);
    await wrapped.end();
    for (const noise of ['Starting up…', '{"level":"info"}'])
      expect(wrapped.stderr).toContain(`not a JSON-RPC message: ${noise}\n`);
    expect(wrapped.stderr).toMatch(/\d more lines of the server were not passed on/);
  });

  it.each([
    ['get_twice', 'first'],
    ['get_wrong_id', undefined],
  ])('drops an answer to nothing that was asked (%s)', async (tool, text) => {
    const { wrapped } = start();
    wrapped.send({ id: 1, method: 'tools/call', params: { name: tool } });
    await wrapped.request('after', 'ping');
    const answers = wrapped.lines.slice(0, -1).map((line) => JSON.parse(line) as unknown);
    expect(answers).toEqual(text ? [expect.objectContaining({ id: 1 })] : []);
    await wrapped.told('the server answered a request that it was not sent');
  });

  it.each(['null', '{}', '[1]', 'true'])(
    'does not take the id %s of an answer for one of a request',
    async (id) => {
      const place = new Place();
      place.policy('version: 1\ndefault: allow\n');
      const wrapped = Wrapped.script(
        place,
        `process.stdin.once('data', () =>
        console.log(${JSON.stringify(`{"jsonrpc":"2.0","id":${id},"error":{"code":1,"message":"x"}}`)}));`,
      );
      wrapped.send({ id: 'none', method: 'ping' });
      await wrapped.told('the server answered a request that it was not sent');
      wrapped.process.stdin.end();
      expect(await wrapped.answer('none')).toMatchObject({ error: { code: -32603 } });
    },
  );

  it.each(['{"protocolVersion":broken}', 'null', '[]', '{"protocolVersion":7}'])(
    'survives an answer to initialize that cannot be read: %s',
    async (result) => {
      const place = new Place();
      place.policy('version: 1\ndefault: allow\n');
      const wrapped = Wrapped.script(
        place,
        `import { createInterface } from 'node:readline';
        createInterface({ input: process.stdin }).on('line', (line) => {
          const { id } = JSON.parse(line);
          console.log('{"jsonrpc":"2.0","id":' + id + ',"result":' + (id === 1 ? ${JSON.stringify(result)} : '{}') + '}');
        });`,
      );
      wrapped.send({ id: 1, method: 'initialize', params: { capabilities: null, clientInfo: [] } });
      wrapped.send({ id: 2, method: 'ping' });
      while (wrapped.lines.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
      expect(wrapped.lines[0]).toBe(`{"jsonrpc":"2.0","id":1,"result":${result}}`);
      expect(await wrapped.end()).toMatchObject({ exitCode: 0 });
    },
  );
});

describe('half a line', () => {
  it('of the server is shown to people', async () => {
    const wrapped = Wrapped.script(new Place(), `process.stdout.write('{"jsonrpc":"2.0","me')`);
    await wrapped.process;
    expect(wrapped.lines).toEqual([]);
    expect(wrapped.rest).toBe('');
    expect(wrapped.stderr).toContain('or cut off: {"jsonrpc":"2.0","me');
  });
});
