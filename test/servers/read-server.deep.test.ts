import { describe, expect, it } from 'vitest';
import { readServer } from '../../src/servers/read-server.js';
import type { ServerToolsError } from '../../src/servers/server-tools.js';
import { npmServer, Place } from '../e2e/place.js';
import { Family } from '../platform/processes/family.js';
import { onWindows } from '../skip.js';

/** A server in a few lines: `answer` is the body of a function of the request, which returns a result, an error or nothing. */
function server(place: Place, answer: string, before = ''): string {
  return place.write(
    'server.mjs',
    `import { createInterface } from 'node:readline';
     ${before}
     const hello = { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: { name: 'small', version: '1.2.3' } };
     const tool = (name) => ({ name, inputSchema: { type: 'object' } });
     const answer = (message) => { const { method, params } = message; ${answer} };
     createInterface({ input: process.stdin }).on('line', (line) => {
       const message = JSON.parse(line);
       if (message.id === undefined || message.method === undefined) return;
       const given = answer(message);
       if (given !== undefined) console.log(JSON.stringify({ jsonrpc: '2.0', id: message.id, ...given }));
     });`,
  );
}

function read(file: string, { timeout = 20_000 } = {}) {
  return readServer({ command: process.execPath, args: [file], timeout }, 'the-id');
}

const failure = (reading: Promise<unknown>): Promise<ServerToolsError> =>
  reading.then(
    () => expect.unreachable('the server was read'),
    (error: ServerToolsError) => error,
  );

const names = ({ tools }: Awaited<ReturnType<typeof read>>) => tools.map(({ name }) => name);

describe('real servers', () => {
  it.each([
    ['everything', 'mcp-servers/everything', 'echo'],
    ['everything', 'mcp-servers/everything', 'trigger-sampling-request'],
    ['everything', 'mcp-servers/everything', 'trigger-elicitation-request'],
    ['memory', 'memory-server', 'read_graph'],
  ] as const)('reads %s', async (name, calls, tool) => {
    const catalogue = await read(npmServer(name));
    expect(catalogue).toMatchObject({
      id: 'the-id',
      name: calls,
      protocolVersion: '2025-11-25',
      warnings: [],
    });
    expect(names(catalogue)).toContain(tool);
    const found = catalogue.tools.find((each) => each.name === tool);
    expect(found?.raw).toMatchObject({ name: tool, inputSchema: { type: 'object' } });
  });
});

describe('answers of other types than they should have', () => {
  const ODD = '{ toString: 0, valueOf: 0 }';

  it.each([
    ['its name', `{ ...hello, serverInfo: { name: ${ODD}, version: ${ODD} } }`],
    ['the version of the protocol', `{ ...hello, protocolVersion: ${ODD} }`],
  ])('reads the tools all the same: %s', async (_what, greeting) => {
    const file = server(
      new Place(),
      `return { result: method === 'initialize' ? ${greeting} : { tools: [tool('a')] } };`,
    );
    expect(names(await read(file))).toEqual(['a']);
  });

  it('tells an error that is none', async () => {
    const file = server(new Place(), `return { error: { code: ${ODD}, message: ${ODD} } };`);
    expect((await failure(read(file))).message).toContain('answered initialize with an error');
  });

  it('passes over a method that is none', async () => {
    const file = server(
      new Place(),
      `return { result: method === 'initialize' ? hello : { tools: [tool('a')] } };`,
      `console.log(JSON.stringify({ jsonrpc: '2.0', id: 1, method: ${ODD} }));`,
    );
    expect(names(await read(file))).toEqual(['a']);
  });
});

