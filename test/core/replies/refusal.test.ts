import { describe, expect, it } from 'vitest';
import type { Approval } from '../../../src/core/policy/decide/approval.js';
import type { Refusal } from '../../../src/core/policy/decide/settle.js';
import {
  type Asked,
  errorReply,
  placeOf,
  REFUSED,
  refusalReply,
  serverRefusalReply,
  timeoutReply,
} from '../../../src/core/replies/refusal.js';

const ASKED: Asked = { idText: '7', kind: 'tool', name: 'delete_broker', modern: false, task: false };
const RULE = { pointer: '/tools/delete_*', source: 'policy-wrap.yaml', line: 21 };
const DENIED: Refusal = { action: 'deny', rule: RULE, reason: 'Brokers are deleted through Terraform only.' };

const limited = (retryAfterMs: number | undefined, full = false): Refusal => ({
  action: 'limited',
  rule: RULE,
  reason: 'delete_broker is limited to 10 calls per 60 s',
  limit: { describe: 'delete_broker is limited to 10 calls per 60 s', kind: 'rate', retryAfterMs, full },
});

const unapproved = (how: Approval['how'], reason?: string): Refusal => ({
  action: 'require_approval',
  rule: RULE,
  reason,
  approval: { approved: false, via: 'elicitation', how },
});

function textOf(line: string): string {
  return JSON.parse(line).result.content[0].text;
}

