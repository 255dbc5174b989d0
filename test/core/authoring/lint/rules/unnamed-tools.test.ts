import { describe, expect, it } from 'vitest';
import { lint } from '../../../../../src/core/authoring/lint/lint.js';
import { PRESET_NAMES } from '../../../../../src/core/policy/document/keywords.js';
import { preset } from '../../../../../src/core/policy/document/presets.js';
import { chainOf, type Written } from '../../../policy/policies.js';
import { lintOf, subjectOf } from '../subjects.js';

const TOOLS = ['list_brokers', 'create_broker', 'delete_broker'];

function unnamed(written: Written): string[] {
  return lintOf(written, TOOLS)
    .filter(({ rule }) => rule === 'unnamed-tool' || rule === 'harmful-tool-allowed')
    .map(({ severity, place, message }) => `${severity} ${place.pointer}: ${message}`);
}

describe('tools that nothing names', () => {
  it.each<[string, Written, string[]]>([
    [
      'by default',
      { default: 'deny' },
      [
        'info /default: no entry names 1 tool, denied by default: list_brokers',
        'info /default: no entry names 2 tools, denied by default: create_broker and delete_broker',
      ],
    ],
    [
      'allowed by default',
      { default: 'allow' },
      [
        'warning /default: no entry names 2 tools, allowed by default: create_broker and delete_broker',
        'info /default: no entry names 1 tool, allowed by default: list_brokers',
        'info /default: 1 tool that can do harm is allowed without a condition or a limit: delete_broker (destructive)',
      ],
    ],
    [
      'by their category',
      { categories: { read: 'allow', write: 'allow', destructive: 'require_approval' } },
      [
        'info /categories/read: no entry names 1 tool, allowed as read: list_brokers',
        'info /categories/write: no entry names 1 tool, allowed as write: create_broker',
        'info /categories/destructive: no entry names 1 tool, asked about as destructive: delete_broker',
      ],
    ],
    [
      'named, in whatever way',
      { tools: { '*_broker': 'allow', list_brokers: 'allow' } },
      [
        'info /tools/*_broker: 1 tool that can do harm is allowed without a condition or a limit: delete_broker (destructive)',
      ],
    ],
    ['said to do something', { tools: { '*': { category: 'read' } } }, []],
    ['with a limit', { tools: { '*': { rate_limit: { max: 1, window: 60 } } } }, []],
  ])('%s', (_, written, expected) => {
    expect(unnamed(written).sort()).toEqual([...expected].sort());
  });

  it.each(PRESET_NAMES)('warns of nothing with the preset %s', (name) => {
    const findings = lint(subjectOf([[preset(name)]], [...TOOLS, 'run_command', 'create_charge']));
    expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  it('a tool that the user’s file names is named', () => {
    const chains = [
      chainOf({ default: 'allow' }),
      chainOf({ default: 'deny', tools: { '*_broker*': 'deny' } }),
    ];
    expect(lint(subjectOf(chains, TOOLS)).filter(({ rule }) => rule === 'unnamed-tool')).toEqual([]);
  });
});

describe('what the policy says that tools do', () => {
  it('is told where they look worse', () => {
    const tools = {
      delete_broker: { category: 'write' as const },
      list_brokers: { category: 'write' as const },
    };
    const found = lintOf({ tools }, TOOLS).filter(({ rule }) => rule === 'milder-than-it-looks');
    expect(found).toMatchObject([
      { severity: 'info', place: { pointer: '/tools/delete_broker' }, tools: ['delete_broker'] },
    ]);
    expect(found[0]?.message).toBe(
      '1 tool may do more than the policy says: delete_broker (write, looks destructive)',
    );
  });
});