describe('lists', () => {
  it('reads all pages, in order', async () => {
    const file = server(
      new Place(),
      `if (method === 'initialize') return { result: hello };
       const page = Number(params.cursor ?? 0);
       return { result: { tools: [tool('t' + page)], ...(page < 3 ? { nextCursor: String(page + 1) } : {}) } };`,
    );
    expect(names(await read(file))).toEqual(['t0', 't1', 't2', 't3']);
  });

  it('ends where the pages go round in a circle', async () => {
    const file = server(
      new Place(),
      `if (method === 'initialize') return { result: hello };
       return { result: { tools: [tool('a'), tool('a'), { title: 'x' }], nextCursor: 'again' } };`,
    );
    const { tools, warnings } = await read(file);
    expect(tools).toHaveLength(1);
    expect(warnings).toContain('The pages of tools/list go round in a circle.');
    expect(warnings).toContain("The tool 'a' is listed twice.");
    expect(warnings).toContain('Element 3 of the list is not a tool with a name.');
  });

  it('asks with an empty cursor since 2026-07-28, once', async () => {
    const file = server(
      new Place(),
      `if (method === 'server/discover') return { result: { capabilities: { tools: {} }, serverInfo: { name: 'new', version: '9' } } };
       if (method !== 'tools/list') return { error: { code: -32601, message: 'no' } };
       return { result: { tools: [tool(params.cursor === undefined ? 'a' : 'delete_b')], nextCursor: '' } };`,
    );
    expect(names(await read(file))).toEqual(['a', 'delete_b']);
  });

  it('ends with an empty cursor before', async () => {
    const file = server(
      new Place(),
      `if (method === 'initialize') return { result: hello };
       return { result: { tools: [tool(params.cursor === undefined ? 'a' : 'b')], nextCursor: '' } };`,
    );
    expect(names(await read(file))).toEqual(['a']);
  });

  it.each([
    ['as before', `[tool('a'), tool('b')]`],
    ['empty', `n === 0 ? [tool('a'), tool('b')] : []`],
  ])('ends where pages bring nothing new, with one warning: %s', async (_, tools) => {
    const file = server(
      new Place(),
      `if (method === 'initialize') return { result: hello };
       const n = Number(params.cursor ?? 0);
       return { result: { tools: ${tools}, nextCursor: String(n + 1) } };`,
    );
    const catalogue = await read(file);
    expect(names(catalogue)).toEqual(['a', 'b']);
    expect(catalogue.warnings).toEqual([
      'The pages of tools/list bring nothing new after page 1, so no more were read.',
    ]);
  });

  it('goes on after an empty page', async () => {
    const file = server(
      new Place(),
      `if (method === 'initialize') return { result: hello };
       const n = Number(params.cursor ?? 0);
       return { result: { tools: n === 1 ? [] : [tool('t' + n)], ...(n < 2 ? { nextCursor: String(n + 1) } : {}) } };`,
    );
    expect(await read(file)).toMatchObject({ tools: [{ name: 't0' }, { name: 't2' }], warnings: [] });
  });

  it('says that an answer is not JSON, and where', async () => {
    const file = server(
      new Place(),
      `if (method === 'initialize') return { result: hello };
       console.log('{"jsonrpc":"2.0","id":' + message.id + ',"result":{"tools":[{"name":"a","inputSchema":{"default":NaN}}]}}');`,
    );
    const error = await failure(read(file));
    expect(error.message).toMatch(
      /answered tools\/list with something that is not JSON: unexpected character "N" at character \d+$/,
    );
  });

  it('sees tools that are only for clients which can ask their users, and declines whatever it is asked', async () => {
    const file = server(
      new Place(),
      `if (method === 'initialize') {
         const { elicitation, sampling, roots } = params.capabilities;
         for (const [id, method] of ['elicitation/create', 'sampling/createMessage', 'roots/list'].entries())
           console.log(JSON.stringify({ jsonrpc: '2.0', id: 'q' + id, method, params: {} }));
         can = [elicitation && 'elicit', sampling && 'sample', roots && 'roots'].filter(Boolean);
         return { result: hello };
       }
       if (method === 'tools/list') { waiting = message.id; return list(); }`,
      `let waiting; let can; const said = [];
       const list = () => waiting === undefined || said.length < 3 ? undefined : { result: { tools: [...can, ...said].map(tool) } };
       createInterface({ input: process.stdin }).on('line', (line) => {
         const { id, method, result, error } = JSON.parse(line);
         if (method !== undefined) return;
         said.push(id + ':' + (error ? 'error' : JSON.stringify(result)));
         const given = list();
         if (given) console.log(JSON.stringify({ jsonrpc: '2.0', id: waiting, ...given }));
       });`,
    );
    expect(names(await read(file))).toEqual([
      'elicit',
      'sample',
      'roots',
      'q0:{"action":"decline"}',
      'q1:error',
      'q2:{"roots":[]}',
    ]);
  });

  it('ends where the pages are larger than memory', async () => {
    const file = server(
      new Place(),
      `if (method === 'initialize') return { result: hello };
       const page = Number(params.cursor ?? 0) + 1;
       return { result: { tools: [{ ...tool('t' + page), description: 'x'.repeat(30_000_000) }], nextCursor: String(page) } };`,
    );
    const { tools, warnings } = await read(file);
    expect(tools.length).toBeLessThan(10);
    expect(warnings.join()).toContain('The list was cut after');
  });

  it('takes a server without tools for one without tools', async () => {
    const file = server(
      new Place(),
      `return method === 'initialize' ? { result: { ...hello, capabilities: {} } } : { error: { code: -32601, message: 'no' } };`,
    );
    expect(await read(file)).toMatchObject({ tools: [], warnings: ['The server has no tools.'] });
  });

  it('passes over what is no message, and says no to what the server asks', async () => {
    const file = server(
      new Place(),
      `if (method === 'initialize') {
         console.log('Starting…'); console.log(JSON.stringify({ jsonrpc: '2.0', id: 0, method: 'roots/list' }));
         return { result: hello };
       }
       return { result: { tools: [tool('ok')] } };`,
    );
    expect(names(await read(file))).toEqual(['ok']);
  });
});