describe('refusalReply', () => {
  it('is the tool result of the design, byte for byte', () => {
    expect(refusalReply(ASKED, DENIED)).toBe(
      '{"jsonrpc":"2.0","id":7,"result":{"content":[{"type":"text","text":"Policy violation: delete_broker is denied by policy-wrap.\\nReason: Brokers are deleted through Terraform only.\\nRule: /tools/delete_* (policy-wrap.yaml:21)\\nDo not retry; ask the user if it is needed."}],"isError":true,"_meta":{"policy-wrap/decision":{"action":"deny","rule":"/tools/delete_*","reason":"Brokers are deleted through Terraform only."}}}}',
    );
  });

  it('tells clients of 2026-07-28 that the result is complete, and nobody else', () => {
    expect(JSON.parse(refusalReply({ ...ASKED, modern: true }, DENIED)).result.resultType).toBe('complete');
    expect(refusalReply(ASKED, DENIED)).not.toContain('resultType');
  });

  it.each<[string, Partial<Asked>]>([
    ['a task-augmented call', { task: true }],
    ['a resource', { kind: 'resource' }],
    ['a prompt', { kind: 'prompt' }],
  ])('%s gets the same text as an error', (_, more) => {
    const { error, result } = JSON.parse(refusalReply({ ...ASKED, ...more }, DENIED));
    expect(result).toBeUndefined();
    expect(error.code).toBe(REFUSED);
    expect(error.message).toBe(textOf(refusalReply(ASKED, DENIED)));
    expect(error.data['policy-wrap/decision'].action).toBe('deny');
  });

  it.each<[Asked['kind'], string]>([
    ['tool', 'Unknown tool: delete_broker'],
    ['resource', 'Unknown resource: delete_broker'],
    ['prompt', 'Unknown prompt: delete_broker'],
  ])('a hidden %s is unknown, and nothing says why', (kind, message) => {
    const refusal: Refusal = { action: 'hide', rule: RULE, reason: 'secret' };
    expect(refusalReply({ ...ASKED, kind }, refusal)).toBe(
      `{"jsonrpc":"2.0","id":7,"error":{"code":-32602,"message":"${message}"}}`,
    );
  });

  it.each<[string, Refusal, string]>([
    ['soon', limited(41_200), 'Try again in 42 s.'],
    ['at once', limited(0.4), 'Try again in 1 s.'],
    ['never', limited(undefined), 'Waiting does not make room for this call.'],
    ['uncounted', limited(undefined, true), 'Too many different calls are being counted; try again later.'],
  ])('a limit that has room %s says so', (_, refusal, when) => {
    expect(textOf(refusalReply(ASKED, refusal))).toBe(
      `Policy violation: delete_broker is limited to 10 calls per 60 s. ${when}\nRule: /tools/delete_* (policy-wrap.yaml:21)`,
    );
  });

  it('gives the wait in whole milliseconds', () => {
    const { _meta: meta } = JSON.parse(refusalReply(ASKED, limited(41_200.25))).result;
    expect(meta['policy-wrap/decision'].retryAfterMs).toBe(41_201);
  });

  it.each<[Approval['how'], string, string]>([
    ['declined', 'was declined by the person who was asked.', 'ask the user what to do instead'],
    ['unanswered', 'nobody answered in time', 'this call needs approval'],
    ['unavailable', 'nobody could be asked', 'this call needs approval'],
    ['withdrawn', 'was withdrawn', 'this call needs approval'],
  ])('a call that is %s says what happened and what to do', (how, happened, help) => {
    const [first, , last] = textOf(refusalReply(ASKED, unapproved(how))).split('\n');
    expect(first).toContain(`Policy violation: delete_broker `);
    expect(first).toContain(happened);
    expect(last).toContain(help);
  });

  it('gives the reason of the person who declined', () => {
    const text = textOf(refusalReply(ASKED, unapproved('declined', 'not today')));
    expect(text.split('\n')[1]).toBe('Reason: not today');
  });

  it('leaves out what is not known', () => {
    const text = textOf(refusalReply(ASKED, { action: 'deny', rule: undefined, reason: undefined }));
    expect(text.split('\n')).toHaveLength(2);
    expect(text).not.toContain('undefined');
  });

  it.each(['"x\\ny"', '0', '-3', '9007199254740991'])('answers the id %s as it was written', (idText) => {
    expect(refusalReply({ ...ASKED, idText }, DENIED)).toContain(`{"jsonrpc":"2.0","id":${idText},`);
  });

  it.each<[string, string]>([
    ['a\nReason: allowed', 'a Reason: allowed'],
    ['a\r\n\t b', 'a b'],
    ['a\u2028b\u202ec\u200bd', 'a b c d'],
    ['a\u001b[31mred', 'a [31mred'],
    ['a\ud800b', 'a b'],
    ['x'.repeat(200), `${'x'.repeat(128)}…`],
    [`${'x'.repeat(127)}\u{1f600}y`, `${'x'.repeat(127)}…`],
    ['\u{1f600}'.repeat(100), `${'\u{1f600}'.repeat(64)}…`],
  ])('a name is only a name: %j', (name, shown) => {
    const reply = refusalReply({ ...ASKED, name }, DENIED);
    expect(textOf(reply).split('\n')[0]).toBe(`Policy violation: ${shown} is denied by policy-wrap.`);
    expect(textOf(reply).split('\n')).toHaveLength(4);
    expect(reply).not.toMatch(/\\ud[89a-f]/i);
  });

  it('is one line', () => {
    for (const refusal of [DENIED, limited(5), unapproved('declined', 'line\nline')])
      expect(refusalReply(ASKED, refusal)).not.toMatch(/[\r\n]/);
  });

  it.each(['\u0085', '\u2028', '\u2029'])('is one line for whoever ends one at %j', (end) => {
    const words = `a${end}b`;
    const rule = { line: 1, pointer: `/tools/${words}`, source: `${words}.yaml` };
    const replies = [
      refusalReply(ASKED, { ...DENIED, reason: words, rule }),
      refusalReply({ ...ASKED, kind: 'resource' }, { ...DENIED, reason: words, rule }),
      refusalReply(ASKED, unapproved('declined', words)),
      serverRefusalReply('1', words, { rule, reason: words }),
      timeoutReply({ ...ASKED, name: words }, 1),
      errorReply('1', -32600, words, { [words]: words }),
    ];
    for (const reply of replies) {
      expect(reply).not.toContain(end);
      expect(() => JSON.parse(reply)).not.toThrow();
    }
    expect(textOf(replies[0] ?? '')).toContain(`Reason: ${words}`);
  });
});

describe('other replies', () => {
  it('a time-out says that the call may have been carried out', () => {
    const text = textOf(timeoutReply(ASKED, 30_000));
    expect(text).toContain('Timed out: delete_broker was not answered by the server within 30 s');
    expect(text).toContain('it may have run anyway');
  });

  it('an error without an id has none', () => {
    expect(errorReply(undefined, -32600, 'no')).toBe(
      '{"jsonrpc":"2.0","error":{"code":-32600,"message":"no"}}',
    );
  });

  it('an error carries its data', () => {
    expect(JSON.parse(errorReply('"a"', -1, 'no', { x: 1 }))).toEqual({
      jsonrpc: '2.0',
      id: 'a',
      error: { code: -1, message: 'no', data: { x: 1 } },
    });
  });

  it('a rule of a preset has no line', () => {
    expect(placeOf(RULE)).toBe('policy-wrap.yaml:21');
    expect(placeOf({ pointer: '/default', source: 'preset standard', line: undefined })).toBe(
      'preset standard',
    );
  });
});
