import { describe, expect, it } from 'vitest';
import { inboxAnswerOf, inboxDecisionOf, inboxStateOf } from '../../../src/approvals/inbox/inbox-schema.js';
import type { InboxState } from '../../../src/approvals/inbox/inbox-state.js';

const rule = { pointer: '/tools/x', source: 'policy-wrap.yaml', line: 3 };
const asked = { askedAt: 1, heldUntil: 2, endsAt: 3, via: ['page' as const, 'terminal' as const] };
const called = { server: 's', kind: 'tool' as const, name: 'x', argumentsText: '{}' };
const full: InboxState = {
  inbox: 'i',
  server: 's',
  pid: 1,
  waiting: [
    {
      ...{ ...called, ...asked, id: 'abc', client: 'c', category: 'write', risk: 'medium' },
      ...{ redactedText: '{}', argumentsLength: 2, rule, reason: 'r', mayRemember: true, mayEdit: false },
    },
  ],
  decided: [
    {
      id: 'def',
      server: 's',
      name: 'x',
      how: 'approved',
      via: 'none',
      by: 'me',
      reason: 'r',
      at: 1,
      edited: true,
    },
  ],
  remembered: [{ ...called, id: 'ghi', scope: 'call', until: 5, via: 'elicitation', by: 'me' }],
};
const written = JSON.stringify(full);
const read = (text: string) => inboxStateOf(JSON.parse(text));

describe('what a peer says of its inbox', () => {
  it('is taken with every member', () => {
    expect(read(written)).toEqual(full);
  });

  it('may leave out what is not so, and say more than is known here', () => {
    const optional = [
      'client',
      'argumentsText',
      'redactedText',
      'rule',
      'line',
      'reason',
      'heldUntil',
      'by',
      'until',
    ];
    const sparse = JSON.stringify(full, (key, value) => (optional.includes(key) ? undefined : value));
    expect(read(sparse)).toEqual(JSON.parse(sparse));
    expect(read(written.replaceAll('"server":', '"later":{},"server":'))).toEqual(full);
    expect(read(written.replace('"write"', '"later"'))?.waiting[0]?.category).toBe('later');
  });

  it.each([
    ['"pid":1', '"pid":"1"'],
    ['"id":"abc"', '"id":"../abc"'],
    ['"kind":"tool"', '"kind":"server"'],
    ['["page","terminal"]', '["command"]'],
    ['"via":"none"', '"via":"nobody"'],
    ['"how":"approved"', '"how":"allowed"'],
    ['"scope":"call"', '"scope":"server"'],
    ['"mayEdit":false', '"mayEdit":null'],
    ['"line":3', '"line":"3"'],
    ['"askedAt":1,', ''],
    ['"waiting":[', '"waiting":[null,'],
  ])('is nothing where %s is %s', (from, to) => {
    expect(written).toContain(from);
    expect(read(written.replace(from, to))).toBeUndefined();
  });
});

describe('what a peer says became of a decision', () => {
  it.each([
    [{ ok: true }, { ok: true }],
    [{ ok: true, why: 'gone', message: 'm' }, { ok: true }],
    [
      { ok: false, why: 'refused', message: 'm', more: 1 },
      { ok: false, why: 'refused', message: 'm' },
    ],
    [{ ok: false, why: 'refused' }, undefined],
    [{ ok: false, message: 'm' }, undefined],
    [{ ok: false, why: 'refused', message: 'm'.repeat(4_001) }, undefined],
    [{ ok: true, message: 1 }, undefined],
    [{ ok: 'yes' }, undefined],
    [null, undefined],
  ])('%j is read as %j', (value, answer) => {
    expect(inboxAnswerOf(value)).toEqual(answer);
  });
});

describe('a decision', () => {
  const decision = { decision: 'approve', via: 'page' };
  it('is taken as it is', () => {
    const whole = { ...decision, by: 'me', reason: 'r', remember: '30m', scope: 'tool', argumentsText: '{}' };
    expect(inboxDecisionOf(whole)).toEqual(whole);
    expect(inboxDecisionOf(decision)).toEqual(decision);
  });

  it.each([
    [null, 'a decision is an object'],
    [[], 'a decision is an object'],
    ['approve', 'a decision is an object'],
    [{ ...decision, always: true }, 'the decision has a member that is not known'],
    [{ decision: 'maybe', always: true }, 'the decision has a member that is not known'],
    [{ ...decision, decision: 'allow' }, "'decision' of the decision cannot be used"],
    [{ decision: 'deny' }, "'via' of the decision cannot be used"],
    [{ ...decision, via: 'elicitation' }, "'via' of the decision cannot be used"],
    [{ ...decision, by: 'b'.repeat(201) }, "'by' of the decision cannot be used"],
    [{ ...decision, reason: 'r'.repeat(10_001) }, "'reason' of the decision cannot be used"],
    [{ ...decision, remember: '1'.repeat(33) }, "'remember' of the decision cannot be used"],
    [{ ...decision, remember: null }, "'remember' of the decision cannot be used"],
    [{ ...decision, scope: 'server' }, "'scope' of the decision cannot be used"],
    [{ ...decision, argumentsText: {} }, "'argumentsText' of the decision cannot be used"],
  ])('%j is refused: %s', (value, flaw) => {
    expect(inboxDecisionOf(value)).toEqual({ flaw });
  });
});