describe('the two eras', () => {
  it('starts a server that knows no handshake anew, and speaks as it does', async () => {
    const file = server(
      new Place(),
      `if (first === undefined) first = method;
       if (first !== 'server/discover') return { error: { code: -32022, message: 'Unsupported protocol version', data: { supported: ['2026-07-28'] } } };
       const version = params._meta?.['io.modelcontextprotocol/protocolVersion'];
       if (version !== '2026-07-28' || !params._meta['io.modelcontextprotocol/clientCapabilities']) return { error: { code: -32602, message: 'no meta' } };
       if (method === 'server/discover') return { result: { resultType: 'complete', supportedVersions: ['2026-07-28'], capabilities: { tools: {} }, serverInfo: { name: 'new', version: '9' } } };
       return { result: { resultType: 'complete', tools: [tool('modern')], ttlMs: 0, cacheScope: 'public' } };`,
      'let first;',
    );
    const catalogue = await read(file);
    expect(catalogue).toMatchObject({ name: 'new', version: '9', protocolVersion: '2026-07-28' });
    expect(names(catalogue)).toEqual(['modern']);
  });
});

describe('what cannot be read', () => {
  it('says that the command is not there', async () => {
    const error = await failure(readServer({ command: 'no-such-command', args: [], timeout: 5_000 }, 'x'));
    expect(error.message).toBe("the command 'no-such-command' was not found");
  });

  it('says how the server ended, with what it wrote', async () => {
    const file = new Place().write('server.mjs', `console.error('FOO_API_KEY is required'); process.exit(3)`);
    const error = await failure(read(file));
    expect(error.message).toContain('ended with code 3 before it had answered');
    expect(error.stderr).toContain('FOO_API_KEY is required');
  });

  it('does not wait for ever', async () => {
    const file = new Place().write('server.mjs', `process.stdin.resume()`);
    const error = await failure(read(file, { timeout: 300 }));
    expect(error.message).toContain('did not answer initialize within 0.3 s');
  });

  it('says what the server answered to both greetings', async () => {
    const file = server(new Place(), `return { error: { code: -32000, message: 'no token' } };`);
    const error = await failure(read(file));
    expect(error.message).toContain('answered initialize with an error: no token (-32000)');
  });

  it('is an end for a server that writes without end', async () => {
    const file = new Place().write(
      'server.mjs',
      `const more = () => { while (process.stdout.write('x'.repeat(1 << 20))); process.stdout.once('drain', more) }; more()`,
    );
    const error = await failure(read(file));
    expect(error.message).toContain('answers more than can be read');
  });
});

describe.skipIf(onWindows('nothing finds there what a server has left'))(
  'the end of the server takes with it a child that has started a child',
  () => {
    it.each([
      ['when the server ends by itself', ''],
      ['when the server has to be ended', "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);"],
    ])('%s', async (_, stays) => {
      const family = new Family(2, true);
      const ready = `const ready = ${JSON.stringify(family.file)};`;
      // It answers when all of it run.
      const file = server(
        new Place(),
        `if (method === 'initialize') return { result: hello };
       while (!existsSync(ready) || readFileSync(ready, 'utf8').split('\\n').length <= 2);
       return { result: { tools: [] } };`,
        `import { existsSync, readFileSync } from 'node:fs'; ${ready} ${family.start} ${stays}`,
      );
      await read(file);
      expect(family.pids).toHaveLength(2);
      await expect.poll(() => family.alive).toBe(0);
    });
  },
);
