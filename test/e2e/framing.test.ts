import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { Place, PROGRAM } from './place.js';
import { Wrapped } from './program.js';

/** A server whose answers are written as `write` says: the body of a function of the message and its JSON. */
const server = (write: string, before = '') => `import { createInterface } from 'node:readline';
const out = (text) => process.stdout.write(text);
${before}
createInterface({ input: process.stdin }).on('line', (line) => {
  let request;
  try { request = JSON.parse(line); } catch { return; }
  const { id, method } = request;
  if (id === undefined) return;
  const hello = { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: { name: 's', version: '1' } };
  const result = method === 'initialize' ? hello : { tools: [] };
  const message = { jsonrpc: '2.0', id, result };
  const json = JSON.stringify(message);
  ${write}
});`;

const FRAMES: readonly (readonly [name: string, write: string, said: string])[] = [
  [
    'events',
    'out("event: message\\ndata: " + json + "\\n\\n")',
    'server-sent events (`data: …`): event: message',
  ],
  [
    'a logger',
    'out("INFO:root:" + json + "\\n")',
    'a message with other text before it on its line: INFO:root:{"jsonrpc"',
  ],
  [
    'colours',
    'out("\\x1b[32m" + json + "\\x1b[0m\\n")',
    'a message with colour codes around it: \\u{1b}[32m{"jsonrpc"',
  ],
  ['a comma', 'out(json + ",\\n")', 'a message with a comma after it: {"jsonrpc"'],
  ['two on a line', 'out(json + json + "\\n")', 'several messages on one line: {"jsonrpc"'],
  [
    'Content-Length',
    'out("Content-Length: " + json.length + "\\r\\n\\r\\n" + json)',
    'Content-Length headers, with which language servers frame messages: Content-Length: ',
  ],
  [
    'a carriage return',
    'out(json + "\\r")',
    'a message that ends with a carriage return and no line feed: {"jsonrpc"',
  ],
  ['no line end', 'out(json)', 'a message without a line feed after it: {"jsonrpc"'],
  [
    'several lines',
    'out(JSON.stringify(message, undefined, 2) + "\\n")',
    'a part of a message, which is spread over several lines or cut off: {',
  ],
  ['UTF-16', 'out(Buffer.from(json + "\\n", "utf16le"))', 'text in UTF-16 or UTF-32: {"jsonrpc"'],
  [
    'an object of Node',
    'console.log(message)',
    'an object as a programming language prints it, which is not JSON: ',
  ],
];

function command(place: Place, name: string, ...words: string[]) {
  return execa(process.execPath, [PROGRAM, name, '--timeout', '4', ...words], {
    cwd: place.work,
    env: place.env,
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
  });
}

describe('a server that answers in another way than with a message on a line', () => {
  it.concurrent.each(FRAMES)('%s: inspect and doctor say which', async (_name, write, said) => {
    const place = new Place();
    const file = place.write('server.mjs', server(write));
    const inspected = await command(place, 'inspect', '--', process.execPath, file);
    expect(inspected.exitCode).toBe(1);
    expect(inspected.stderr).toContain(`did not answer initialize within 4 s; on stdout it wrote ${said}`);
    expect(inspected.stderr).toMatch(/\n {2}help: (?!is it an MCP server)/);
    const doctor = await command(place, 'doctor', '--', process.execPath, file);
    expect(doctor.exitCode).toBe(1);
    expect(doctor.stdout).toContain(`did not answer initialize within 4 s; on stdout it wrote ${said}`);
    expect(doctor.stdout.match(/on stdout it wrote/g)).toHaveLength(1);
    expect(doctor.stdout).not.toContain('the server wrote');
  });

  it('is told of with what it wrote before it ended', async () => {
    const place = new Place();
    const file = place.write(
      'server.mjs',
      `process.stdout.write('usage: server --stdio\\n'); process.exit(3);`,
    );
    const { stderr } = await command(place, 'inspect', '--', process.execPath, file);
    expect(stderr).toContain(
      'ended with code 3 before it had answered; on stdout it wrote a line that is not a JSON-RPC message: usage: server --stdio',
    );
  });

  it('shows no secret of it, and nothing that a terminal obeys', async () => {
    const place = new Place();
    const file = place.write(
      'server.mjs',
      server('out("\\x1b[2Jtoken=ghp_abcdefghijklmnopqrstuvwxyz0123456789 " + json + "\\n")'),
    );
    for (const name of ['inspect', 'doctor']) {
      const { stderr, stdout } = await command(place, name, '--', process.execPath, file);
      expect(stderr + stdout).toContain('a message with other text before it');
      expect(stderr + stdout).not.toMatch(/ghp_|(?!\n)\p{C}/u);
    }
  });
});

describe('a server that works, and writes other things than messages on stdout', () => {
  it('is noted by doctor, with the first line', async () => {
    const place = new Place();
    const file = place.write(
      'server.mjs',
      server('out(json + "\\n")', 'console.log("Server 1.0 is ready");'),
    );
    const { stdout, exitCode } = await command(place, 'doctor', '--', process.execPath, file);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`! stdout: the server also writes what is not messages on stdout
    a line that is not a JSON-RPC message: Server 1.0 is ready
    help: stdin and stdout are for messages only; what is meant for people belongs on stderr
`);
    expect(stdout).toContain('It works.');
  });

  it('is told of once for each way, with how many more there were', async () => {
    const place = new Place();
    place.policy('version: 1\ndefault: allow\n');
    const wrapped = Wrapped.script(
      place,
      server(
        'out(json + "\\n")',
        'for (let n = 0; n < 2_000; n++) out("line " + n + "\\n{\\"n\\":" + n + "}\\n");',
      ),
    );
    expect(await wrapped.request(1, 'tools/list')).toHaveProperty('result');
    const { stderr } = await wrapped.end();
    expect(stderr.match(/is not a JSON-RPC message: /g)).toHaveLength(2);
    expect(stderr).toContain(
      'is not a JSON-RPC message: line 0\n  help: stdin and stdout are for messages only',
    );
    expect(stderr).toContain('is not a JSON-RPC message: {"n":0}\n');
    expect(stderr).toContain('3998 more lines of the server were not passed on');
  });
});

describe('a client that writes in another way than a message on a line', () => {
  const CALL = '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"x"}}';

  it.each([
    ['Content-Length', `Content-Length: 4\r\n\r\n${CALL}`, 'Content-Length headers'],
    ['several lines', `${JSON.stringify(JSON.parse(CALL), undefined, 2)}\n`, 'a part of a message'],
    ['two on a line', `${CALL}${CALL}\n`, 'several messages on one line'],
    ['a comma', `${CALL},\n`, 'a message with a comma after it'],
    ['UTF-16', Buffer.from(`${CALL}\n`, 'utf16le'), 'text in UTF-16'],
    ['a carriage return', `${CALL}\r`, 'a message that ends with a carriage return'],
    ['no line end', CALL, 'a message without a line feed after it'],
  ])('is told of: %s', async (_name, written, said) => {
    const place = new Place();
    place.policy('version: 1\ndefault: deny\n');
    const wrapped = Wrapped.recorder(place);
    wrapped.process.stdin.write(written);
    await wrapped.told(`the client wrote ${said}`);
    // What is not judged as a message reaches nobody.
    expect(place.recorded() ?? '').toBe('');
    const { stderr } = await wrapped.end();
    expect(stderr.match(/the client wrote/g)?.length).toBeLessThan(3);
  });
});
