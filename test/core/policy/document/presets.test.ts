import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/core/policy/decide/decide.js';
import { combine } from '../../../../src/core/policy/decide/settle.js';
import { PRESET_NAMES } from '../../../../src/core/policy/document/keywords.js';
import { isPresetName, preset } from '../../../../src/core/policy/document/presets.js';
import { policySchema } from '../../../../src/core/policy/document/schema.js';
import { callOf, policyOf } from '../policies.js';

/** One tool of each class, by its name. */
const TOOLS = {
  read: 'list_brokers',
  write: 'create_file',
  execute: 'run_command',
  destructive: 'delete_broker',
  financial: 'create_payment',
};

function answers(name: (typeof PRESET_NAMES)[number]) {
  const policy = policyOf([[preset(name)]]);
  return Object.values(TOOLS).map((tool) => combine(decide(policy, callOf(tool))));
}

describe('presets', () => {
  it.each<[(typeof PRESET_NAMES)[number], string[]]>([
    ['standard', ['allow', 'allow', 'require_approval', 'require_approval', 'require_approval']],
    ['read-only', ['allow', 'deny', 'deny', 'deny', 'deny']],
    ['strict', ['allow', 'require_approval', 'require_approval', 'require_approval', 'deny']],
    ['observe', ['allow', 'allow', 'allow', 'allow', 'allow']],
  ])('%s', (name, actions) => {
    expect(answers(name).map(({ action }) => action)).toEqual(actions);
  });

  it('observe notes what standard would have done', () => {
    const observed = answers('observe').map((ruling) => ruling.observed?.action);
    expect(observed).toEqual([
      undefined,
      undefined,
      'require_approval',
      'require_approval',
      'require_approval',
    ]);
  });

  it.each<[(typeof PRESET_NAMES)[number], string, string[]]>([
    ['standard', TOOLS.read, ['the same call is limited to 20 times per 60 s']],
    [
      'standard',
      TOOLS.write,
      ['write tools are limited to 30 calls per 60 s', 'the same call is limited to 20 times per 60 s'],
    ],
    ['strict', TOOLS.read, ['read tools are limited to 60 calls per 60 s']],
    ['read-only', TOOLS.read, []],
  ])('%s limits %s', (name, tool, limits) => {
    const { charges } = combine(decide(policyOf([[preset(name)]]), callOf(tool)));
    expect(charges.map(({ describe }) => describe)).toEqual(limits);
  });

  it.each(PRESET_NAMES)('%s is a policy that a person could have written', (name) => {
    expect(policySchema.safeParse(preset(name).document).success).toBe(true);
    expect(preset(name).source).toBe(`preset ${name}`);
  });

  it.each(['', 'Standard', 'constructor', '__proto__', 'toString', './standard'])(
    '%j is no preset',
    (name) => {
      expect(isPresetName(name)).toBe(false);
    },
  );

  it('refusals give a reason', () => {
    const refused = PRESET_NAMES.flatMap(answers).filter(({ action }) => action === 'deny');
    expect(refused).toHaveLength(5);
    for (const { reason } of refused) expect(reason).toMatch(/\.$/);
  });
});
