import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { onWindows } from '../skip.js';
import { jsonLines, Place } from './place.js';
import { Wrapped } from './program.js';

const POLICY = `version: 1
default: allow
tools:
  delete_note: { action: deny, reason: Gone is gone. }
  secret_tool: hide
  run_job: require_approval
  write_note: { rate_limit: { max: 1, window: 60 } }
  never_answers: { timeout: 0.1 }
resources: { "file:///etc/*": deny }
approvals: { via: [elicitation] }
`;

const CALLS: [tool: string, expected: object][] = [
  ['read_note', { action: 'allow', outcome: 'completed', rule: { pointer: '/default', line: 2 } }],
  [
    'delete_note',
    {
      action: 'deny',
      outcome: 'refused',
      rule: { pointer: '/tools/delete_note', line: 4 },
      reason: 'Gone is gone.',
    },
  ],
  ['secret_tool', { action: 'hide', outcome: 'refused' }],
  ['run_job', { action: 'require_approval', outcome: 'refused', approval: { how: 'unavailable' } }],
  [
    'write_note',
    {
      action: 'allow',
      outcome: 'completed',
      limits: [{ limit: 'write_note is limited to 1 call per 60 s', over: false }],
    },
  ],
  ['write_note', { action: 'limited', outcome: 'refused', retryAfterMs: expect.any(Number) }],
  ['get_failure', { action: 'allow', outcome: 'tool_error' }],
  ['get_error', { action: 'allow', outcome: 'protocol_error' }],
  ['never_answers', { action: 'allow', outcome: 'timed_out' }],
];

function start(settings = '', options: string[] = []): { place: Place; wrapped: Wrapped } {
  const place = new Place();
  place.policy(`${POLICY}${settings}`);
  return { place, wrapped: Wrapped.recorder(place, options) };
}

/** The arguments as they were written down. */
async function written(settings: string, line: string): Promise<unknown> {
  const { place, wrapped } = start(settings);
  wrapped.sendLine(
    `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_note","arguments":${line}}}`,
  );
  await wrapped.answer(1);
  await wrapped.end();
  return place.audit()[0]?.['arguments'];
}

