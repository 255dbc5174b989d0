import { describe, expect, it } from 'vitest';
import { merge } from '../../../../src/core/policy/document/merge.js';
import { preset } from '../../../../src/core/policy/document/presets.js';
import { chainOf, type Written } from '../policies.js';

const LIMIT = { max: 1, window: 1 };

describe('merge', () => {
  it.each<[string, Written, Written, Written]>([
    ['nothing', {}, {}, {}],
    ['what only one says', { default: 'deny' }, { mode: 'observe' }, { default: 'deny', mode: 'observe' }],
    [
      'what both say',
      { default: 'deny', mode: 'enforce' },
      { default: 'allow', mode: 'observe' },
      { default: 'deny', mode: 'enforce' },
    ],
    [
      'entries name by name',
      { tools: { a: 'deny' } },
      { tools: { a: ['allow'], b: 'allow' } },
      { tools: { a: 'deny', b: 'allow' } },
    ],
    [
      'an empty rule leaves the decision to what it extends',
      { default: {}, tools: { a: {}, b: {} } },
      { default: 'deny', tools: { a: 'deny' } },
      { default: 'deny', tools: { a: 'deny', b: {} } },
    ],
    [
      'an entry without an action adds to what it extends',
      { tools: { a: { rate_limit: LIMIT }, b: { category: 'read' }, c: { timeout: 1 }, d: { timeout: 1 } } },
      {
        tools: {
          a: ['deny'],
          b: { category: 'execute', action: 'deny' },
          c: { category: 'read' },
          d: { timeout: 2 },
        },
      },
      {
        tools: {
          a: [{ rate_limit: LIMIT }, 'deny'],
          b: [{ category: 'read' }, { action: 'deny' }],
          c: [{ timeout: 1 }, { category: 'read' }],
          d: [{ timeout: 1 }, { timeout: 2 }],
        },
      },
    ],
    [
      'categories name by name',
      { categories: { read: 'deny' } },
      { categories: { write: 'allow' } },
      { categories: { write: 'allow', read: 'deny' } },
    ],
    [
      'limits as a whole',
      { rate_limit: [LIMIT] },
      { rate_limit: { max: 2, window: 2 }, concurrency: 3 },
      { rate_limit: [LIMIT], concurrency: 3 },
    ],
    ['no limits where the base has some', { rate_limit: [] }, { rate_limit: LIMIT }, { rate_limit: [] }],
    [
      'sections of servers key by key',
      { servers: { a: { default: 'deny', tools: { x: 'deny' } } } },
      { servers: { a: { concurrency: 1, tools: { y: 'deny' } }, b: {} } },
      { servers: { a: { concurrency: 1, default: 'deny', tools: { y: 'deny', x: 'deny' } }, b: {} } },
    ],
    [
      'settings key by key',
      { approvals: { timeout: 5 } },
      { approvals: { via: ['elicitation'] }, audit: { file: false } },
      { approvals: { via: ['elicitation'], timeout: 5 }, audit: { file: false } },
    ],
  ])('%s', (_, own, base, expected) => {
    expect(merge(chainOf(own, base))).toEqual({ version: 1, ...expected });
  });

  it('takes names that objects have by themselves for names', () => {
    const named = <T>(...entries: [string, T][]) => Object.fromEntries(entries);
    const own: Written = { tools: named(['constructor', 'deny' as const]), servers: named(['toString', {}]) };
    const base: Written = { servers: named(['constructor', { default: 'deny' as const }]) };
    expect(merge(chainOf(own, base))).toEqual({
      version: 1,
      tools: own.tools,
      servers: { ...base.servers, ...own.servers },
    });
  });

  it('leaves out what belongs to one file only', () => {
    const merged = merge(
      chainOf({ extends: 'standard', tests: [{ call: 'x', expect: 'deny' }] }, { tests: [] }),
    );
    expect(merged).toEqual({ version: 1 });
  });

  it('changes nothing that it is given', () => {
    const base = preset('standard');
    const before = structuredClone(base.document);
    merge([...chainOf({ tools: { x: 'deny' }, categories: { read: 'deny' } }), base]);
    expect(base.document).toEqual(before);
  });
});
