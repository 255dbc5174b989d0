import { describe, expect, it } from 'vitest';
import { compile } from '../../../../src/core/policy/compile/compile.js';
import { decide } from '../../../../src/core/policy/decide/decide.js';
import { sampleCall } from '../../../../src/core/policy/decide/sample-call.js';
import { combine } from '../../../../src/core/policy/decide/settle.js';
import { chainOf, compileExpression, policyFrom, type Written } from '../policies.js';

function judge(written: Written, method: string): string {
  const policy = policyFrom({ default: 'allow', ...written });
  const sample = { kind: 'method' as const, name: method, argumentsText: '{}', server: 'server', now: 0 };
  return combine(decide(policy, sampleCall(sample))).action;
}

describe('an entry of methods that nothing would read', () => {
  it.each<[string, Written['methods'], string]>([
    ['tools/call', { 'tools/call': 'deny' }, 'write the rule under `tools`'],
    ['prompts/get', { 'prompts/get': 'deny' }, 'write the rule under `prompts`'],
    ['resources/read', { 'resources/read': 'deny' }, 'write the rule under `resources`'],
    ['sampling/createMessage', { 'sampling/createMessage': 'deny' }, 'write `sampling: deny`'],
    ['logging/setlevel', { 'logging/setlevel': 'deny' }, "did you mean 'logging/setLevel'?"],
    ['Tools-List', { 'Tools-List': 'deny' }, "did you mean 'tools/list'?"],
    ['notifications/cancelled', { 'notifications/cancelled': 'deny' }, 'name the request that is meant'],
    ['notifications/*', { 'notifications/*': 'deny' }, 'name the request that is meant'],
    ['notif*', { 'notif*': 'deny' }, 'name the request that is meant'],
    ['resources/*', { 'resources/*': 'deny' }, 'name each method that is meant, or write "*" for all others'],
    ['tools/c?ll', { 'tools/c?ll': 'deny' }, 'name each method that is meant, or write "*" for all others'],
    ['roots/list', { 'roots/list': { timeout: 5 } }, 'write `deny`'],
    ['roots/list', { 'roots/list': 'require_approval' }, 'write `deny`'],
    ['elicitation/create', { 'elicitation/create': { concurrency: 1 } }, 'write `deny`'],
    ['tasks/get', { 'tasks/get': 'hide' }, 'use `deny`'],
  ])('is a mistake: %s', (name, methods, help) => {
    const { diagnostics } = compile([chainOf({ default: 'allow', methods })], 'server', compileExpression);
    expect(diagnostics).toMatchObject([{ place: { pointer: `/methods/${name}` }, help }]);
  });
});

describe('rules for methods', () => {
  it.each<[Written, string, string]>([
    [{}, 'prompts/list', 'allow'],
    [{ default: 'deny' }, 'prompts/list', 'allow'],
    [{ methods: { 'prompts/l*': 'deny' } }, 'prompts/list', 'deny'],
    [{ methods: { '*': 'deny', 'prompts/l*': 'allow' } }, 'prompts/list', 'allow'],
    [{ methods: { '*': 'deny' } }, 'initialize', 'allow'],
    [{ methods: { initialize: 'deny' } }, 'initialize', 'deny'],
    [{ methods: { '*': 'deny' } }, 'roots/list', 'deny'],
    [{ sampling: 'deny' }, 'sampling/createMessage', 'deny'],
    [{ sampling: 'allow', methods: { '*': 'deny' } }, 'sampling/createMessage', 'allow'],
    [{ sampling: 'deny', mode: 'observe' }, 'sampling/createMessage', 'allow'],
    [{ servers: { 'ser*': { sampling: 'deny' } } }, 'sampling/createMessage', 'deny'],
    [{ servers: { other: { sampling: 'deny' } } }, 'sampling/createMessage', 'allow'],
    [{ rate_limit: { max: 1, window: 1 }, repeat: { max: 1, window: 1 } }, 'prompts/list', 'allow'],
  ])('%j: %s is %s', (written, method, action) => {
    expect(judge(written, method)).toBe(action);
  });
});