describe('the audit log', () => {
  it('has a line for each decision, with what was asked, what the policy said and what became of it', async () => {
    const { place, wrapped } = start();
    const clientInfo = { name: 'agent', version: '9' };
    await wrapped.request('start', 'initialize', {
      protocolVersion: '2025-11-25',
      capabilities: {},
      clientInfo,
    });
    for (const [index, [tool]] of CALLS.entries()) await wrapped.call(index, tool, { index });
    await wrapped.request('read', 'resources/read', { uri: 'file:///etc/passwd' });
    await wrapped.request('prompt', 'prompts/get', { name: 'plan' });
    wrapped.sendLine('[]');
    wrapped.send({ id: 'last', method: 'tools/call', params: { name: 'get_exit' } });
    await wrapped.answer('last');
    await wrapped.process;

    const lines = place.audit();
    expect(new Set(lines.map(({ session }) => session)).size).toBe(1);
    for (const line of lines) {
      expect(line).toMatchObject({ server: 'recorder', client: clientInfo });
      expect(line['time']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    }
    const common = { kind: 'tool', durationMs: expect.any(Number) };
    expect(lines).toMatchObject([
      ...CALLS.map(([tool, expected], index) => ({ ...common, tool, arguments: { index }, ...expected })),
      { kind: 'resource', tool: 'file:///etc/passwd', action: 'deny', outcome: 'refused' },
      { kind: 'prompt', tool: 'plan', action: 'allow', outcome: 'completed' },
      {
        kind: 'message',
        tool: null,
        action: 'deny',
        outcome: 'refused',
        reason: expect.stringContaining('batch'),
      },
      { kind: 'tool', tool: 'get_exit', outcome: 'unanswered' },
    ]);
    expect(lines.find(({ tool }) => tool === 'delete_note')).toMatchObject({
      category: 'destructive',
      risk: 'critical',
    });
  });

  it('names the client of each modern request', async () => {
    const { place, wrapped } = start();
    const _meta = {
      'io.modelcontextprotocol/protocolVersion': '2026-07-28',
      'io.modelcontextprotocol/clientInfo': { name: 'modern', version: '2' },
    };
    await wrapped.request(1, 'tools/call', { name: 'read_note', _meta });
    await wrapped.end();
    expect(place.audit()).toMatchObject([{ client: { name: 'modern', version: '2' } }]);
  });

  it.skipIf(onWindows('files have no mode'))('is for the user’s eyes only', async () => {
    const { place, wrapped } = start();
    await wrapped.call(1, 'read_note');
    await wrapped.request('list', 'tools/list');
    await wrapped.end();
    expect(place.audit(), 'only what is judged').toHaveLength(1);
    const [file = ''] = place.auditFiles();
    expect(path.basename(file)).toMatch(/^recorder-\d{4}-\d\d-\d\d\.jsonl$/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(path.dirname(file)).mode & 0o777).toBe(0o700);
  });
});

describe('arguments', () => {
  const secret =
    '{"password":"hunter2","big":12345678901234567890,"text":"token ghp_abcdefghijklmnopqrstuvwxyz012345","b":{"n":1.50}}';

  it('are redacted', async () => {
    const text = JSON.stringify(await written('', secret));
    expect(text).toContain('"password":"[redacted]"');
    expect(text).not.toMatch(/hunter2|ghp_/);
  });

  it.each([
    ['behind padding', { command: `# ${'x'.repeat(1_100)}\nrm -rf /home/victim` }],
    ['beside padding', { command: 'rm -rf /home/victim', pad: 'x'.repeat(66_000) }],
    ['after a megabyte of it', { pad: 'x'.repeat(1_000_000), command: 'rm -rf /home/victim' }],
    ['after a long list', { list: Array(40_000).fill(1), command: 'rm -rf /home/victim' }],
  ])('are not hidden %s', async (_case, args) => {
    const text = JSON.stringify(await written('', JSON.stringify(args)));
    expect(text).toContain('rm -rf /home/victim');
    expect(text).toMatch(/sha256 [0-9a-f]{64}/);
    expect(text.length).toBeLessThan(65_537);
  });

  it('can be left out but for their digest', async () => {
    expect(await written('audit: { arguments: hash }\n', secret)).toEqual({
      sha256: createHash('sha256').update(secret).digest('hex'),
      characters: secret.length,
    });
  });

  it.each<[string, object]>([
    ['', { _meta: { tenant: 'mine', 'claudecode/toolUseId': 'toolu_01' }, apiKey: '[redacted]' }],
    ['audit: { arguments: full }\n', { apiKey: 'hunter2' }],
    ['audit: { arguments: hash }\n', { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
  ])('have beside them what else is sent, as detailed (%s)', async (settings, expected) => {
    const { place, wrapped } = start(settings);
    const _meta = { tenant: 'mine', progressToken: 3, 'claudecode/toolUseId': 'toolu_01' };
    await wrapped.request(1, 'tools/call', { name: 'read_note', arguments: {}, apiKey: 'hunter2', _meta });
    await wrapped.request(2, 'tools/call', { name: 'read_note', arguments: {}, _meta: { progressToken: 4 } });
    await wrapped.end();
    expect(place.audit()[0]?.['params']).toMatchObject(expected);
    expect(place.audit()[1]).not.toHaveProperty('params');
  });

  it('can be written in full, digit for digit', async () => {
    const { place, wrapped } = start('audit: { arguments: full, file: ./log.jsonl }\n');
    wrapped.sendLine(
      `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_note","arguments":${secret}}}`,
    );
    await wrapped.answer(1);
    await wrapped.end();
    const file = path.join(place.work, 'log.jsonl');
    expect(readFileSync(file, 'utf8')).toContain('"big":12345678901234567890,');
    expect(jsonLines(file)[0]?.['arguments']).toMatchObject({ password: 'hunter2' });
    expect(place.auditFiles()).toEqual([]);
  });
});

describe('a log', () => {
  it('that is switched off is not written', async () => {
    const { place, wrapped } = start('audit: { file: false }\n');
    expect(await wrapped.call(1, 'read_note')).toHaveProperty('result');
    await wrapped.end();
    expect(place.auditFiles()).toEqual([]);
  });

  it('that cannot be written holds no call up, unless it is required', async () => {
    const { place, wrapped } = start('audit: { file: ./folder.jsonl }\n');
    mkdirSync(path.join(place.work, 'folder.jsonl'));
    for (const id of [1, 2]) expect(await wrapped.call(id, 'read_note')).not.toHaveProperty('result.isError');
    await wrapped.told('the audit log cannot be written');
    expect(wrapped.stderr.match(/cannot be written/g)).toHaveLength(1);
  });

  it('that is required and cannot be written refuses every call, until it can', async () => {
    const { place, wrapped } = start('audit: { file: ./log.jsonl, required: true }\n');
    mkdirSync(path.join(place.work, 'log.jsonl'));
    const refused = await wrapped.call(1, 'read_note');
    expect(refused).toMatchObject({ result: { isError: true } });
    expect(JSON.stringify(refused)).toContain('The audit log cannot be written, and the policy requires it.');
    expect(place.recorded()).toBeUndefined();
    rmSync(path.join(place.work, 'log.jsonl'), { recursive: true });
    expect(await wrapped.call(2, 'read_note')).not.toHaveProperty('result.isError');
    await wrapped.end();
    const lines = jsonLines(path.join(place.work, 'log.jsonl'));
    expect(lines.map(({ outcome }) => outcome)).toEqual(expect.arrayContaining(['forwarded', 'completed']));
  });

  it('that is required has each call before the server has it', async () => {
    const { place, wrapped } = start('audit: { file: ./log.jsonl, required: true }\n');
    wrapped.send({ id: 1, method: 'tools/call', params: { name: 'get_slow' } });
    await wrapped.request(2, 'ping');
    expect(jsonLines(path.join(place.work, 'log.jsonl'))).toMatchObject([
      { tool: 'get_slow', outcome: 'forwarded' },
    ]);
  });
});
