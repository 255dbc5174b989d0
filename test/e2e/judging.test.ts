import { describe, expect, it } from 'vitest';
import { Place, POLICY_PLACE } from './place.js';
import { Wrapped } from './program.js';

const POLICY = `version: 1
default: allow
tools:
  "delete_*": { action: deny, reason: Notes are deleted by hand. }
  drop_note: deny
  secret_tool: hide
  run_job: { action: require_approval, reason: Jobs cost money. }
  write_note: { rate_limit: { max: 1, window: 60 } }
resources: { "file:///etc/*": { action: deny, reason: Not yours. } }
prompts: { "secret_*": deny }
approvals: { via: [elicitation] }
`;

/** What marks a request as one of 2026-07-28 (`basic/index.mdx`, "_meta"). */
const MODERN = {
  _meta: {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientCapabilities': {},
  },
};
const TASK = { task: { ttl: 60_000 } };

const denied = [
  'Policy violation: delete_note is denied by policy-wrap.',
  'Reason: Notes are deleted by hand.',
  `Rule: /tools/delete_* (${POLICY_PLACE}:4)`,
  'Do not retry; ask the user if it is needed.',
].join('\n');
const deniedDecision = { action: 'deny', rule: '/tools/delete_*', reason: 'Notes are deleted by hand.' };
const unasked = [
  'Policy violation: run_job needs approval, and nobody could be asked.',
  'Reason: Jobs cost money. This client cannot ask its user.',
  `Rule: /tools/run_job (${POLICY_PLACE}:7)`,
  'Do not retry on your own; tell the user that this call needs approval.',
].join('\n');

function toolResult(text: string, decision: object, modern = false) {
  return {
    jsonrpc: '2.0',
    id: 7,
    result: {
      ...(modern ? { resultType: 'complete' } : {}),
      content: [{ type: 'text', text }],
      isError: true,
      _meta: { 'policy-wrap/decision': decision },
    },
  };
}

function error(code: number, message: string, decision?: object) {
  const data = decision && { data: { 'policy-wrap/decision': decision } };
  return { jsonrpc: '2.0', id: 7, error: { code, message, ...data } };
}

function start(policy = POLICY): { place: Place; wrapped: Wrapped } {
  const place = new Place();
  place.policy(policy);
  return { place, wrapped: Wrapped.recorder(place) };
}

describe('a refused request', () => {
  it.each<[string, string, object, object]>([
    ['a denied tool', 'tools/call', { name: 'delete_note' }, toolResult(denied, deniedDecision)],
    [
      'a denied tool of the modern era',
      'tools/call',
      { name: 'delete_note', ...MODERN },
      toolResult(denied, deniedDecision, true),
    ],
    ['a denied task', 'tools/call', { name: 'delete_note', ...TASK }, error(-31403, denied, deniedDecision)],
    [
      'a denied tool without a reason',
      'tools/call',
      { name: 'drop_note', arguments: {} },
      toolResult(
        `Policy violation: drop_note is denied by policy-wrap.\nRule: /tools/drop_note (${POLICY_PLACE}:5)\nDo not retry; ask the user if it is needed.`,
        { action: 'deny', rule: '/tools/drop_note' },
      ),
    ],
    ['a hidden tool', 'tools/call', { name: 'secret_tool' }, error(-32602, 'Unknown tool: secret_tool')],
    [
      'a hidden tool of the modern era',
      'tools/call',
      { name: 'secret_tool', ...MODERN },
      error(-32602, 'Unknown tool: secret_tool'),
    ],
    [
      'a hidden tool as a task',
      'tools/call',
      { name: 'secret_tool', ...TASK },
      error(-32602, 'Unknown tool: secret_tool'),
    ],
    [
      'a tool that needs a person when nobody can be asked',
      'tools/call',
      { name: 'run_job' },
      toolResult(unasked, {
        action: 'require_approval',
        rule: '/tools/run_job',
        reason: 'Jobs cost money. This client cannot ask its user.',
        approval: 'unavailable',
      }),
    ],
    [
      'a denied resource',
      'resources/read',
      { uri: 'file:///etc/passwd' },
      error(
        -31403,
        `Policy violation: file:///etc/passwd is denied by policy-wrap.\nReason: Not yours.\nRule: /resources/file:///etc/* (${POLICY_PLACE}:9)\nDo not retry; ask the user if it is needed.`,
        { action: 'deny', rule: '/resources/file:///etc/*', reason: 'Not yours.' },
      ),
    ],
    [
      'a subscription to a denied resource',
      'resources/subscribe',
      { uri: 'file:///etc/passwd' },
      expect.objectContaining({ error: expect.objectContaining({ code: -31403 }) }),
    ],
    [
      'a denied prompt',
      'prompts/get',
      { name: 'secret_plan' },
      expect.objectContaining({ error: expect.objectContaining({ code: -31403 }) }),
    ],
  ])('%s is answered by us, and the server never sees it', async (_case, method, params, reply) => {
    const { place, wrapped } = start();
    expect(await wrapped.request(7, method, params)).toEqual(reply);
    await wrapped.request('after', 'ping');
    expect(place.recorded()).toBe('{"jsonrpc":"2.0","id":"after","method":"ping"}\n');
  });

  it('keeps the id as it is, whatever it is', async () => {
    const { wrapped } = start();
    for (const id of [0, -1, 9007199254740991, '', '7', 'ü "quoted"']) {
      const reply = await wrapped.call(id, 'delete_note');
      expect(reply).toMatchObject({ id, result: { isError: true } });
    }
    wrapped.sendLine(
      String.raw`{"jsonrpc":"2.0","id":"\u0061b","method":"tools/call","params":{"name":"delete_note"}}`,
    );
    expect(await wrapped.answer('ab')).toMatchObject({ result: { isError: true } });
  });

  it('over a limit says which, and when to try again', async () => {
    const { wrapped } = start();
    expect(await wrapped.call(1, 'write_note')).toMatchObject({ result: { content: [{ text: '{}' }] } });
    const reply = await wrapped.request(7, 'tools/call', { name: 'write_note', ...MODERN });
    const text = expect.stringMatching(
      /^Policy violation: write_note is limited to 1 call per 60 s\. Try again in (60|59) s\.\nRule: \/tools\/write_note\/rate_limit \(~.work.policy-wrap\.yaml:8\)$/,
    );
    const decision = expect.objectContaining({
      action: 'limited',
      rule: '/tools/write_note/rate_limit',
      retryAfterMs: expect.closeTo(60_000, -4),
    });
    expect(reply).toEqual(toolResult(text, decision, true));
  });
});

describe('what is not refused', () => {
  it.each([
    ['tools/call', { name: 'read_note', arguments: { a: 1 } }],
    ['resources/read', { uri: 'file:///home' }],
    ['prompts/get', { name: 'plan' }],
    ['a/method/not/yet/invented', { name: 'delete_note' }],
    ['completion/complete', { ref: { type: 'ref/prompt', name: 'secret_plan' } }],
  ])('%s reaches the server as it is', async (method, params) => {
    const { place, wrapped } = start();
    expect(await wrapped.request(1, method, params)).toHaveProperty('result');
    expect(place.recorded()).toBe(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })}\n`);
  });

  it('needs no handshake, and nothing is written to the server before the client writes', async () => {
    const { place, wrapped } = start();
    await wrapped.told('policy for ');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(place.recorded()).toBeUndefined();
    expect(await wrapped.call(0, 'read_note')).toHaveProperty('result');
  });
});
