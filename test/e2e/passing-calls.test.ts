import { expect, it } from 'vitest';
import { Place } from './place.js';
import { Wrapped } from './program.js';

/** Answers each call as its argument `say` wants; `heard` tells what came. */
const SERVER = `import { createInterface } from 'node:readline';
  const say = (message) => console.log(typeof message === 'string' ? message : JSON.stringify({ jsonrpc: '2.0', ...message }));
  createInterface({ input: process.stdin }).on('line', (line) => {
    const { id, method, params } = JSON.parse(line);
    say({ method: 'heard', params: { line } });
    if (method !== 'tools/call') return id === undefined ? undefined : say({ id, result: { tools: [] } });
    const result = { content: [{ type: 'text', text: 'a "b" \\u00e9' }] };
    const answers = {
      error: () => say({ id, error: { code: -32000, message: 'no' } }),
      tool: () => say({ id, result: { ...result, isError: true } }),
      task: () => say({ id, result: { task: { taskId: 't1', status: 'working', createdAt: '2026-01-01T00:00:00Z', ttl: 1000 } } }),
      other: () => say({ id: typeof id === 'number' ? String(id) : id, result }),
      last: () => say('{"result":' + JSON.stringify(result) + ',"jsonrpc":"2.0","id":' + JSON.stringify(id) + '}'),
      twice: () => { say({ id, result }); say({ id, result }); },
      odd: () => say('{"jsonrpc":"2.0","id":' + JSON.stringify(id) + ',"result":{},"id":' + JSON.stringify(id) + '}'),
      input: () => say({ id, result: { resultType: 'input_required', inputRequests: {}, requestState: 's' } }),
      nothing: () => undefined,
    };
    (answers[params?.arguments?.say] ?? (() => say({ id, result })))();
  });`;

const call = (id: unknown, more: string) =>
  `{"jsonrpc":"2.0","id":${JSON.stringify(id)},"method":"tools/call","params":{"name":"read_note",${more}}}`;
const says = (id: unknown, what: string) => call(id, `"arguments":{"say":"${what}"}`);

/** Each tool is called once before: the first call is always judged. */
const LINES = [
  call('first', '"arguments":{}'),
  call(1, '"arguments":{"text":"caf\u00e9 \\u00e9","n":12345678901234567890,"e":1.0e2}'),
  call('s-1', '"arguments": { "spaced" : [ ] }'),
  `${call(2, '"arguments":{"key":"value"}')}\r`,
  call(3, '"arguments":{"password":"hunter2","path":"/srv/x"}'),
  call(4, '"arguments":{"text":"token=ghp_0123456789abcdefghij0123456789abcdef"}'),
  call(5, '"_meta":{"progressToken":7},"arguments":{}'),
  `{"jsonrpc":"2.0","id":6,"method":"tools/call","params":{"name":"read_note"}}`,
  `{"params":{"arguments":{},"name":"read_note"},"method":"tools/call","id":7,"jsonrpc":"2.0"}`,
  ...['error', 'tool', 'task', 'other', 'last', 'twice', 'odd', 'input'].map((what, index) =>
    says(20 + index, what),
  ),
  ...['error', 'tool', 'other', 'last'].map((what) => says(`id ${what}`, what)),
  says(40, 'nothing'),
  // Under an id that is still open, and under one that is free again.
  call(40, '"arguments":{}'),
  call(1, '"arguments":{"again":true}'),
  '{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":40}}',
  says(41, 'nothing'),
  call(42, `"arguments":{"text":"${'long '.repeat(4_000)}"}`),
  call(43, `"arguments":{"text":"${'x'.repeat(1_500)}"}`),
];

/** What the client hears, and what is written down, under a policy. */
async function under(policy: string) {
  const place = new Place();
  place.policy(policy);
  const wrapped = Wrapped.script(place, SERVER);
  wrapped.send({
    id: 0,
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'c', version: '1' } },
  });
  await wrapped.answer(0);
  for (const [index, line] of LINES.entries()) {
    wrapped.sendLine(line);
    wrapped.send({ method: 'notifications/turn', params: { index } });
    await wrapped.until(({ params }) => JSON.stringify(params ?? '').includes(`{\\"index\\":${index}}`));
  }
  await wrapped.end();
  const records = place.audit().map(({ time: _, durationMs: __, session: ___, rule: ____, ...rest }) => rest);
  return { lines: wrapped.lines, records };
}

it('is what any other call is: to the server, to the client and in the log', async () => {
  const passed = await under('version: 1\ndefault: allow\n');
  const judged = await under('version: 1\ndefault: deny\ntools: { "*": { action: allow, timeout: 3600 } }\n');
  expect(passed.lines).toEqual(judged.lines);
  expect(passed.records).toEqual(judged.records);
  expect(passed.records.map(({ outcome }) => outcome)).toEqual(
    expect.arrayContaining(['completed', 'tool_error', 'protocol_error', 'task', 'cancelled', 'unanswered']),
  );
});

it.each([
  'version: 1\ndefault: deny\n',
  'version: 1\ndefault: deny\ntools: { read_note: { action: allow, rate_limit: { max: 1, window: 60 } } }\n',
])('no longer passes when the policy changes: %s', async (changed) => {
  const place = new Place();
  place.policy('version: 1\ndefault: allow\n');
  const wrapped = Wrapped.recorder(place);
  for (const id of [1, 2, 3]) await wrapped.call(id, 'read_note');
  place.policy(changed);
  await wrapped.told('in force');
  await wrapped.call(4, 'read_note');
  expect(JSON.stringify(await wrapped.call(5, 'read_note'))).toContain('Policy violation');
});
