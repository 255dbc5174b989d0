import { describe, expect, it } from 'vitest';
import { changedMeaning } from '../../../../src/core/authoring/lint/changed-meaning.js';
import { deadLines } from '../../../../src/core/authoring/lint/dead-lines.js';
import { idleRules } from '../../../../src/core/policy/decide/idle-rules.js';
import { policyFrom, type Written } from '../../policy/policies.js';

const rate_limit = { max: 1, window: 60 };
const said = (found: ReturnType<typeof deadLines>) =>
  found.map(({ severity, place }) => `${severity} ${place?.pointer}`);

describe('lines that never decide', () => {
  it.each<[Written, string[]]>([
    [{ default: 'deny' }, []],
    [{ default: 'deny', tools: { '*': 'allow' } }, ['warning /default']],
    [{ default: 'deny', tools: { '*': { rate_limit } } }, []],
    [{ default: 'deny', tools: { '*': { when: 'args.x', action: 'deny' } } }, []],
    [{ default: ['deny', { rate_limit }], tools: { '**': 'allow' } }, ['warning /default']],
    [
      { default: 'deny', categories: { read: 'allow' }, tools: { '*': 'allow' } },
      ['warning /categories/read', 'warning /default'],
    ],
    [
      { default: 'deny', servers: { server: { default: 'allow', tools: { '*': 'allow' } } } },
      ['warning /servers/server/default'],
    ],
  ])('%j', (written, expected) => {
    expect(said(deadLines(policyFrom(written)))).toEqual(expected);
  });
});

describe('rules that say nothing', () => {
  it.each<[NonNullable<Written['tools']>[string], number]>([
    [{}, 1],
    [{ reason: 'x' }, 1],
    [{ when: 'args.x' }, 1],
    [{ rate_limit }, 0],
    [{ timeout: 1 }, 0],
    [{ category: 'read' }, 0],
    [{ rate_limit, reason: 'x' }, 1],
  ])('%j: %i', (entry, count) => {
    expect(idleRules(policyFrom({ default: 'deny', tools: { x: entry } }))).toHaveLength(count);
  });
});

describe('what meant something else', () => {
  it.each<[Written, string[]]>([
    [{ default: 'allow', tools: { x: { rate_limit } } }, []],
    [{ default: 'deny', tools: { x: { rate_limit } } }, ['info /tools/x']],
    [{ default: 'deny', tools: { x: { when: 'args.x', rate_limit } } }, []],
    [{ default: 'deny', tools: { x: { action: 'allow', rate_limit } } }, []],
    [
      { default: 'deny', tools: { x: [{ when: 'args.x', action: 'deny' }, { rate_limit }] } },
      ['info /tools/x/1'],
    ],
    [
      { default: 'allow', categories: { destructive: 'deny' }, tools: { 'delete_*': { rate_limit } } },
      ['info /tools/delete_*'],
    ],
    [{ default: 'allow', tools: { x: { rate_limit }, '*': 'deny' } }, ['info /tools/x']],
    [{ default: 'deny', categories: { read: { rate_limit } } }, ['info /categories/read']],
    [{ default: 'deny', resources: { 'x*': { rate_limit }, '*': 'deny' } }, ['info /resources/x*']],
    [{ default: 'deny', prompts: { x: { rate_limit } } }, []],
    [{ default: 'allow', categories: { write: 'deny' } }, ['warning /default']],
    [{ default: 'require_approval', categories: { write: 'allow' } }, []],
  ])('%j', (written, expected) => {
    expect(said(changedMeaning(policyFrom(written)))).toEqual(expected);
  });
});
