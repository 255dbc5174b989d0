import { describe, expect, it } from 'vitest';
import { runCase } from '../../../src/cli/policy/test-cases.js';
import type { TestDocument } from '../../../src/core/policy/document/document.js';
import { policyFrom, type Written } from '../../core/policy/policies.js';

const POLICY: Written = {
  default: 'require_approval',
  tools: {
    delete_broker: { action: 'deny', reason: 'Terraform only.' },
    promote: 'hide',
    create_api_key: { action: 'allow', rate_limit: { max: 10, window: 60 } },
    create_charge: [
      { when: 'args.amount > 50000', action: 'deny', reason: 'Charges are capped.' },
      { action: 'allow', budget: { sum: 'args.amount', max: 100, window: '1h' } },
    ],
    only_limited: { rate_limit: { max: 1, window: 60 } },
    asked: { action: 'require_approval', rate_limit: { max: 1, window: 60 } },
    one_at_a_time: { action: 'allow', concurrency: 1 },
    same: { action: 'allow', repeat: { max: 2, window: 60 } },
    early: { when: 'session.calls < 2', action: 'allow' },
    of_cursor: { when: 'client.name == "cursor"', action: 'allow' },
  },
  resources: { 'file:///etc/*': 'deny', 'file:///x': { when: 'args.uri == "file:///x"', action: 'deny' } },
  prompts: { secret: 'deny' },
  servers: { other: { default: 'deny' } },
};

function run(test: TestDocument, server?: string) {
  return runCase(policyFrom(POLICY, server), test);
}

describe('runCase', () => {
  it.each<[TestDocument, string]>([
    [{ call: 'delete_broker', expect: 'deny' }, 'deny'],
    [{ call: 'delete_broker', expect: 'deny', reason: 'Terraform' }, 'deny'],
    [{ call: 'promote', expect: 'hide' }, 'hide'],
    [{ call: 'anything', expect: 'require_approval' }, 'require_approval'],
    [{ call: 'create_charge', args: { amount: 60_000 }, expect: 'deny', reason: 'capped' }, 'deny'],
    [{ call: 'create_charge', args: { amount: 60 }, expect: ['allow', 'limited'] }, 'allow, limited'],
    [{ call: 'create_charge', args: { amount: 25 }, expect: ['allow x4', 'limited'] }, 'allow x4, limited'],
    [{ call: 'create_charge', expect: 'deny' }, 'deny'],
    [{ call: 'create_api_key', times: 11, expect: ['allow x10', 'limited'] }, 'allow x10, limited'],
    [{ call: 'create_api_key', expect: ['allow x10', 'limited x3'] }, 'allow x10, limited x3'],
    [{ call: 'create_api_key', times: 10, expect: 'allow' }, 'allow x10'],
    [{ call: 'create_api_key', times: 30, every: '6s', expect: 'allow' }, 'allow x30'],
    [
      { call: 'create_api_key', every: 5, expect: ['allow x10', 'limited x2', 'allow'] },
      'allow x10, limited x2, allow',
    ],
    [{ call: 'asked', expect: ['require_approval', 'limited'] }, 'require_approval, limited'],
    [{ call: 'only_limited', expect: ['require_approval', 'limited'] }, 'require_approval, limited'],
    [{ call: 'one_at_a_time', times: 5, expect: 'allow' }, 'allow x5'],
    [{ call: 'same', expect: ['allow x2', 'limited'], reason: '2 times' }, 'allow x2, limited'],
    [{ call: 'early', expect: ['allow x2', 'require_approval'] }, 'allow x2, require_approval'],
    [{ call: 'of_cursor', client: 'cursor', expect: 'allow' }, 'allow'],
    [{ call: 'of_cursor', expect: 'require_approval' }, 'require_approval'],
    [{ resource: 'file:///etc/passwd', expect: 'deny' }, 'deny'],
    [{ resource: 'file:///x', expect: 'deny' }, 'deny'],
    [{ resource: 'http://x', expect: 'allow' }, 'allow'],
    [{ prompt: 'secret', expect: 'deny' }, 'deny'],
  ])('%j passes', (test, actual) => {
    expect(run(test)).toMatchObject({ passed: true, actual, note: undefined });
  });

  it.each<[TestDocument, string]>([
    [{ call: 'delete_broker', expect: 'allow' }, '/tools/delete_broker'],
    [{ call: 'anything', expect: 'deny' }, '/default'],
    [{ call: 'create_charge', args: { amount: 60_000 }, expect: 'allow' }, '/tools/create_charge/0'],
    [{ call: 'create_api_key', times: 12, expect: 'allow' }, '/tools/create_api_key/rate_limit'],
    [{ call: 'create_api_key', times: 11, expect: ['allow x9', 'deny', 'limited'] }, '/tools/create_api_key'],
  ])('%j fails and names what decided', (test, pointer) => {
    expect(run(test).decidedBy).toMatch(new RegExp(`^${pointer}(?: |$)`));
  });

  it.each<[TestDocument, string, string, string | undefined]>([
    [{ call: 'delete_broker', expect: 'allow' }, 'allow', 'deny', undefined],
    [
      { call: 'delete_broker', expect: 'deny', reason: 'capped' },
      'deny',
      'deny',
      "the reason is 'Terraform only.'",
    ],
    [{ call: 'promote', expect: 'hide', reason: 'secret' }, 'hide', 'hide', 'the reason is not given'],
    [
      { call: 'create_api_key', times: 12, expect: ['allow x10', 'limited'] },
      'allow x10, limited',
      'allow x10, limited x2',
      undefined,
    ],
    [{ call: 'create_api_key', times: 5, expect: ['allow x10'] }, 'allow x10', 'allow x5', undefined],
    [{ call: 'create_api_key', expect: 'allow x11' }, 'allow x11', 'allow x10, limited', undefined],
    [{ call: 'asked', expect: 'allow' }, 'allow', 'require_approval', undefined],
  ])('%j fails', (test, expected, actual, note) => {
    expect(run(test)).toMatchObject({ name: test.call, passed: false, expected, actual, note });
  });

  it('starts with fresh counters each time', () => {
    const policy = policyFrom(POLICY);
    const test: TestDocument = { call: 'asked', expect: 'require_approval' };
    expect([runCase(policy, test).passed, runCase(policy, test).passed]).toEqual([true, true]);
  });

  it('is judged by the policy of the server', () => {
    expect(run({ call: 'x', server: 'other', expect: 'deny' }, 'other').passed).toBe(true);
  });

  it('reports what an observing policy does, which is to let calls pass', () => {
    const policy = policyFrom({ ...POLICY, mode: 'observe' });
    expect(runCase(policy, { call: 'delete_broker', expect: 'deny' })).toMatchObject({ actual: 'allow' });
    expect(runCase(policy, { call: 'same', times: 3, expect: 'allow' })).toMatchObject({ passed: true });
  });

  it.each<[TestDocument, string]>([
    [{ call: 'x', expect: 'deny' }, 'x'],
    [{ name: 'a name', call: 'x', args: { a: 1 }, server: 's', expect: 'deny' }, 'a name'],
    [{ call: 'x', args: { a: 1 }, expect: 'deny' }, 'x {"a":1}'],
    [{ call: 'x', server: 's', expect: 'deny' }, 'x on s'],
    [{ resource: 'file:///x', expect: 'deny' }, 'file:///x'],
    [{ prompt: 'p', expect: 'deny' }, 'p'],
    [{ method: 'completion/complete', expect: 'deny' }, 'completion/complete'],
  ])('%j is called %s', (test, name) => {
    expect(run(test).name).toBe(name);
  });
});
