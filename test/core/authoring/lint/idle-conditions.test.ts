import { describe, expect, it } from 'vitest';
import { idleConditions } from '../../../../src/core/authoring/lint/idle-conditions.js';
import { PRESET_NAMES } from '../../../../src/core/policy/document/keywords.js';
import { preset } from '../../../../src/core/policy/document/presets.js';
import { policyFrom, policyOf, type Written } from '../../policy/policies.js';

const rate_limit = { max: 1, window: 60 };
const when = 'args.x';
const found = (written: Written) => idleConditions(policyFrom(written));

describe('conditions that change nothing', () => {
  it.each<[string, Written, string, RegExp]>([
    [
      'what is allowed anyway',
      { default: 'deny', tools: { x: { when, action: 'allow' }, '*': 'allow' } },
      '/tools/x: this condition changes nothing: where it is false, /tools/* decides the same (allow)',
      /write the opposite condition with `action: deny`, or deny in \/tools\/\*/,
    ],
    [
      'by the default',
      { default: 'allow', categories: { read: 'allow' }, tools: { 'x_*': { when, action: 'allow' } } },
      '/tools/x_*: this condition changes nothing: where it is false, /default decides the same (allow)',
      /or deny in \/default/,
    ],
    [
      'what is denied anyway',
      { default: 'deny', tools: { x: { when, action: 'deny' } } },
      '/tools/x: this condition changes nothing: where it is false, /default decides the same (deny)',
      /write a list: `\[\{ when: …, action: deny \}, allow\]`/,
    ],
    [
      'by a glob that matches all names of another',
      { default: 'allow', tools: { 'delete_x*': { when, action: 'deny' }, 'delete_*': 'deny' } },
      '/tools/delete_x*: this condition changes nothing: where it is false, /tools/delete_* decides the same (deny)',
      /write a list/,
    ],
    [
      'whatever limits a refusal has',
      { default: { action: 'deny', rate_limit }, tools: { x: { when, action: 'deny' } } },
      '/tools/x: this condition changes nothing: where it is false, /default decides the same (deny)',
      /write a list/,
    ],
    [
      'what is asked anyway',
      { default: 'require_approval', tools: { x: { when, action: 'require_approval' } } },
      '/tools/x: this condition changes nothing: where it is false, /default decides the same (require_approval)',
      /action: require_approval \}, allow\]/,
    ],
    [
      'beside a rule that always applies, whatever that limits',
      {
        default: 'deny',
        tools: {
          x: [
            { when, action: 'allow' },
            { action: 'allow', rate_limit },
          ],
        },
      },
      '/tools/x/0: this condition changes nothing, because /tools/x/1 always applies and says the same (allow)',
      /leave this rule out/,
    ],
    [
      'in a section, of an entry at the top',
      {
        default: 'deny',
        tools: { 'x*': 'allow' },
        servers: { server: { tools: { xy: { when, action: 'allow' } } } },
      },
      '/servers/server/tools/xy: this condition changes nothing: where it is false, /tools/x* decides the same (allow)',
      /deny in \/tools\/x\*/,
    ],
    [
      'in a category',
      { default: 'deny', categories: { read: { when, action: 'deny' } } },
      '/categories/read: this condition changes nothing: where it is false, /default decides the same (deny)',
      /write a list/,
    ],
    [
      'of resources',
      { default: 'deny', resources: { 'a://*': { when, action: 'allow' }, '*': 'allow' } },
      '/resources/a://*: this condition changes nothing: where it is false, /resources/* decides the same (allow)',
      /deny in \/resources\/\*/,
    ],
  ])('%s', (_, written, message, help) => {
    const [first, ...more] = found(written);
    expect(more).toEqual([]);
    expect(`${first?.place?.pointer}: ${first?.message}`).toBe(message);
    expect(first?.help).toMatch(help);
    expect(first?.severity).toBe('warning');
  });

  it.each<[string, Written]>([
    ['allows what is denied', { default: 'deny', tools: { x: { when, action: 'allow' } } }],
    ['denies what is allowed', { default: 'allow', tools: { x: { when, action: 'deny' } } }],
    ['has its own limit', { default: 'allow', tools: { x: { when, action: 'allow', rate_limit } } }],
    [
      'frees of a limit',
      { default: { action: 'allow', rate_limit }, tools: { x: { when, action: 'allow' } } },
    ],
    ['has its own time-out', { default: 'allow', tools: { x: { when, action: 'allow', timeout: 5 } } }],
    ['has its own reason', { default: 'deny', tools: { x: { when, action: 'deny', reason: 'r' } } }],
    [
      'frees of another entry',
      { default: 'allow', tools: { 'x_*': { when, action: 'allow' }, '*_y': 'deny' } },
    ],
    [
      'frees of an entry as close',
      {
        default: 'allow',
        tools: { 'x_*': { when, action: 'allow' }, '*_x': { when: 'args.y', action: 'deny' } },
      },
    ],
    [
      'frees of a category, which a tool may be in',
      { default: 'allow', categories: { destructive: 'deny' }, tools: { x: { when, action: 'allow' } } },
    ],
    [
      'has something milder beside it',
      { default: 'deny', tools: { x: [{ when, action: 'deny' }, 'allow'] } },
    ],
    ['is of another kind', { default: 'allow', resources: { x: { when, action: 'deny' } } }],
    [
      'is overruled, which is said elsewhere',
      { default: 'allow', tools: { x: [{ when, action: 'allow' }, 'deny'] } },
    ],
  ])('and not one that %s', (_, written) => {
    expect(found(written)).toEqual([]);
  });

  it('and nothing of what presets say', () => {
    for (const name of PRESET_NAMES) expect(idleConditions(policyOf([[preset(name)]]))).toEqual([]);
  });
});
