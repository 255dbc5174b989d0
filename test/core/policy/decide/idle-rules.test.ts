import { describe, expect, it } from 'vitest';
import { idleRules } from '../../../../src/core/policy/decide/idle-rules.js';
import { PRESET_NAMES } from '../../../../src/core/policy/document/keywords.js';
import { preset } from '../../../../src/core/policy/document/presets.js';
import { policyFrom, policyOf, type Written } from '../policies.js';

const LIMIT = { max: 1, window: 60 };

function warnings(written: Written): string[] {
  return idleRules(policyFrom({ default: 'deny', ...written })).map(
    ({ place, message }) => `${place?.pointer}: ${message}`,
  );
}

describe('idleRules', () => {
  it.each<[string, Written, RegExp]>([
    [
      'a rule beside a stricter one',
      { tools: { x: ['deny', { action: 'allow' }] } },
      /^\/tools\/x\/1: this rule never decides, because \/tools\/x\/0 always applies and is stricter \(deny\)/,
    ],
    [
      'whatever its condition',
      { tools: { x: ['deny', { when: 'args.n > 1', action: 'require_approval' }] } },
      /^\/tools\/x\/1: this rule never decides/,
    ],
    [
      'even with limits, where the other refuses',
      { tools: { x: ['deny', { rate_limit: LIMIT }] } },
      /^\/tools\/x\/1: this rule never decides/,
    ],
    ['in a category', { categories: { read: ['hide', 'deny'] } }, /^\/categories\/read\/1/],
    ['in default', { default: ['require_approval', 'allow'] }, /^\/default\/1/],
    [
      'in a servers section',
      { servers: { server: { tools: { x: ['deny', 'allow'] } } } },
      /^\/servers\/server\/tools\/x\/1/,
    ],
    ['in resources', { resources: { x: ['deny', 'allow'] } }, /^\/resources\/x\/1/],
    [
      'a limit of a rule that refuses',
      { tools: { x: { action: 'deny', rate_limit: LIMIT } } },
      /^\/tools\/x\/rate_limit: this limit never counts a call, because deny refuses every one/,
    ],
    [
      'a condition that is false',
      { tools: { x: { when: ' (false) ', action: 'deny' } } },
      /^\/tools\/x: this rule never applies/,
    ],
    [
      'a reason that nobody reads',
      { tools: { x: { action: 'allow', reason: 'r' } } },
      /^\/tools\/x: this reason is never shown, because the action is allow/,
    ],
    [
      'a rule beside a stricter one with the same condition',
      {
        tools: {
          x: [
            { when: 'args.n > 1', action: 'allow' },
            { when: 'args.n > 1 ', action: 'deny' },
          ],
        },
      },
      /^\/tools\/x\/0: this rule never decides, because \/tools\/x\/1 has the same condition and is stricter \(deny\)/,
    ],
    [
      'a rule that is written twice',
      {
        tools: {
          x: [
            { when: 'args.n > 1', action: 'deny' },
            { when: 'args.n > 1', action: 'deny' },
          ],
        },
      },
      /^\/tools\/x\/1: this rule says the same as \/tools\/x\/0/,
    ],
    [
      'even without a condition',
      { tools: { x: ['deny', 'deny'] } },
      /^\/tools\/x\/1: this rule says the same/,
    ],
    ['a reason to hide', { tools: { x: { action: 'hide', reason: 'r' } } }, /the action is hide/],
  ])('%s', (_, written, expected) => {
    expect(warnings(written)).toEqual([expect.stringMatching(expected)]);
  });

  it.each<[string, Written]>([
    ['plain entries', { tools: { a: 'allow', b: 'deny', '*': 'hide' } }],
    ['a stricter rule with a condition', { tools: { x: [{ when: 'args.n > 1', action: 'deny' }, 'allow'] } }],
    ['limits beside a question', { tools: { x: ['require_approval', { rate_limit: LIMIT }] } }],
    ['a time-out beside a question', { tools: { x: ['require_approval', { timeout: 5 }] } }],
    ['two of the same action', { tools: { x: ['allow', { rate_limit: LIMIT }] } }],
    ['the reason of a question', { tools: { x: { action: 'require_approval', reason: 'r' } } }],
    ['conditions that only contain false', { tools: { x: { when: 'args.x == false', action: 'deny' } } }],
  ])('finds nothing in %s', (_, written) => {
    expect(warnings(written)).toEqual([]);
  });

  it.each(PRESET_NAMES)('finds nothing in the preset %s', (name) => {
    expect(idleRules(policyOf([[preset(name)]]))).toEqual([]);
  });
});
